import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { freePort, isPortFree } from './free-port.mjs';

/** @typedef {{ name: string, port: number }} Service a process of the system and its default port */

const GATEWAY_PORT = 4000;

/**
 * The system's processes: the subgraphs, then the gateway.
 * @param {string} root
 * @returns {Service[]}
 */
export function listServices(root) {
  /** @type {Record<string, { port: number }>} */
  const subgraphs = JSON.parse(readFileSync(join(root, 'apps/gateway/subgraphs.json'), 'utf8'));
  const services = Object.entries(subgraphs).map(([name, { port }]) => ({ name, port }));
  return [...services, { name: 'gateway', port: GATEWAY_PORT }];
}

/**
 * The variable that sets a service's port.
 * @param {string} name
 */
export function portVariable(name) {
  return `${name.toUpperCase().replaceAll('-', '_')}_PORT`;
}

/**
 * Settles every port: given ones first (flag, then variable), else free ones or the defaults. A taken port is an error
 * that names it and says what to do.
 * @param {Service[]} services
 * @param {{ freePorts?: boolean, given?: Record<string, number>, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<Record<string, number>>}
 */
export async function choosePorts(services, { freePorts = false, given = {}, env = process.env }) {
  /** @type {Record<string, number>} */
  const ports = {};
  const taken = [];
  for (const { name, port: usual } of services) {
    const variable = portVariable(name);
    const chosen = given[name] ?? (env[variable] ? parsePort(variable, env[variable]) : undefined);
    const port = chosen ?? (freePorts ? await freePort() : usual);
    if (!(await isPortFree(port))) taken.push(`Port ${port} (${name}) is taken. Choose another with ${variable}.`);
    ports[name] = port;
  }
  if (taken.length === 0) return ports;
  throw new Error([...taken, 'Or let the launcher find free ones: npm start -- --free-ports'].join('\n'));
}

/**
 * @param {string} name of the setting, for the error
 * @param {string} text
 * @returns {number}
 */
export function parsePort(name, text) {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} must be a port between 1 and 65535, not "${text}"`);
}
