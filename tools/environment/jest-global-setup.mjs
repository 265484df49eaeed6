import { startThrowAwayPostgres } from './test-postgres.mjs';

/** @type {Awaited<ReturnType<typeof startThrowAwayPostgres>> | undefined} */
let server;

/** Jest's `globalSetup`: one Postgres per run, unless GRAPHDESK_TEST_POSTGRES already names one (a superuser's URL). */
export default async function setUp() {
  if (process.env.GRAPHDESK_TEST_POSTGRES) return;
  server = await startThrowAwayPostgres();
  process.env.GRAPHDESK_TEST_POSTGRES = server.url;
}

/** Ends what this run started. */
export async function tearDown() {
  if (!server) return;
  delete process.env.GRAPHDESK_TEST_POSTGRES;
  await server.stop();
  server = undefined;
}
