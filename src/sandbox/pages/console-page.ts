import type { ConsoleSession } from '../state/console-sessions.ts';
import { callerContext, identityVerdict } from '../policy/authorize.ts';
import { principalAccount, principalArn, type Principal } from '../state/principal.ts';
import type { World } from '../world.ts';
import { html, type SafeHtml } from './html.ts';
import { messagePage, renderPage } from './layout.ts';
import type { Page } from './page-call.ts';

const SERVICE_NAMES: Readonly<Record<string, string>> = {
  billing: 'Billing and Cost Management',
  cloudwatch: 'CloudWatch',
  console: 'Console Home',
  dynamodb: 'DynamoDB',
  ec2: 'EC2',
  iam: 'IAM',
  lambda: 'Lambda',
  rds: 'RDS',
  s3: 'S3',
};

/** GET /console: stands where the AWS console would be, and shows who is signed in. */
export const consolePage: Page = ({ query, world, now }) => {
  const session = world.consoles.session(query.get('session') ?? '');
  if (session === undefined) {
    return messagePage('You are not signed in', 'Open the console from Rolecall or from the access portal.', 403);
  }
  if (session.endsAt <= now) {
    return messagePage(
      'Your session has ended',
      'Open the console again from Rolecall or from the access portal.',
      403,
    );
  }
  const destination = readDestination(query.get('destination'));
  const { accountId } = principalAccount(session.principal);
  const accountName = world.directory.account(accountId)?.accountName ?? accountId;
  return renderPage({
    title: `${destination.serviceName}: ${accountName}`,
    shape: 'console',
    scripts: ['countdown.js'],
    body: html`<header class="bar">
        <b>${destination.serviceName}</b><span class="region">${destination.region}</span>
        <span class="who"
          >${swatch(session)}<b>${session.displayName ?? whoOf(session.principal)}</b><br />${accountName}
          (${dashed(accountId)})</span
        >
      </header>
      <main>
        <h1>You are signed in to ${accountName}</h1>
        <p class="lead">The AWS console would be here, at <span class="mono">${destination.href}</span>.</p>
        ${factsOf(session, accountName, destination, now)}
        ${destination.service === 's3' ? bucketsOf(session.principal, world, now) : undefined}
      </main>`,
  });
};

/** The colour of a switched role, drawn without a style, which the content security policy would refuse. */
function swatch({ color }: ConsoleSession): SafeHtml | undefined {
  return color === undefined
    ? undefined
    : html`<svg class="swatch" viewBox="0 0 1 1" aria-hidden="true">
        <rect width="1" height="1" fill="#${color}" />
      </svg>`;
}

interface Destination {
  readonly href: string;
  readonly service: string;
  readonly serviceName: string;
  readonly region: string;
}

/** The service is the path's first word, as in the real console; the region its parameter or the host's first label. */
function readDestination(text: string | null): Destination {
  const href = text !== null && URL.canParse(text) ? text : 'https://console.aws.amazon.com/';
  const url = new URL(href);
  const service = url.pathname.split('/').find((part) => part !== '') ?? 'console';
  const fromHost = /(?:^|\.)([a-z]{2}(?:-[a-z]+)+-\d{1,2})\.console\./.exec(url.hostname)?.[1];
  const region = url.searchParams.get('region') ?? fromHost ?? 'Global';
  const serviceName = Object.hasOwn(SERVICE_NAMES, service)
    ? (SERVICE_NAMES[service] ?? service)
    : service.toUpperCase();
  return { href, service, serviceName, region };
}

function factsOf(session: ConsoleSession, accountName: string, destination: Destination, now: Date): SafeHtml {
  const { principal } = session;
  const { accountId } = principalAccount(principal);
  const leftSeconds = Math.max(0, Math.floor((session.endsAt.getTime() - now.getTime()) / 1000));
  return html`<dl class="facts">
    <dt>Account</dt>
    <dd class="big">${accountName}</dd>
    <dt>Account ID</dt>
    <dd class="mono" data-fact="account-id">${accountId}</dd>
    <dt>Role</dt>
    <dd class="big" data-fact="role">${roleOf(principal)}</dd>
    <dt>Signed in as</dt>
    <dd class="mono" data-fact="arn">${principalArn(principal)}</dd>
    <dt>Service</dt>
    <dd data-fact="service">${destination.serviceName}</dd>
    <dt>Region</dt>
    <dd data-fact="region">${destination.region}</dd>
    <dt>Time left</dt>
    <dd class="left" data-fact="left" data-left-seconds="${leftSeconds}">${inWords(leftSeconds)}</dd>
    <dt>Opened by</dt>
    <dd>${session.openedBy}</dd>
  </dl>`;
}

/** What the console would list: only if the role may. */
function bucketsOf(principal: Principal, world: World, now: Date): SafeHtml {
  const { accountId, partition } = principalAccount(principal);
  const resource = `arn:${partition}:s3:::*`;
  const verdict = identityVerdict(principal, 's3:ListAllMyBuckets', resource, callerContext(principal, now));
  if (verdict !== 'allow') {
    return html`<h2>Buckets</h2>
      <p class="bad-text">You do not have permission to list buckets (s3:ListAllMyBuckets).</p>`;
  }
  const buckets = world.directory.account(accountId)?.buckets ?? [];
  return html`<h2>Buckets (${buckets.length})</h2>
    <ul>
      ${buckets.map((bucket) => html`<li class="mono">${bucket.bucketName}</li>`)}
    </ul>`;
}

function roleOf(principal: Principal): string {
  if (principal.kind !== 'role') {
    return principal.kind === 'federated-user' ? `none (federated user ${principal.federatedName})` : 'none (IAM user)';
  }
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(principal.role.roleName)?.[1] ?? principal.role.roleName;
}

function whoOf(principal: Principal): string {
  if (principal.kind === 'role') {
    return `${roleOf(principal)}/${principal.roleSessionName}`;
  }
  return principal.kind === 'federated-user' ? principal.federatedName : principal.user.userName;
}

function dashed(accountId: string): string {
  return accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
}

function inWords(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
