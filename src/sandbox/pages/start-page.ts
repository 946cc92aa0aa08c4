import { partitionById } from '../../core/model/partition.ts';
import { redirectReply } from '../http/sandbox-reply.ts';
import type { Account, IdentityCenter, PortalUser } from '../organization.ts';
import { after, type World } from '../world.ts';
import { html, type SafeHtml } from './html.ts';
import { messagePage, renderPage } from './layout.ts';
import type { Page, PageCall } from './page-call.ts';

const MAX_SHOWN = 200;

/** GET /start: the access portal. A shortcut (`#/console?account_id=…&role_name=…`) is taken up by the page's script. */
export const startPage: Page = (call) => {
  const center = centerOf(call);
  const user = center && call.world.directory.portalUser(center, call.query.get('user_name') ?? undefined);
  if (center === undefined || user === undefined) {
    return messagePage('There is no such access portal', 'Check the start URL.', 404);
  }
  const search = call.query.get('q') ?? '';
  const rows = accountsOf(call.world, center, user).filter(({ account }) => matches(account, search));
  const cut = rows.length > MAX_SHOWN ? `, the first ${MAX_SHOWN} shown` : '';
  return renderPage({
    title: 'AWS access portal',
    shape: 'wide',
    scripts: ['start.js'],
    body: html`<main class="panel">
      <p class="overline">${center.startUrl}</p>
      <h1>AWS access portal</h1>
      ${searchForm(center, user, search)} ${shortcutForm(center, user)}
      <h2>${rows.length} ${rows.length === 1 ? 'account' : 'accounts'}${cut}</h2>
      ${rows.slice(0, MAX_SHOWN).map(({ account, roleNames }) => accountRow(center, user, account, roleNames))}
    </main>`,
  });
};

/** POST /start/console: opens the console as the portal does. */
export const startConsole: Page = (call) => {
  const { form, world, now, request } = call;
  const center = centerOf(call);
  const user = center && world.directory.portalUser(center, form.get('user_name') ?? undefined);
  const accountId = form.get('account_id') ?? '';
  const roleName = form.get('role_name') ?? '';
  const role = center && world.directory.permissionSetRole(center, accountId, roleName);
  const assigned =
    center && user && world.directory.assignments(center, user.userName).get(accountId)?.has(roleName) === true;
  if (role === undefined || user === undefined || assigned !== true) {
    return messagePage(
      'You do not have access',
      `The role ${roleName} in account ${accountId} is not assigned to you.`,
      403,
    );
  }
  const session = world.consoles.open({
    principal: { kind: 'role', role, roleSessionName: user.userName, origin: 'identity-center', sessionPolicies: [] },
    endsAt: after(now, role.maxSessionSeconds),
    openedBy: 'the access portal',
  });
  const wanted = form.get('destination') ?? '';
  const home = `https://${partitionById(role.partition)?.consoleHost ?? 'console.aws.amazon.com'}/console/home`;
  const page = new URLSearchParams({ session: session.sessionId, destination: wanted === '' ? home : wanted });
  return redirectReply(`${request.origin}/console?${page.toString()}`);
};

function centerOf({ query, form, request, world }: PageCall): IdentityCenter | undefined {
  const named = query.get('start_url') ?? form.get('start_url');
  if (named !== null) {
    return world.directory.identityCenter(named);
  }
  return request.endpoint.kind === 'aws'
    ? world.directory.identityCenter(`https://${request.endpoint.host}/start`)
    : world.directory.identityCenters[0];
}

function accountsOf(
  world: World,
  center: IdentityCenter,
  user: PortalUser,
): readonly { readonly account: Account; readonly roleNames: readonly string[] }[] {
  return [...world.directory.assignments(center, user.userName)].flatMap(([accountId, roleNames]) => {
    const account = world.directory.account(accountId);
    return account === undefined ? [] : [{ account, roleNames: [...roleNames] }];
  });
}

function matches(account: Account, search: string): boolean {
  const text = `${account.accountName} ${account.accountId} ${account.emailAddress}`.toLowerCase();
  return text.includes(search.trim().toLowerCase());
}

function searchForm(center: IdentityCenter, user: PortalUser, search: string): SafeHtml {
  return html`<form method="get" action="/start">
    ${hidden({ start_url: center.startUrl })}
    <label class="field"
      ><span>Signed in as</span
      ><select name="user_name">
        ${center.users.map((other) => option(other, user))}
      </select></label
    >
    <label class="field"
      ><span>Find an account</span
      ><span class="row"
        ><input type="search" name="q" value="${search}" placeholder="Name, ID or email" /><button>Show</button></span
      ></label
    >
  </form>`;
}

/** What the page's script fills in and sends when the address ends in a shortcut. */
function shortcutForm(center: IdentityCenter, user: PortalUser): SafeHtml {
  const fields = {
    start_url: center.startUrl,
    user_name: user.userName,
    account_id: '',
    role_name: '',
    destination: '',
  };
  return html`<form id="shortcut" method="post" action="/start/console" hidden>${hidden(fields)}</form>`;
}

function option(user: PortalUser, chosen: PortalUser): SafeHtml {
  const selected = user.userName === chosen.userName ? html` selected` : undefined;
  return html`<option value="${user.userName}" ${selected}>${user.displayName} (${user.emailAddress})</option>`;
}

function accountRow(
  center: IdentityCenter,
  user: PortalUser,
  account: Account,
  roleNames: readonly string[],
): SafeHtml {
  const roles = roleNames.map((roleName) => {
    const fields = {
      start_url: center.startUrl,
      user_name: user.userName,
      account_id: account.accountId,
      role_name: roleName,
    };
    return html`<form class="role" method="post" action="/start/console">
      ${hidden(fields)}<span>${roleName}</span><button class="small">Open console</button>
    </form>`;
  });
  return html`<details class="account">
    <summary><b>${account.accountName}</b><small>${account.accountId} · ${account.emailAddress}</small></summary>
    <div class="roles">${roles}</div>
  </details>`;
}

function hidden(fields: Readonly<Record<string, string>>): readonly SafeHtml[] {
  return Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}
