import { redirectReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { isLoopbackRedirect } from '../oidc/redirect-uri.ts';
import type { LoginRequest } from '../state/login-sessions.ts';
import { principalArn, type Principal } from '../state/principal.ts';
import { after, type World } from '../world.ts';
import { html } from './html.ts';
import { messagePage, renderPage } from './layout.ts';
import type { Page } from './page-call.ts';

const PAGE_SECONDS = 600;
const CODE_SECONDS = 600;
const SAME_DEVICE = 'arn:aws:signin:::devtools/same-device';
const CROSS_DEVICE = 'arn:aws:signin:::devtools/cross-device';
/** Enough for a demo; the list would otherwise hold every role of every account. */
const MAX_CHOICES = 40;

/** GET /v1/authorize: `aws login` asks which console session to use. The challenge method is called `SHA-256` here, unlike in OAuth. */
export const loginPage: Page = ({ query, world, request, now }) => {
  const clientId = query.get('client_id') ?? '';
  const redirectUri = query.get('redirect_uri') ?? '';
  const confirmation = `${request.origin}/v1/sessions/confirmation`;
  const rightRedirect =
    clientId === SAME_DEVICE
      ? isLoopbackRedirect(redirectUri)
      : clientId === CROSS_DEVICE && redirectUri === confirmation;
  const codeChallenge = query.get('code_challenge') ?? '';
  const isComplete =
    query.get('response_type') === 'code' &&
    query.get('scope') === 'openid' &&
    query.get('code_challenge_method') === 'SHA-256' &&
    /^[A-Za-z0-9_-]{43}$/.test(codeChallenge);
  if (!rightRedirect || !isComplete) {
    return messagePage('This sign-in cannot go on', 'The request is not one that this page knows.', 400);
  }
  const state = query.get('state') ?? '';
  const expiresAt = after(now, PAGE_SECONDS);
  return renderChoice(world.logins.start({ clientId, redirectUri, state, codeChallenge, expiresAt }), world, now);
};

/** POST /v1/authorize: the page's answer. */
export const loginDecision: Page = ({ form, world, now }) => {
  const request = world.logins.takeRequest(form.get('request_id') ?? '', now);
  const principal = consolePrincipals(world, now).find((choice) => principalArn(choice) === form.get('principal'));
  if (request === undefined || principal === undefined) {
    return messagePage('This page is too old', 'Run aws login again.', 400);
  }
  const location = new URL(request.redirectUri);
  location.searchParams.set('state', request.state);
  if (form.get('decision') === 'allow') {
    const code = world.logins.issueCode({ request, principal, expiresAt: after(now, CODE_SECONDS) });
    location.searchParams.set('code', code);
  } else {
    location.searchParams.set('error', 'access_denied');
  }
  return redirectReply(location.href);
};

/** GET /v1/sessions/confirmation: shows what to paste into the terminal of the other machine. */
export const loginConfirmation: Page = ({ query }) => {
  const pasted = Buffer.from(`state=${query.get('state') ?? ''}&code=${query.get('code') ?? ''}`).toString('base64');
  return query.get('code') === null
    ? messagePage('Sign-in denied', 'You can close this page.')
    : messagePage(
        'Almost there',
        html`Paste this into your terminal:<br /><span class="mono" id="pasted">${pasted}</span>`,
      );
};

/** Those who can be signed in to the console here: IAM users, and the first person's roles. */
function consolePrincipals(world: World, now: Date): readonly Principal[] {
  const users = world.directory.iamUsers().map((user): Principal => {
    const hasDevice = world.mfaDevices.ofUser(user.arn).length > 0;
    return { kind: 'user-session', user, ...(hasDevice ? { mfaAuthenticatedAt: now } : {}) };
  });
  const roles = world.directory.identityCenters.flatMap((center) => {
    const person = world.directory.portalUser(center);
    const assigned = person === undefined ? [] : [...world.directory.assignments(center, person.userName)];
    return assigned.slice(0, MAX_CHOICES).flatMap(([accountId, names]) =>
      [...names].flatMap((name): Principal[] => {
        const role = world.directory.permissionSetRole(center, accountId, name);
        return role === undefined || person === undefined
          ? []
          : [{ kind: 'role', role, roleSessionName: person.userName, origin: 'login', sessionPolicies: [] }];
      }),
    );
  });
  return [...users, ...roles];
}

function renderChoice(request: LoginRequest, world: World, now: Date): SandboxReply {
  const choices = consolePrincipals(world, now).map((principal) => {
    const arn = principalArn(principal);
    return html`<option value="${arn}">${arn}</option>`;
  });
  return renderPage({
    title: 'Continue with a console session',
    body: html`<main class="panel">
      <h1>Continue with a console session</h1>
      <p class="lead">
        A program on ${request.clientId === SAME_DEVICE ? 'this computer' : 'another computer'} asks for credentials of
        your console session (<span class="mono">aws login</span>).
      </p>
      <form method="post" action="/v1/authorize">
        <input type="hidden" name="request_id" value="${request.requestId}" />
        <label class="field"
          ><span>Signed in to the console as</span
          ><select name="principal">
            ${choices}
          </select></label
        >
        <div class="actions">
          <button class="primary" name="decision" value="allow">Continue</button
          ><button name="decision" value="deny">Deny</button>
        </div>
      </form>
    </main>`,
  });
}
