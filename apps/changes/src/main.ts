import { runSubgraph } from '@graphdesk/subgraph';
import { changes } from './changes.module.js';
import { secretsKey } from './persistence/sealed-secrets.js';

// Serving without the sealing key would only fail at the first webhook; migrating and printing the schema need none.
if (process.argv[2] === undefined || process.argv[2] === 'start') secretsKey();
await runSubgraph(changes);
