const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The longest parts of an address, in characters. */
const LOCAL_LIMIT = 64;
const ADDRESS_LIMIT = 254;

/**
 * An e-mail address in the one spelling in which it is kept: trimmed and in lower case; null when it is none. Quoted names, bare
 * host names and letters outside ASCII are not taken: hardly anybody has them, and many mail servers refuse them.
 */
export function emailAddress(text: string): string | null {
  const address = text.trim().toLowerCase();
  const [local = '', domain = '', ...rest] = address.split('@');
  if (rest.length > 0 || address.length > ADDRESS_LIMIT) return null;
  if (local.length > LOCAL_LIMIT || !LOCAL.test(local)) return null;
  const labels = domain.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) ? address : null;
}
