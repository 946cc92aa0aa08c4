import { jsonBody } from '../http/json-service.ts';
import type { SandboxRequest } from '../http/sandbox-request.ts';
import type { ClientRegistration } from '../state/sso-tokens.ts';
import type { World } from '../world.ts';
import { oidcError } from './oidc-errors.ts';

/** What an OIDC operation works with. */
export interface OidcCall {
  readonly body: Readonly<Record<string, unknown>>;
  readonly request: SandboxRequest;
  readonly world: World;
  readonly now: Date;
}

/** Reads the JSON body; InvalidRequestException where there is none. */
export function oidcBody(request: SandboxRequest): Readonly<Record<string, unknown>> {
  return jsonBody(request, () => oidcError('InvalidRequestException', 'Invalid request'));
}

/** A member that must be text; InvalidRequestException otherwise. */
export function requiredText(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') {
    throw oidcError('InvalidRequestException', `Missing parameter, ${name}`);
  }
  return value;
}

/** A member that is a list of text, or absent. */
export function textList(body: Readonly<Record<string, unknown>>, name: string): readonly string[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw oidcError('InvalidRequestException', `Invalid parameter, ${name}`);
  }
  return value;
}

/** The registered client that the body's id and secret name; 401 InvalidClientException for any other, or one whose registration ended. */
export function requireClient(call: OidcCall): ClientRegistration {
  const client = call.world.ssoTokens.client(requiredText(call.body, 'clientId'));
  if (client === undefined || client.clientSecret !== requiredText(call.body, 'clientSecret')) {
    throw oidcError('InvalidClientException', 'Invalid client credentials');
  }
  if (client.expiresAt <= call.now) {
    throw oidcError('InvalidClientException', 'Client registration has expired');
  }
  return client;
}
