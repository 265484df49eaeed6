import { renameSync, writeFileSync } from 'node:fs';

/**
 * `.graphdesk/dev.json`: how tools, tests and strangers' scripts find and enter the running system.
 * @typedef {object} DevFile
 * @property {{ http: string, ws: string, sse: string, ide: string }} gateway
 * @property {string} tenant the demo tenant's id
 * @property {Record<string, string>} people person id by role
 * @property {Record<string, string>} tokens signed token by role, valid for 30 days
 * @property {{ services: Record<string, string>, sources: Record<string, { url: string, secret: string }> }} demo the
 *   demo tenant's services by key, and where its monitor and pipeline send to
 * @property {Record<string, string>} services each process's own address, by name
 * @property {string} databaseUrl
 * @property {string} natsUrl
 * @property {string} [mailFolder] where mails are kept as files instead of being sent; missing with a mail server of yours
 */

/**
 * @param {string} gatewayUrl
 * @returns {DevFile['gateway']}
 */
export function gatewayUrls(gatewayUrl) {
  const ws = gatewayUrl.replace(/^http/, 'ws');
  return { http: `${gatewayUrl}/graphql`, ws: `${ws}/graphql`, sse: `${gatewayUrl}/graphql`, ide: `${gatewayUrl}/ide` };
}

/**
 * Writes the file in one go, readable by its owner only: it holds tokens and passwords.
 * @param {string} file
 * @param {DevFile} content
 */
export function writeDevFile(file, content) {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
