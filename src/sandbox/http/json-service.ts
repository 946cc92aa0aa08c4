import { AwsError } from './aws-error.ts';
import { jsonReply, type SandboxReply } from './sandbox-reply.ts';
import type { SandboxRequest } from './sandbox-request.ts';

/** The JSON object in a request's body; `refusal` is thrown where there is none. */
export function jsonBody(request: SandboxRequest, refusal: () => AwsError): Readonly<Record<string, unknown>> {
  const text = request.body.toString('utf8');
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    throw refusal();
  }
  throw refusal();
}

/** The members of a JSON body as log lines; lists are joined. Anything but text is written as JSON. */
export function jsonParams(request: SandboxRequest): Iterable<readonly [string, string]> {
  try {
    const members = Object.entries(jsonBody(request, () => new AwsError(400, 'x', 'x')));
    return members.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  } catch {
    return [];
  }
}

/** A JSON error with its name in the header, as the REST-JSON protocol has it. */
export function restJsonError(error: AwsError, body: Readonly<Record<string, string>>): SandboxReply {
  return jsonReply(error.status, body, { 'x-amzn-errortype': error.code });
}
