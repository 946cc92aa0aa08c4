/** An HTTP answer before faults are applied to it. */
export interface SandboxReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** A JSON answer. */
export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): SandboxReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/** An XML answer, with the declaration. */
export function xmlReply(status: number, body: string, headers: Readonly<Record<string, string>> = {}): SandboxReply {
  return {
    status,
    headers: { 'content-type': 'text/xml', ...headers },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

/** Sends the browser elsewhere, by GET. */
export function redirectReply(location: string): SandboxReply {
  return { status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
}
