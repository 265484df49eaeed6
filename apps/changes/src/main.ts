import { runSubgraph } from '@graphdesk/subgraph';
import { changes } from './changes.module.js';

await runSubgraph(changes);
