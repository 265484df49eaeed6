/* global self, Worker, document */
// The editor runs its language services in workers; they are bundled beside the page instead of being fetched from a CDN.
const FILES = { json: 'json.worker.js', graphql: 'graphql.worker.js' };

self.MonacoEnvironment = {
  getWorker: (_id, label) => new Worker(new URL(FILES[label] ?? 'editor.worker.js', document.baseURI)),
};
