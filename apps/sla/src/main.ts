import { runSubgraph } from '@graphdesk/subgraph';
import { sla } from './sla.module.js';

await runSubgraph(sla);
