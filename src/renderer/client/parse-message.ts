import type { Reply } from '../../shared/reply.ts';
import type { SentMessage } from '../../shared/sent-message.ts';

/**
 * A line of the host's stream. The host is this product's own core behind the same origin and token, so its form is checked only as
 * far as needed not to confuse one message with another; a line that is none is undefined.
 */
export function parseStateMessage(line: string): SentMessage | undefined {
  const value = parseObject(line);
  switch (value?.['kind']) {
    case 'snapshot':
      return isObject(value['state']) ? (value as SentMessage) : undefined;
    case 'patch':
      return isObject(value['slices']) ? (value as SentMessage) : undefined;
    case 'directory':
      return typeof value['ssoSession'] === 'string' &&
        Array.isArray(value['upserted']) &&
        Array.isArray(value['removed'])
        ? (value as SentMessage)
        : undefined;
    default:
      return undefined;
  }
}

/** The host's answer to a command; undefined when it is none. */
export function parseReply(value: unknown): Reply<unknown> | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  if (value['ok'] === true) {
    return { ok: true, value: value['value'] ?? null };
  }
  const failure = value['failure'];
  const told = isObject(failure) && typeof failure['code'] === 'string' && typeof failure['message'] === 'string';
  return value['ok'] === false && told ? (value as Reply<unknown>) : undefined;
}

function parseObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
