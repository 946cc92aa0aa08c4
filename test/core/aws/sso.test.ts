import { afterEach, describe, expect, test } from 'vitest';
import {
  AwsRefusedError,
  AwsUnavailableError,
  CaptivePortalError,
  MalformedReplyError,
  SsoTokenExpiredError,
  ThrottledError,
} from '../../../src/core/aws/aws-errors.ts';
import { getRoleCredentials, listAccountRoles, listAccounts, logout } from '../../../src/core/aws/sso.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { awsError, scriptedServer, type ScriptedReply } from '../../helpers/scripted-server.ts';
import { networkTo } from '../../helpers/test-network.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const TOKEN = new Secret('access-token-canary');
const ROLE = { accountId: '000000000001', roleName: 'Admin' };

async function portal(reply: ScriptedReply) {
  const server = await scriptedServer(() => reply);
  closers.push(() => server.close());
  return { server, request: { network: networkTo(server.url), region: 'us-east-1' } };
}

function credentials(fields: Record<string, unknown> = {}): ScriptedReply {
  const roleCredentials = {
    accessKeyId: 'ASIAQWERTYUIOPASDFGH',
    secretAccessKey: 'abcdefghijklmnopqrstuvwxyz0123456789/+AB',
    sessionToken: 'IQoJb3JpZ2luX2Vj//////////wEaCXVzLWVhc3QtMSJ=',
    expiration: Date.now() + 3_600_000,
    ...fields,
  };
  return { json: { roleCredentials } };
}

describe('listAccounts', () => {
  test('sends the token in the portal’s header and asks for pages of 100', async () => {
    const { server, request } = await portal({ json: { accountList: [], nextToken: 'next' } });
    const page = await listAccounts(request, TOKEN, 'from+here/');
    expect(page).toEqual({ rows: [], nextToken: 'next', rejectedRows: 0 });
    const [seen] = server.seen;
    expect(seen?.path).toBe('/assignment/accounts');
    expect(seen?.query.get('max_result')).toBe('100');
    expect(seen?.query.get('next_token')).toBe('from+here/');
    expect(seen?.headers['x-amz-sso_bearer_token']).toBe('access-token-canary');
  });

  test('rows that are no accounts are left out and counted; leading zeros stay', async () => {
    const accountList = [
      { accountId: '000000000001', accountName: 'First', emailAddress: 'a@example.com' },
      ...['1e11', '12345', '１２３４５６７８９０１２', 111122223333, null, undefined].map((accountId) => ({
        accountId,
        accountName: 'x',
      })),
      null,
      'text',
      { accountId: '111122223333' },
    ];
    const { request } = await portal({ json: { accountList } });
    const page = await listAccounts(request, TOKEN);
    expect(page.rows).toEqual([
      { accountId: '000000000001', name: 'First', email: 'a@example.com' },
      { accountId: '111122223333', name: '', email: '' },
    ]);
    expect(page.rejectedRows).toBe(8);
  });

  test.each([
    ['Prod\ncredential_process = touch /tmp/pwn', 'Prod credential_process = touch /tmp/pwn'],
    ['prod\u202eved', 'prodved'],
    ['\u2066x\u2069', 'x'],
    ['pr\u200bod', 'prod'],
    ['\ufeffprod', 'prod'],
    ['a\u2028b\u0085c\u000bd', 'a bc d'],
    ['\u001b]52;c;ZXZpbA==\u0007', ']52;c;ZXZpbA=='],
    ['\u0000', ''],
    ['   ', ''],
    ['e\u0301', '\u00e9'],
    ['A'.repeat(100_000), 'A'.repeat(128)],
    [`x${'\u0301'.repeat(5)}${'\u0302'.repeat(20)}`, undefined],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['__proto__', '__proto__'],
  ])('the name %j is made fit to show', async (accountName, shown) => {
    const { request } = await portal({ json: { accountList: [{ accountId: '111122223333', accountName }] } });
    const name = (await listAccounts(request, TOKEN)).rows[0]?.name ?? 'missing';
    expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    expect(name).not.toMatch(/\p{M}{4}/u);
    if (shown !== undefined) {
      expect(name).toBe(shown);
    }
  });

  test('a lone surrogate does not throw', async () => {
    const { request } = await portal({
      text: '{"accountList":[{"accountId":"111122223333","accountName":"a\\ud800b"}]}',
      headers: { 'content-type': 'application/json' },
    });
    expect((await listAccounts(request, TOKEN)).rows[0]?.name).toBe('ab');
  });
});

describe('listAccountRoles', () => {
  test('role names that IAM would not have are left out', async () => {
    const names = [
      'Admin',
      'a/b',
      'a\nb',
      'AdministratorAccess ',
      'x'.repeat(64),
      'x'.repeat(65),
      '*',
      '',
      '$(id)',
      '-rf',
      'read.only@x+y=z',
    ];
    const { server, request } = await portal({
      json: { roleList: names.map((roleName) => ({ roleName, accountId: ROLE.accountId })) },
    });
    const page = await listAccountRoles(request, TOKEN, ROLE.accountId);
    expect(page.rows).toEqual(['Admin', 'x'.repeat(64), '-rf', 'read.only@x+y=z']);
    expect(page.rejectedRows).toBe(7);
    expect(server.seen[0]?.query.get('account_id')).toBe('000000000001');
  });
});

test('roles of another account than the one asked for are left out', async () => {
  const roleList = [
    { roleName: 'Mine', accountId: ROLE.accountId },
    { roleName: 'Theirs', accountId: '999999999999' },
  ];
  const { request } = await portal({ json: { roleList } });
  expect(await listAccountRoles(request, TOKEN, ROLE.accountId)).toMatchObject({ rows: ['Mine'], rejectedRows: 1 });
});

describe('getRoleCredentials', () => {
  test('gives credentials with their end as a Date', async () => {
    const expiration = Date.now() + 1_800_000;
    const { server, request } = await portal(credentials({ expiration }));
    const result = await getRoleCredentials(request, TOKEN, ROLE);
    expect(result).toMatchObject({
      accessKeyId: 'ASIAQWERTYUIOPASDFGH',
      accountId: '000000000001',
      expiresAt: new Date(expiration),
    });
    expect(JSON.stringify(result)).not.toContain('abcdefghij');
    expect(server.seen[0]?.query.get('role_name')).toBe('Admin');
  });

  test.each<[string, Record<string, unknown>]>([
    ['a secret with a newline', { secretAccessKey: 'abcdefghijklmnop\nexport X=1' }],
    ['a secret with a quote', { secretAccessKey: "abcdefghijklmnop';id;'" }],
    ['a session token of 64 kB', { sessionToken: 'A'.repeat(65_536) }],
    ['no session token', { sessionToken: undefined }],
    ['a long-term key', { accessKeyId: 'AKIAQWERTYUIOPASDFGH' }],
    ['a number for a key', { accessKeyId: 7 }],
    ['no end', { expiration: null }],
    ['an end in words', { expiration: 'soon' }],
    ['an end in the past', { expiration: Date.now() - 1_000 }],
    ['an end in seconds', { expiration: Math.floor(Date.now() / 1000) + 3600 }],
    ['an end in 2100', { expiration: Date.UTC(2100, 0, 1) }],
  ])('%s is refused', async (_what, fields) => {
    const { request } = await portal(credentials(fields));
    await expect(getRoleCredentials(request, TOKEN, ROLE)).rejects.toThrow(MalformedReplyError);
  });

  test("what is in the past is told by AWS's clock, not ours", async () => {
    const inTwoHours = Date.now() + 7_200_000;
    const reply = credentials({ expiration: inTwoHours + 3_600_000 }) as Extract<ScriptedReply, { json?: unknown }>;
    const { request } = await portal({ ...reply, headers: { date: new Date(inTwoHours).toUTCString() } });
    await expect(getRoleCredentials(request, TOKEN, ROLE)).resolves.toBeDefined();
    expect(request.network.serverClock.skewMs).toBeGreaterThan(7_100_000);
  });
});

describe('replies that are not what AWS sends', () => {
  const json = { 'content-type': 'application/json' };
  const good = '{"roleList":[{"roleName":"Admin","accountId":"000000000001"}]}';
  const text = (body: string | Buffer): ScriptedReply => ({ text: body, headers: json });

  test.each<[string, ScriptedReply, new (...args: never[]) => Error]>([
    ['a byte order mark', text(`\ufeff${good}`), MalformedReplyError],
    ['UTF-16', text(Buffer.from(good, 'utf16le')), MalformedReplyError],
    ['trailing garbage', text(`${good}x`), MalformedReplyError],
    ['200,000 nested arrays', text(`{"roleList":${'['.repeat(200_000)}`), MalformedReplyError],
    ['null', text('null'), MalformedReplyError],
    ['a list that is text', text('{"roleList":"x"}'), MalformedReplyError],
    ['a next token that is a number', text('{"roleList":[],"nextToken":7}'), MalformedReplyError],
    [
      'a page of HTML with status 200',
      { text: '<html>Log in to the hotel</html>', headers: { 'content-type': 'text/html' } },
      CaptivePortalError,
    ],
    ['HTML under the name of JSON', text('<!DOCTYPE html><p>'), CaptivePortalError],
    [
      'a redirect to the metadata service',
      { status: 302, headers: { location: 'http://169.254.169.254/' } },
      CaptivePortalError,
    ],
    ['a 500', awsError(500, 'InternalServerException'), AwsUnavailableError],
    [
      'a load balancer’s 503 page',
      { status: 503, text: '<html>', headers: { 'content-type': 'text/html' } },
      AwsUnavailableError,
    ],
    [
      'a 401',
      awsError(401, 'UnauthorizedException', { message: 'Session token not found or invalid' }),
      SsoTokenExpiredError,
    ],
    ['a 403', awsError(403, 'ForbiddenException', { message: 'No access' }), AwsRefusedError],
  ])('%s', async (_what, reply, expected) => {
    const { request } = await portal(reply);
    await expect(listAccountRoles(request, TOKEN, ROLE.accountId)).rejects.toThrow(expected);
  });

  test('JSON cut off at each byte is an error or a whole reply, never half a one', async () => {
    let length = 0;
    const server = await scriptedServer(() => text(good.slice(0, length)));
    closers.push(() => server.close());
    const request = { network: networkTo(server.url), region: 'us-east-1' };
    for (length = 1; length < good.length; length += 1) {
      await expect(listAccountRoles(request, TOKEN, ROLE.accountId), String(length)).rejects.toThrow(
        MalformedReplyError,
      );
    }
  });

  test('an empty 200 and a 204 are neither empty lists nor credentials', async () => {
    for (const status of [200, 204]) {
      const { request } = await portal({ status, text: '' });
      await expect(listAccounts(request, TOKEN)).rejects.toThrow(MalformedReplyError);
      await expect(listAccountRoles(request, TOKEN, ROLE.accountId)).rejects.toThrow(MalformedReplyError);
      await expect(getRoleCredentials(request, TOKEN, ROLE)).rejects.toThrow(MalformedReplyError);
    }
  });

  test('__proto__ in a reply changes nothing', async () => {
    const { request } = await portal(text('{"__proto__":{"polluted":1},"roleList":[{"__proto__":{"roleName":"x"}}]}'));
    expect((await listAccountRoles(request, TOKEN, ROLE.accountId)).rows).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  test.each([
    ['7', 7_000],
    ['-1', undefined],
    ['999999999', 999_999_999_000],
    ['Wed, 21 Oct 2026 07:28:09 GMT', 9_000],
    ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
    ['Wed, 21 Oct 2026 07:28:09', undefined],
    ['2026-10-21T07:28:09Z', undefined],
    ['x', undefined],
  ])('429 with Retry-After %s, a date being told from the reply’s own', async (header, retryAfterMs) => {
    const headers = { 'retry-after': header, date: 'Wed, 21 Oct 2026 07:28:00 GMT' };
    const { request } = await portal(awsError(429, 'TooManyRequestsException', {}, headers));
    const error = await listAccounts(request, TOKEN).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ThrottledError);
    expect((error as ThrottledError).retryAfterMs).toBe(retryAfterMs);
  });

  test("AWS's words lose their control characters; nothing secret is in the error or its causes", async () => {
    const { request } = await portal(
      awsError(400, 'InvalidRequestException', { message: 'bad\u001b[2J\nthing access-token-canary?' }),
    );
    const error = await listAccounts(request, new Secret('other-canary')).catch((e: unknown) => e);
    expect(String(error)).not.toMatch(/[\p{Cc}]/u);
    expect((error as Error).cause).toBeUndefined();
    expect(String(error)).not.toContain('other-canary');
  });
});

describe('logout', () => {
  test('posts the token; an unknown token counts as signed out', async () => {
    const { server, request } = await portal({ status: 200, text: '' });
    await logout(request, TOKEN);
    expect(server.seen[0]).toMatchObject({ method: 'POST', path: '/logout' });
    const gone = await portal(awsError(401, 'UnauthorizedException'));
    await expect(logout(gone.request, TOKEN)).resolves.toBeUndefined();
    const down = await portal(awsError(500, 'InternalServerException'));
    await expect(logout(down.request, TOKEN)).rejects.toThrow(AwsUnavailableError);
  });
});
