import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startAlertmanagerServer } from '../../../tools/environment/alertmanager.mjs';
import { cacheFolder } from '../../../tools/environment/places.mjs';
import { guardFolder, removeFolder } from '../../../tools/environment/watchdog.mjs';

/** A real Alertmanager that one spec owns. */
export interface Alertmanager {
  /** Its web address; `POST {url}/api/v2/alerts` takes alerts. */
  url: string;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

/**
 * Starts Alertmanager on 127.0.0.1, alone, on a free port.
 * @param options `config`: the text of its configuration file (YAML)
 */
export async function startAlertmanager(options: { config: string }): Promise<Alertmanager> {
  const home = mkdtempSync(join(tmpdir(), 'graphdesk-alertmanager-'));
  guardFolder(home);
  const { url, program } = await startAlertmanagerServer({ home, cache: cacheFolder(), config: options.config });
  return {
    url,
    async stop(): Promise<void> {
      await program.stop();
      removeFolder(home);
    },
  };
}
