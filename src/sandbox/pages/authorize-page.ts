import { redirectReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { matchesRegisteredRedirect } from '../oidc/redirect-uri.ts';
import { isHere } from '../oidc/identity-center-here.ts';
import type { AuthorizeRequest } from '../state/sign-ins.ts';
import type { ClientRegistration } from '../state/sso-tokens.ts';
import { after, type World } from '../world.ts';
import { html } from './html.ts';
import { messagePage, renderPage } from './layout.ts';
import type { Page, PageCall } from './page-call.ts';
import { peopleField, scopeInWords } from './people.ts';

const PAGE_SECONDS = 600;
const CODE_SECONDS = 600;

/**
 * What `/authorize` was asked for: a request to put before the user, a refusal that the application gets by redirect, or one that only a
 * page can tell because the redirect itself cannot be trusted. Source: RFC 6749 section 4.1.2.1, RFC 7636 section 4.4.1.
 */
export type AuthorizeOutcome =
  | { readonly kind: 'ask'; readonly request: AuthorizeRequest }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'refuse'; readonly reason: string };

/** Reads and checks the query of `/authorize`. AWS's clients send `scopes`, not OAuth's `scope`. */
export function readAuthorizeQuery(query: URLSearchParams, world: World): AuthorizeOutcome {
  const client = world.ssoTokens.client(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (client === undefined || client.expiresAt <= world.now()) {
    return { kind: 'refuse', reason: 'The application is not registered, or its registration has expired.' };
  }
  if (!matchesRegisteredRedirect(redirectUri, client.redirectUris)) {
    return { kind: 'refuse', reason: 'The address to return to is not one that the application registered.' };
  }
  const state = query.get('state') ?? '';
  const refusal = refusalOf(query, client);
  if (refusal !== undefined) {
    return { kind: 'redirect', location: withParams(redirectUri, { error: refusal, state }) };
  }
  const identityCenter =
    client.issuerUrl === undefined
      ? world.directory.identityCenters[0]
      : world.directory.identityCenter(client.issuerUrl);
  if (identityCenter === undefined) {
    return { kind: 'refuse', reason: 'The Identity Center of this application does not exist.' };
  }
  const request = world.signIns.startAuthorize({
    client,
    identityCenter,
    redirectUri,
    state,
    codeChallenge: query.get('code_challenge') ?? '',
    scopes: scopesOf(query),
    expiresAt: after(world.now(), PAGE_SECONDS),
  });
  return { kind: 'ask', request };
}

/** Issues a code for the request and says where the browser goes with it. */
export function allowAuthorize(request: AuthorizeRequest, userName: string, world: World): string {
  const code = world.signIns.issueCode(request, userName, after(world.now(), CODE_SECONDS));
  return withParams(request.redirectUri, { code, state: request.state });
}

/** Where the browser goes after a "no". */
export function denyAuthorize(request: AuthorizeRequest): string {
  const error = { error: 'access_denied', error_description: 'User denied the request', state: request.state };
  return withParams(request.redirectUri, error);
}

/** GET /authorize: the sign-in page. */
export const authorizePage: Page = ({ request, query, world }) => {
  const outcome = readAuthorizeQuery(query, world);
  switch (outcome.kind) {
    case 'refuse':
      return messagePage('This sign-in cannot go on', outcome.reason, 400);
    case 'redirect':
      return redirectReply(outcome.location);
    case 'ask':
      return isHere(request, outcome.request.identityCenter)
        ? renderAsk(outcome.request)
        : messagePage('This sign-in cannot go on', 'This Identity Center is in another region.', 400);
  }
};

/** POST /authorize: the page's answer. */
export const authorizeDecision: Page = (call) => {
  const request = call.world.signIns.takeAuthorize(call.form.get('request_id') ?? '', call.now);
  if (request === undefined) {
    return messagePage('This page is too old', 'Start the sign-in again from your application.', 400);
  }
  if (call.form.get('decision') !== 'allow') {
    return redirectReply(denyAuthorize(request));
  }
  const user = userOf(call, request);
  return user === undefined
    ? messagePage('Nobody was chosen', 'Start the sign-in again from your application.', 400)
    : redirectReply(allowAuthorize(request, user, call.world));
};

function userOf(call: PageCall, request: AuthorizeRequest): string | undefined {
  return call.world.directory.portalUser(request.identityCenter, call.form.get('user_name') ?? undefined)?.userName;
}

function renderAsk(request: AuthorizeRequest): SandboxReply {
  const { client, identityCenter } = request;
  return renderPage({
    title: `Allow ${client.clientName}?`,
    body: html`<main class="panel">
      <p class="overline">${new URL(identityCenter.startUrl).host}</p>
      <h1>Allow ${client.clientName} to access your AWS accounts?</h1>
      <form method="post" action="/authorize">
        <input type="hidden" name="request_id" value="${request.requestId}" />
        ${peopleField(identityCenter.users)}
        <p class="soft">It will be able to:</p>
        <ul class="grants">
          ${request.scopes.map((scope) => html`<li>${scopeInWords(scope)} <span class="soft mono">${scope}</span></li>`)}
        </ul>
        <p class="soft">
          Afterwards you return to ${new URL(request.redirectUri).host}, on this computer. Only go on if you started
          this yourself.
        </p>
        <div class="actions">
          <button class="primary" name="decision" value="allow">Allow access</button
          ><button name="decision" value="deny">Deny</button>
        </div>
      </form>
    </main>`,
  });
}

function refusalOf(query: URLSearchParams, client: ClientRegistration): string | undefined {
  if (query.get('response_type') !== 'code') {
    return 'unsupported_response_type';
  }
  if (client.grantTypes?.includes('authorization_code') !== true) {
    return 'unauthorized_client';
  }
  const challenge = query.get('code_challenge') ?? '';
  if (query.get('code_challenge_method') !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(challenge)) {
    return 'invalid_request';
  }
  const scopes = scopesOf(query);
  return scopes.length > 0 && scopes.every((scope) => client.scopes.includes(scope)) ? undefined : 'invalid_scope';
}

function scopesOf(query: URLSearchParams): readonly string[] {
  return (query.get('scopes') ?? '').split(' ').filter((scope) => scope !== '');
}

function withParams(redirectUri: string, params: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(params)) {
    url.searchParams.set(name, value);
  }
  return url.href;
}
