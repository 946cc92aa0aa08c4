import { partitionById } from '../../core/model/partition.ts';
import { AwsError } from '../http/aws-error.ts';
import { redirectReply, type SandboxReply } from '../http/sandbox-reply.ts';
import type { UserState } from '../state/directory.ts';
import type { Principal } from '../state/principal.ts';
import { requireTrusted } from '../sts/assume-role.ts';
import { after, type World } from '../world.ts';
import { html } from './html.ts';
import { messagePage, renderPage } from './layout.ts';
import type { Page } from './page-call.ts';

/** A console session of a switched role lasts at most this long. */
const SWITCHED_SECONDS = 12 * 3600;

/** GET /switchrole: the form that a switch-role link fills in. */
export const switchRolePage: Page = ({ query, world }) => renderForm(query, world);

/**
 * POST /switchrole: becomes the role in the console.
 *
 * A console sign-in with an MFA device counts as MFA; one of a user without a device does not. So a role that demands MFA opens for the
 * first and stays closed for the second, as in AWS. `account` may be an id only: aliases do not exist here.
 */
export const switchRole: Page = ({ form, world, now, request }) => {
  const [accountOfUser = '', userName = ''] = (form.get('signed_in_as') ?? '').split('/');
  const user = world.directory.iamUser(accountOfUser, userName);
  if (user === undefined) {
    return messagePage('You are not signed in', 'Choose the IAM user you are signed in as.', 403);
  }
  const account = form.get('account') ?? '';
  const roleArn = `arn:${user.partition}:iam::${account}:role/${form.get('roleName') ?? ''}`;
  const principal = consolePrincipal(user, world, now);
  try {
    const role = requireTrusted(world.directory.role(roleArn), principal, roleArn, now, {});
    const session = world.consoles.open({
      principal: { kind: 'role', role, roleSessionName: user.userName, origin: 'chained', sessionPolicies: [] },
      endsAt: after(now, Math.min(SWITCHED_SECONDS, role.maxSessionSeconds)),
      openedBy: `switching role as ${user.userName}`,
      ...labelOf(form),
    });
    const home = `https://${partitionById(user.partition)?.consoleHost ?? ''}/console/home`;
    const page = new URLSearchParams({ session: session.sessionId, destination: home });
    return redirectReply(`${request.origin}/console?${page.toString()}`);
  } catch (error) {
    if (error instanceof AwsError) {
      return renderForm(
        form,
        world,
        'Could not switch roles using the provided information. Please check your settings and try again.',
      );
    }
    throw error;
  }
};

/** The name and colour that the link chose; anything that is no colour is left out. */
function labelOf(form: URLSearchParams): { readonly displayName?: string; readonly color?: string } {
  const displayName = form.get('displayName') ?? '';
  const color = form.get('color') ?? '';
  return {
    ...(displayName === '' ? {} : { displayName }),
    ...(/^[0-9A-Fa-f]{6}$/.test(color) ? { color } : {}),
  };
}

function consolePrincipal(user: UserState, world: World, now: Date): Principal {
  const hasDevice = world.mfaDevices.ofUser(user.arn).length > 0;
  return { kind: 'user-session', user, ...(hasDevice ? { mfaAuthenticatedAt: now } : {}) };
}

function renderForm(values: URLSearchParams, world: World, problem?: string): SandboxReply {
  const users = world.directory.iamUsers().map((user) => {
    const value = `${user.accountId}/${user.userName}`;
    const selected = value === values.get('signed_in_as') ? html` selected` : undefined;
    return html`<option value="${value}" ${selected}>${user.userName} @ ${user.accountId}</option>`;
  });
  const field = (name: string, label: string): ReturnType<typeof html> =>
    html`<label class="field"
      ><span>${label}</span><input type="text" name="${name}" value="${values.get(name) ?? ''}"
    /></label>`;
  return renderPage({
    title: 'Switch role',
    status: problem === undefined ? 200 : 403,
    body: html`<main class="panel">
      <h1>Switch role</h1>
      <p class="lead">Work in another account with a role that trusts your user.</p>
      ${problem === undefined ? undefined : html`<p class="bad-text" role="alert">${problem}</p>`}
      <form method="post" action="/switchrole">
        <label class="field"
          ><span>Signed in to the console as</span
          ><select name="signed_in_as">
            ${users}
          </select></label
        >
        ${field('account', 'Account ID')}${field('roleName', 'Role')}${field('displayName', 'Display name (optional)')}
        <input type="hidden" name="color" value="${values.get('color') ?? ''}" />
        <div class="actions"><button class="primary">Switch role</button></div>
      </form>
    </main>`,
  });
}
