import { runSubgraph } from '@graphdesk/subgraph';
import { problems } from './problems.module.js';

await runSubgraph(problems);
