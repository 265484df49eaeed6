import { nextThingsToTry } from './seed.mjs';

/**
 * Prints what a newcomer needs once everything runs.
 * @param {import('./dev-file.mjs').DevFile} dev
 * @param {(line: string) => void} print
 */
export function showReady(dev, print) {
  print('');
  print('Development tokens, valid for 30 days (header: authorization: Bearer <token>):');
  for (const [role, token] of Object.entries(dev.tokens)) print(`  ${role.padEnd(22)} ${token}`);
  print('');
  print(`READY  graph  ${dev.gateway.http}`);
  print(`       live   ${dev.gateway.ws}`);
  print(`       IDE    ${dev.gateway.ide}`);
  if (dev.mailFolder) print(`       mail   kept as files in ${dev.mailFolder}, nothing leaves this machine`);
  print('All of this is also in .graphdesk/dev.json. Ctrl-C stops everything and keeps the data.');
  print('');
  print('Next, try:');
  for (const line of nextThingsToTry(dev)) print(`  ${line}`);
}
