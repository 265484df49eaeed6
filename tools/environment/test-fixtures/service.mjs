// Stands in for a real service's dist/main.js: it shows its settings, keeps one row in its own schema, and ends as told.
import { createServer } from 'node:http';

import pg from 'pg';

if (process.env.FIXTURE_FAILS === process.env.PORT) {
  console.log('cannot read the supergraph');
  process.exit(3);
}
let rows = 0;
if (process.env.OWNER_DATABASE_URL) {
  const client = new pg.Client({ connectionString: process.env.OWNER_DATABASE_URL });
  await client.connect();
  await client.query('CREATE TABLE IF NOT EXISTS start (at timestamptz DEFAULT now())');
  await client.query('INSERT INTO start DEFAULT VALUES');
  rows = (await client.query('SELECT FROM start')).rowCount ?? 0;
  await client.end();
}
createServer((request, response) => {
  if (request.url === '/die') process.exit(7);
  response.end(request.url === '/health/ready' ? 'ready' : JSON.stringify({ rows, env: process.env }));
}).listen(Number(process.env.PORT), '127.0.0.1');
console.log('listening');
process.on('SIGTERM', () => process.exit(0));
