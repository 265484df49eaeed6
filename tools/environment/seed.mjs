/**
 * Fills the demo tenant through the gateway, the first time an installation starts.
 * @param {import('./dev-file.mjs').DevFile} dev
 * @returns {Promise<void>}
 */
export async function seedDemoTenant(dev) {
  void dev; // the demo tenant has no content yet
}

/**
 * What a newcomer can do now, one line each.
 * @param {import('./dev-file.mjs').DevFile} dev
 * @returns {string[]}
 */
export function nextThingsToTry(dev) {
  return [
    `open ${dev.gateway.ide}`,
    `curl ${dev.gateway.http} -H 'content-type: application/json' -H "authorization: Bearer $TOKEN" -d '{"query":"{ __typename }"}'`,
  ];
}
