import { TITLE_LIMIT } from './report.js';

/** One line for people about an alert; says so when its service is not in the catalog. */
export function alertTitle(alert: {
  readonly name: string;
  readonly serviceLabel: string | null;
  readonly knownService: boolean;
}): string {
  return clip(`${alert.name}${placeOf(alert)}`, TITLE_LIMIT);
}

function placeOf(alert: { readonly serviceLabel: string | null; readonly knownService: boolean }): string {
  if (alert.serviceLabel === null) return ', no service named';
  return alert.knownService ? ` on ${alert.serviceLabel}` : ` on unknown service ${clip(alert.serviceLabel, 60)}`;
}

/** At most `limit` characters, an ellipsis in the last place if something was cut. */
export function clip(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
