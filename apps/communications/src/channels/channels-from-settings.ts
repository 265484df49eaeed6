import { Channels } from './channels.js';
import { EmailChannel } from './email.channel.js';
import { readMailSettings } from './mail-settings.js';

/** The channels that the settings ask for. Throws for settings that make no sense. */
export function channelsFromSettings(environment: NodeJS.ProcessEnv = process.env): Channels {
  const mail = readMailSettings(environment);
  return new Channels(mail ? [new EmailChannel(mail)] : []);
}
