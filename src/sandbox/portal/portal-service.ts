import { restJsonError } from '../http/json-service.ts';
import { jsonReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { headerOf, type SandboxRequest } from '../http/sandbox-request.ts';
import type { Service } from '../http/service.ts';
import { isHere } from '../oidc/identity-center-here.ts';
import type { PortalSession } from '../state/sso-tokens.ts';
import { after, type World } from '../world.ts';
import { pageOf } from './page-of.ts';
import { portalErrors } from './portal-errors.ts';

type Operation = (session: PortalSession, request: SandboxRequest, world: World) => SandboxReply;

const OPERATIONS: Readonly<Record<string, readonly [name: string, run: Operation]>> = {
  'GET /assignment/accounts': ['ListAccounts', listAccounts],
  'GET /assignment/roles': ['ListAccountRoles', listAccountRoles],
  'GET /federation/credentials': ['GetRoleCredentials', getRoleCredentials],
  'POST /logout': ['Logout', logout],
};

function find(request: SandboxRequest): (typeof OPERATIONS)[string] | undefined {
  const key = `${request.method} ${request.path}`;
  return Object.hasOwn(OPERATIONS, key) ? OPERATIONS[key] : undefined;
}

/** The IAM Identity Center portal: REST-JSON with a bearer token of its own header. */
export const portalService: Service = {
  id: 'sso',
  identify: (request) => find(request)?.[0],
  params: (request) => request.query,
  handle(_operation, request, world) {
    const token = headerOf(request, 'x-amz-sso_bearer_token') ?? '';
    const session = world.ssoTokens.sessionOfAccessToken(token, world.now());
    if (session === undefined || !isHere(request, session.identityCenter)) {
      throw portalErrors.unauthorized();
    }
    takePermit(world, session.sessionId);
    return find(request)?.[1](session, request, world) ?? jsonReply(404, {});
  },
  renderError: (error) =>
    restJsonError(error, {
      message: error.message,
      __type: `com.amazonaws.switchboard.portal#${error.code}`,
    }),
  throttled: portalErrors.throttled,
  expired: portalErrors.unauthorized,
};

function takePermit(world: World, sessionId: string): void {
  const rate = world.faults.rateLimitPerSecond;
  if (rate !== undefined && !world.portalLimits.take(sessionId, rate, world.clock.now().getTime())) {
    throw portalErrors.throttled();
  }
}

function listAccounts(session: PortalSession, request: SandboxRequest, world: World): SandboxReply {
  const assigned = [...world.directory.assignments(session.identityCenter, session.userName).keys()];
  const page = pageOf(assigned, request.query, world.settings.portalPageSize);
  const accountList = page.rows.flatMap((accountId) => {
    const account = world.directory.account(accountId);
    return account === undefined
      ? []
      : [{ accountId, accountName: account.accountName, emailAddress: account.emailAddress }];
  });
  return jsonReply(200, { nextToken: page.nextToken ?? null, accountList });
}

function listAccountRoles(session: PortalSession, request: SandboxRequest, world: World): SandboxReply {
  const accountId = requiredParam(request, 'account_id');
  const assigned = world.directory.assignments(session.identityCenter, session.userName).get(accountId);
  if (assigned === undefined) {
    throw portalErrors.forbidden();
  }
  const page = pageOf([...assigned], request.query, world.settings.portalPageSize);
  return jsonReply(200, {
    nextToken: page.nextToken ?? null,
    roleList: page.rows.map((roleName) => ({ roleName, accountId })),
  });
}

function getRoleCredentials(session: PortalSession, request: SandboxRequest, world: World): SandboxReply {
  const accountId = requiredParam(request, 'account_id');
  const roleName = requiredParam(request, 'role_name');
  const { identityCenter, userName } = session;
  const role = world.directory.permissionSetRole(identityCenter, accountId, roleName);
  const assigned = world.directory.assignments(identityCenter, userName).get(accountId)?.has(roleName) ?? false;
  if (role === undefined || !assigned) {
    throw portalErrors.forbidden();
  }
  const issued = world.credentials.issue(
    { kind: 'role', role, roleSessionName: userName, origin: 'identity-center', sessionPolicies: [] },
    after(world.now(), world.settings.roleSeconds ?? role.maxSessionSeconds),
  );
  return jsonReply(200, {
    roleCredentials: {
      accessKeyId: issued.accessKeyId,
      secretAccessKey: issued.secretAccessKey,
      sessionToken: issued.sessionToken,
      expiration: Math.floor(issued.expiresAt.getTime() / 1000) * 1000,
    },
  });
}

function logout(session: PortalSession, _request: SandboxRequest, world: World): SandboxReply {
  world.ssoTokens.endSession(session);
  return { status: 200, headers: {}, body: '' };
}

function requiredParam(request: SandboxRequest, name: string): string {
  const value = request.query.get(name);
  if (value === null || value === '') {
    throw portalErrors.invalid(`Missing parameter: ${name}`);
  }
  return value;
}
