import { runSubgraph } from '@graphdesk/subgraph';
import { communications } from './communications.module.js';

await runSubgraph(communications);
