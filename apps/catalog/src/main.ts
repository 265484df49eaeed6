import { runSubgraph } from '@graphdesk/subgraph';
import { catalog } from './catalog.module.js';

await runSubgraph(catalog);
