/** The token of an `Authorization: Bearer …` value, or undefined for anything else. */
export function bearerToken(authorization: unknown): string | undefined {
  if (typeof authorization !== 'string') return undefined;
  return /^Bearer +([^\s]+)$/i.exec(authorization.trim())?.[1];
}
