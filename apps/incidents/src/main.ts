import { runSubgraph } from '@graphdesk/subgraph';
import { incidents } from './incidents.module.js';

await runSubgraph(incidents);
