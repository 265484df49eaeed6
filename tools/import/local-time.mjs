// Day, month, year, hour and minute as the source writes them, in the zone that its clock showed.

const FORM = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4}) (\d{1,2}):(\d{2})$/;
const OFFSET = /^([+-])(0\d|1[0-4]):([0-5]\d)$/;
const MINUTE_MS = 60_000;

/**
 * A reader of local times. An hour that a clock change skips is read as the one after it, one that comes twice as the first.
 * @param {string} zone `UTC`, an offset such as `+02:00`, or a name such as `Europe/Berlin`
 * @returns {(text: string) => string | undefined} gives an instant as RFC 3339 in UTC; nothing for what is no moment at all
 * @throws {RangeError} for a zone that does not exist
 */
export function localTimes(zone) {
  const offsetAt = offsetsOf(zone);
  return (text) => {
    const shown = shownTime(text);
    if (shown === undefined) return undefined;
    const guess = shown - offsetAt(shown);
    return new Date(shown - offsetAt(guess)).toISOString();
  };
}

/**
 * What the clock showed, as if it stood in UTC; in milliseconds. The 30th of February is no moment.
 * @param {string} text
 */
function shownTime(text) {
  const parts = FORM.exec(text.trim())?.slice(1).map(Number);
  if (!parts) return undefined;
  const [day = 0, month = 0, year = 0, hour = 0, minute = 0] = parts;
  if (hour > 23 || minute > 59) return undefined;
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return real ? at.getTime() : undefined;
}

/**
 * How far the zone is ahead of UTC at an instant, in milliseconds.
 * @param {string} zone
 * @returns {(instant: number) => number}
 */
function offsetsOf(zone) {
  const [, sign, hours, minutes] = OFFSET.exec(zone) ?? [];
  if (sign) {
    const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
    return () => (sign === '-' ? -ahead : ahead);
  }
  const numbers = /** @type {const} */ ({
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const format = new Intl.DateTimeFormat('en', { ...numbers, timeZone: zone, hourCycle: 'h23' });
  return (instant) => {
    const shown = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = shown;
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
  };
}
