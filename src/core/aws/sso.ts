import * as v from 'valibot';
import { isAccountId } from '../model/arn.ts';
import type { TemporaryCredentials } from '../model/credentials.ts';
import { Secret } from '../model/secret.ts';
import { MalformedReplyError, SsoTokenExpiredError } from './aws-errors.ts';
import type { AwsRequest } from './client-config.ts';
import { displayText } from './display-text.ts';
import { serviceEndpoint } from './endpoints.ts';
import { callSdk, type SdkCall, type SdkFailure } from './map-sdk-error.ts';
import { opaqueText, parseReply } from './parse-reply.ts';

/** An account as the portal lists it, its names fit to show. */
export interface PortalAccount {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
}

/** One page of a list. */
export interface PageRead<Row> {
  readonly rows: readonly Row[];
  readonly nextToken: string | undefined;
}

/** One page of a list from which rows that are not what AWS promises were left out; `rejectedRows` counts them. */
export interface Page<Row> extends PageRead<Row> {
  readonly rejectedRows: number;
}

/** A permission set in an account. */
export interface AccountRole {
  readonly accountId: string;
  readonly roleName: string;
}

/** The most that one page may hold; more is an InvalidRequestException. */
const MAX_PAGE_SIZE = 100;
/** Above any session AWS grants (12 h); further away than this, a time is taken for an error. */
const MAX_CREDENTIALS_MS = 7 * 24 * 3600 * 1000;

const nextToken = v.nullish(v.pipe(v.string(), v.maxLength(16_384)));
/** Required: an empty reply must not pass for an empty list. */
const rows = v.array(v.unknown());
const AccountsPageSchema = v.object({ accountList: rows, nextToken });
const RolesPageSchema = v.object({ roleList: rows, nextToken });
const AccountSchema = v.object({
  accountId: v.custom<string>(isAccountId),
  accountName: v.fallback(v.string(), ''),
  emailAddress: v.fallback(v.string(), ''),
});
const RoleSchema = v.object({ roleName: v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,64}$/)) });
const CredentialsSchema = v.object({
  roleCredentials: v.object({
    accessKeyId: v.pipe(v.string(), v.regex(/^ASIA[A-Z0-9]{12,124}$/)),
    secretAccessKey: v.pipe(v.string(), v.regex(/^[A-Za-z0-9/+=]{16,256}$/)),
    sessionToken: v.pipe(v.string(), v.regex(/^[A-Za-z0-9/+=_-]{16,32768}$/)),
    expiration: v.pipe(v.number(), v.finite()),
  }),
});

/**
 * One page of the accounts the token's owner may use. Throws SsoTokenExpiredError on 401.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccounts.html
 */
export async function listAccounts(
  request: AwsRequest,
  accessToken: Secret,
  fromToken?: string,
): Promise<Page<PortalAccount>> {
  const { SSOClient, ListAccountsCommand } = await import('@aws-sdk/client-sso');
  const sdk = new SSOClient(request.network.clientConfig('sso', request.region));
  const command = new ListAccountsCommand({
    accessToken: accessToken.reveal(),
    nextToken: fromToken,
    maxResults: MAX_PAGE_SIZE,
  });
  const reply = await callPortal(request, () => sdk.send(command, { abortSignal: request.signal }));
  const page = parseReply(AccountsPageSchema, reply, 'ListAccounts');
  return pageOf(page.accountList, page.nextToken, AccountSchema, (row) => ({
    accountId: row.accountId,
    name: displayText(row.accountName),
    email: displayText(row.emailAddress, 256),
  }));
}

/**
 * One page of the role names the token's owner has in an account. Throws SsoTokenExpiredError on 401.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_ListAccountRoles.html
 */
export async function listAccountRoles(
  request: AwsRequest,
  accessToken: Secret,
  accountId: string,
  fromToken?: string,
): Promise<Page<string>> {
  const { SSOClient, ListAccountRolesCommand } = await import('@aws-sdk/client-sso');
  const sdk = new SSOClient(request.network.clientConfig('sso', request.region));
  const command = new ListAccountRolesCommand({
    accessToken: accessToken.reveal(),
    accountId,
    nextToken: fromToken,
    maxResults: MAX_PAGE_SIZE,
  });
  const reply = await callPortal(request, () => sdk.send(command, { abortSignal: request.signal }));
  const page = parseReply(RolesPageSchema, reply, 'ListAccountRoles');
  const own = page.roleList.filter((row) => !isOfOtherAccount(row, accountId));
  const rejectedRows = page.roleList.length - own.length;
  const good = pageOf(own, page.nextToken, RoleSchema, (row) => row.roleName);
  return { ...good, rejectedRows: good.rejectedRows + rejectedRows };
}

/**
 * Credentials for one role of one account. How long they hold is the permission set's setting.
 *
 * `expiration` arrives in epoch milliseconds here, but in ISO seconds from STS; both leave this folder as Date.
 * Throws SsoTokenExpiredError on 401, AwsRefusedError with status 403 or 404 where the role is not assigned.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html
 */
export async function getRoleCredentials(
  request: AwsRequest,
  accessToken: Secret,
  role: AccountRole,
): Promise<TemporaryCredentials> {
  const { SSOClient, GetRoleCredentialsCommand } = await import('@aws-sdk/client-sso');
  const sdk = new SSOClient(request.network.clientConfig('sso', request.region));
  const command = new GetRoleCredentialsCommand({
    accessToken: accessToken.reveal(),
    accountId: role.accountId,
    roleName: role.roleName,
  });
  const reply = await callPortal(request, () => sdk.send(command, { abortSignal: request.signal }));
  const { roleCredentials } = parseReply(CredentialsSchema, reply, 'GetRoleCredentials');
  const remainingMs = roleCredentials.expiration - request.network.serverClock.now().getTime();
  if (remainingMs <= 0 || remainingMs > MAX_CREDENTIALS_MS) {
    throw new MalformedReplyError('GetRoleCredentials: expiration');
  }
  return {
    accessKeyId: roleCredentials.accessKeyId,
    secretAccessKey: new Secret(roleCredentials.secretAccessKey),
    sessionToken: new Secret(roleCredentials.sessionToken),
    expiresAt: new Date(roleCredentials.expiration),
    accountId: role.accountId,
  };
}

/**
 * Ends the sign-in at AWS. A token that AWS no longer knows counts as ended.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_Logout.html
 */
export async function logout(request: AwsRequest, accessToken: Secret): Promise<void> {
  const { SSOClient, LogoutCommand } = await import('@aws-sdk/client-sso');
  const sdk = new SSOClient(request.network.clientConfig('sso', request.region));
  const command = new LogoutCommand({ accessToken: accessToken.reveal() });
  await callSdk<unknown>(
    callOf(request),
    () => sdk.send(command, { abortSignal: request.signal }),
    (failure) => (isUnauthorized(failure) ? {} : undefined),
  );
}

/** Whether a text may go out as a bearer token, or came from a file damaged or forged. */
export function isBearerToken(text: string): boolean {
  return v.is(opaqueText(16_384), text);
}

async function callPortal(request: AwsRequest, call: () => Promise<unknown>): Promise<unknown> {
  return callSdk(callOf(request), call, (failure) => {
    if (isUnauthorized(failure)) {
      throw new SsoTokenExpiredError();
    }
    return undefined;
  });
}

function isUnauthorized(failure: SdkFailure): boolean {
  return failure.status === 401 || failure.awsCode === 'UnauthorizedException';
}

function pageOf<const Schema extends v.GenericSchema, Row>(
  raw: readonly unknown[],
  token: string | null | undefined,
  schema: Schema,
  convert: (row: v.InferOutput<Schema>) => Row,
): Page<Row> {
  const good = raw.flatMap((row) => {
    const parsed = v.safeParse(schema, row);
    return parsed.success ? [convert(parsed.output)] : [];
  });
  return {
    rows: good,
    nextToken: token === null || token === '' ? undefined : token,
    rejectedRows: raw.length - good.length,
  };
}

function isOfOtherAccount(row: unknown, accountId: string): boolean {
  return typeof row === 'object' && row !== null && 'accountId' in row && row.accountId !== accountId;
}

function callOf({ network, region, signal }: AwsRequest): SdkCall {
  return { host: serviceEndpoint('sso', region, network.env).url.host, signal };
}
