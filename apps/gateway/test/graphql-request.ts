/** Parsed JSON whose shape the spec asserts itself. */
export type Json = ReturnType<typeof JSON.parse>;

/** An answer over HTTP, its body parsed. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { data?: Json; errors?: Json[]; extensions?: Json };
}

/** Posts one operation. */
export async function postGraphql(
  gatewayUrl: string,
  query: string,
  options: { token?: string | undefined; variables?: Record<string, unknown>; headers?: Record<string, string> } = {},
): Promise<HttpAnswer> {
  const response = await fetch(`${gatewayUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
      ...options.headers,
    },
    body: JSON.stringify({ query, variables: options.variables }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as HttpAnswer['body'] };
}
