import { readFile, stat, writeFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { toFailure } from '../../../../src/core/model/errors.ts';
import { systemClock, type Clock } from '../../../../src/core/model/clock.ts';
import { SignInNeededError } from '../../../../src/core/session/errors.ts';
import { generateOrganization } from '../../../../src/sandbox/generate-organization.ts';
import type { Sandbox, SandboxOptions } from '../../../../src/sandbox/sandbox.ts';
import { orderAccounts } from '../../../../src/shared/account-order.ts';
import type { DirectoryState } from '../../../../src/shared/app-state.ts';
import { settle } from '../../../helpers/fake-clock.ts';
import { startSandbox } from '../../../helpers/sandbox.ts';
import { signInToPortal } from '../../../helpers/sandbox-sign-in.ts';
import { scriptedServer, awsError, type ScriptedReply, type SeenRequest } from '../../../helpers/scripted-server.ts';
import { NEVER, ssoUnderTest, type SsoUnderTest } from '../../../helpers/sso-under-test.ts';

/** A signed-in Identity Center with so many accounts. */
async function signedIn(
  accounts: number,
  roles: number,
  options: SandboxOptions = {},
  portalPerSecond?: number,
): Promise<{ sandbox: Sandbox; under: SsoUnderTest }> {
  const sandbox = await startSandbox({ organization: generateOrganization(accounts, roles), ...options });
  const under = await ssoUnderTest({ sandbox, ...(portalPerSecond === undefined ? {} : { portalPerSecond }) });
  await under.writeToken('corp', {
    startUrl: sandbox.startUrl,
    region: sandbox.region,
    accessToken: await signInToPortal(sandbox),
    expiresAt: '2099-01-01T00:00:00Z',
  });
  return { sandbox, under };
}

function roleCount(state: DirectoryState): number {
  return state.accounts.reduce((sum, account) => sum + account.roles.length, 0);
}

const ignore = (): void => undefined;

describe('refreshing a directory', () => {
  test('all accounts are there before the roles, which stream in; nothing is lost', async () => {
    const { sandbox, under } = await signedIn(12, 3);
    const states: DirectoryState[] = [];
    const state = await under.directory.refresh('corp', (each) => states.push(each), NEVER);
    expect(state.accounts).toHaveLength(12);
    expect(roleCount(state)).toBe(36);
    expect(state).toMatchObject({ progress: undefined, failure: undefined, changes: undefined });
    expect(state.refreshedAt).toBeDefined();
    const firstFull = states.find((each) => each.accounts.length === 12);
    expect(firstFull === undefined ? -1 : roleCount(firstFull)).toBe(0);
    const totals = states.map((each) => roleCount(each));
    expect(totals).toEqual([...totals].sort((a, b) => a - b));
    expect(states.at(-2)?.progress?.accountsTotal).toBe(12);
    expect(sandbox.requests.count('sso.ListAccountRoles')).toBe(12);
  });

  test('it is on screen at the next start before any request, and the file is private', async () => {
    const { sandbox, under } = await signedIn(5, 2);
    const state = await under.directory.refresh('corp', ignore, NEVER);
    const next = await ssoUnderTest({ sandbox, homeDir: under.homeDir });
    const asked = sandbox.requests.count('sso.ListAccounts');
    const kept = await next.directory.kept('corp');
    expect(kept.accounts).toEqual(state.accounts);
    expect(kept.refreshedAt).toBe(state.refreshedAt);
    expect(sandbox.requests.count('sso.ListAccounts')).toBe(asked);
    const folder = join(under.rolecallHome, 'directories');
    const [file = ''] = await readdir(folder);
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, file), 'utf8')).not.toContain('aoaAAAA');
  });

  test('new and vanished roles and accounts are counted; rows that stay keep their identity', async () => {
    const { sandbox, under } = await signedIn(6, 2);
    const before = await under.directory.refresh('corp', ignore, NEVER);
    const [first, second, third] = before.accounts;
    sandbox.control.unassign(first?.accountId ?? '');
    sandbox.control.unassign(second?.accountId ?? '', second?.roles[0]);
    sandbox.control.renameAccount(third?.accountId ?? '', 'Zulu');
    const after = await under.directory.refresh('corp', ignore, NEVER);
    expect(after.accounts).toHaveLength(5);
    expect(after.changes).toEqual({ added: 0, removed: 3 });
    expect(after.accounts.at(-1)).toMatchObject({ accountId: third?.accountId, name: 'Zulu' });
    expect(orderAccounts(after.accounts)).toBe(after.accounts);
    const unchanged = before.accounts.slice(3);
    expect(unchanged.every((row) => after.accounts.includes(row))).toBe(true);
    sandbox.control.assign(second?.accountId ?? '', second?.roles[0] ?? '');
    expect((await under.directory.refresh('corp', ignore, NEVER)).changes).toEqual({ added: 1, removed: 0 });
  });

  test('callers side by side share one refresh; the last one to go cancels it', async () => {
    const { sandbox, under } = await signedIn(8, 1);
    const [one, two] = await Promise.all([
      under.directory.refresh('corp', ignore, NEVER),
      under.directory.refresh('corp', ignore, NEVER),
    ]);
    expect(one).toBe(two);
    expect(sandbox.requests.count('sso.ListAccounts')).toBe(1);

    sandbox.faults.add({ operation: 'sso.*', fault: { kind: 'hang-before-headers' } });
    const gone = new AbortController();
    const pending = under.directory.refresh('corp', ignore, gone.signal);
    const ended: string[] = [];
    pending.catch((error: Error) => ended.push(error.message));
    await expect.poll(() => sandbox.requests.count('sso.ListAccounts')).toBe(2);
    gone.abort(new Error('gone'));
    await settle();
    // Within a few turns of the event loop, whatever the clock says.
    expect(ended).toEqual(['gone']);
    const kept = await under.directory.kept('corp');
    expect(kept.accounts.some((row) => row.stale)).toBe(false);
    expect(kept.failure).toBeUndefined();
  });

  test('the account the user opens goes first', async () => {
    const { under } = await signedIn(30, 1, { latencyMs: 20 }, 60);
    let last = '';
    const order: string[] = [];
    await under.directory.refresh(
      'corp',
      (state) => {
        if (last === '' && state.accounts.length === 30) {
          last = state.accounts.at(-1)?.accountId ?? '';
          under.directory.focus('corp', last);
        }
        for (const { accountId, roles } of state.accounts) {
          if (roles.length > 0 && !order.includes(accountId)) {
            order.push(accountId);
          }
        }
      },
      NEVER,
    );
    expect(order).toHaveLength(30);
    // Shown in batches, each in the order of the rows: without focus it would be the last.
    expect(order.indexOf(last)).toBeLessThan(15);
  });
});

describe('when AWS fails', () => {
  test(
    'an organization of 700 accounts with 5 roles each at a portal that throttles arrives whole, without an error',
    { timeout: 60_000 },
    async () => {
      const { sandbox, under } = await signedIn(700, 5, { rateLimitPerSecond: 100 }, 300);
      // A busy machine may be too slow to be throttled for its speed.
      sandbox.faults.add({ operation: 'sso.ListAccountRoles', fault: { kind: 'throttle' }, times: 30 });
      const failures: unknown[] = [];
      const state = await under.directory.refresh('corp', (each) => failures.push(each.failure), NEVER);
      expect(state.accounts).toHaveLength(700);
      expect(state.accounts.every(({ roles, stale }) => roles.length === 5 && !stale)).toBe(true);
      expect(failures.filter((failure) => failure !== undefined)).toEqual([]);
      expect(sandbox.requests.of('sso.ListAccountRoles').some(({ status }) => status === 429)).toBe(true);
    },
  );

  test('throttled at half our speed, it slows down and every role arrives', { timeout: 30_000 }, async () => {
    const { sandbox, under } = await signedIn(25, 2, { rateLimitPerSecond: 8 }, 18);
    const state = await under.directory.refresh('corp', ignore, NEVER);
    expect(roleCount(state)).toBe(50);
    expect(state.failure).toBeUndefined();
    expect(sandbox.requests.count('sso.ListAccountRoles')).toBeLessThan(80);
  });

  test.each(['1', new Date(Date.UTC(2026, 0, 1, 0, 0, 1)).toUTCString()])(
    'Retry-After of %s is honoured by all requests',
    async (retryAfter) => {
      const seenMs: number[] = [];
      const ids = Array.from({ length: 12 }, (_, index) => String(index).padStart(12, '0'));
      const { under } = await scriptedPortal(
        (request) => {
          if (request.path === '/assignment/accounts') {
            return { json: { accountList: ids.map((accountId) => ({ accountId })) } };
          }
          seenMs.push(performance.now());
          return seenMs.length === 1
            ? awsError(
                429,
                'TooManyRequestsException',
                { message: 'slow' },
                { 'retry-after': retryAfter, date: new Date(Date.UTC(2026, 0, 1)).toUTCString() },
              )
            : { json: { roleList: [{ roleName: 'Admin' }] } };
        },
        systemClock(),
        20,
      );
      const state = await under.directory.refresh('corp', ignore, NEVER);
      expect(roleCount(state)).toBe(12);
      const [refusedMs = 0] = seenMs;
      // Two or three may be on their way when the refusal comes.
      expect(seenMs.filter((ms) => ms > refusedMs && ms < refusedMs + 950).length).toBeLessThan(4);
    },
  );

  test.each(['server-error', 'reset', 'cut-body', 'malformed-body', 'empty-body'] as const)(
    'a few times %s in the middle: nothing is lost, nothing is shown',
    async (kind) => {
      const { sandbox, under } = await signedIn(10, 2);
      const fault = kind === 'server-error' ? ({ kind, status: 503 } as const) : ({ kind } as const);
      sandbox.faults.add({ operation: 'sso.*', fault, times: 5 });
      const state = await under.directory.refresh('corp', ignore, NEVER);
      expect(roleCount(state)).toBe(20);
      expect(state.failure).toBeUndefined();
    },
  );

  test('an account that is refused keeps its old row, marked; the others are new', async () => {
    const accounts = ['000000000001', '000000000002', '000000000003'];
    let forbidden = '';
    const { under } = await scriptedPortal((request) => {
      if (request.path === '/assignment/accounts') {
        return {
          json: { accountList: accounts.map((accountId) => ({ accountId, accountName: accountId })), nextToken: null },
        };
      }
      const accountId = request.query.get('account_id') ?? '';
      return accountId === forbidden
        ? awsError(403, 'ForbiddenException', { message: 'No access' })
        : { json: { roleList: [{ roleName: 'Admin', accountId }] } };
    });
    await under.directory.refresh('corp', ignore, NEVER);
    forbidden = '000000000002';
    const state = await under.directory.refresh('corp', ignore, NEVER);
    expect(state.accounts.map(({ accountId, roles, stale }) => [accountId, roles, stale])).toEqual([
      ['000000000001', ['Admin'], false],
      ['000000000002', ['Admin'], true],
      ['000000000003', ['Admin'], false],
    ]);
    expect(state.failure?.code).toBe('aws-refused');
    forbidden = '';
    const healed = await under.directory.refresh('corp', ignore, NEVER);
    expect(healed.accounts.some(({ stale }) => stale)).toBe(false);
    expect(healed.failure).toBeUndefined();
  });

  test('an account that is always refused does not keep a later refresh from asking for the others again', async () => {
    const accounts = ['000000000001', '000000000002'];
    let roles = ['Admin'];
    const { under } = await scriptedPortal((request) => {
      if (request.path === '/assignment/accounts') {
        return { json: { accountList: accounts.map((accountId) => ({ accountId })), nextToken: null } };
      }
      return request.query.get('account_id') === '000000000002'
        ? awsError(403, 'ForbiddenException', { message: 'No access' })
        : { json: { roleList: roles.map((roleName) => ({ roleName })) } };
    });
    await under.directory.refresh('corp', ignore, NEVER);
    roles = ['Admin', 'Billing'];
    const state = await under.directory.refresh('corp', ignore, NEVER);
    expect(state.accounts[0]?.roles).toEqual(['Admin', 'Billing']);
    expect(state.failure?.code).toBe('aws-refused');
  });

  test('a list without the accounts that AWS refuses is complete: they stay marked, and do not keep it open for good', async () => {
    const { under } = await scriptedPortal((request) => {
      if (request.path === '/assignment/accounts') {
        return { json: { accountList: [{ accountId: '000000000001' }, { accountId: '000000000002' }] } };
      }
      return request.query.get('account_id') === '000000000002'
        ? awsError(403, 'ForbiddenException', { message: 'No access' })
        : { json: { roleList: [{ roleName: 'Admin' }] } };
    });
    const state = await under.directory.refresh('corp', ignore, NEVER);
    expect(state.refreshedAt).toBeDefined();
    expect(state.accounts.map(({ stale }) => stale)).toEqual([false, true]);
  });

  test('the list of accounts fails: the old list stays, marked, and the failure is thrown and shown', async () => {
    const { sandbox, under } = await signedIn(5, 1);
    await under.directory.refresh('corp', ignore, NEVER);
    await sandbox.close();
    const states: DirectoryState[] = [];
    const error = await under.directory.refresh('corp', (state) => states.push(state), NEVER).catch((e: unknown) => e);
    expect(toFailure(error).code).toBe('offline');
    expect(states.at(-1)).toMatchObject({ failure: { code: 'offline' }, progress: undefined });
    expect(states.at(-1)?.accounts).toHaveLength(5);
    expect(states.at(-1)?.accounts.every(({ stale }) => stale)).toBe(true);
  });

  test('401 in the middle of the list: one sign-in is needed, not one for each request', async () => {
    const { sandbox, under } = await signedIn(25, 1, {}, 100);
    let failures = 0;
    const remove = sandbox.faults.add({ operation: 'sso.ListAccountRoles', fault: { kind: 'latency', latencyMs: 30 } });
    const error = await under.directory
      .refresh(
        'corp',
        (state) => {
          if (roleCount(state) > 2) {
            sandbox.control.endPortalSessions();
          }
          failures += state.failure === undefined ? 0 : 1;
        },
        NEVER,
      )
      .catch((e: unknown) => e);
    remove();
    expect(error).toBeInstanceOf(SignInNeededError);
    expect(failures).toBe(1);
    const kept = await under.directory.kept('corp');
    expect(kept.accounts).toHaveLength(25);
    expect(kept.accounts.some(({ stale }) => !stale)).toBe(true);
    expect(kept.accounts.some(({ stale }) => stale)).toBe(true);
  });

  test('401 with a refresh token: renewed once, and nothing is shown', async () => {
    const { under, seen } = await scriptedPortal((request) => {
      if (request.path === '/token') {
        return { json: { accessToken: 'second', expiresIn: 3600, refreshToken: 'r' } };
      }
      if (request.headers['x-amz-sso_bearer_token'] !== 'second') {
        return awsError(401, 'UnauthorizedException');
      }
      return request.path === '/assignment/accounts'
        ? { json: { accountList: [{ accountId: '000000000001' }, { accountId: '000000000002' }], nextToken: null } }
        : { json: { roleList: [{ roleName: 'Admin' }] } };
    });
    const state = await under.directory.refresh('corp', ignore, NEVER);
    expect(roleCount(state)).toBe(2);
    expect(seen.filter(({ path }) => path === '/token')).toHaveLength(1);
  });

  test('a 401 that a new token does not help ends it at once', async () => {
    const { under, seen } = await scriptedPortal((request) =>
      request.path === '/token'
        ? { json: { accessToken: `t${seen.length}`, expiresIn: 3600, refreshToken: 'r' } }
        : awsError(401, 'UnauthorizedException'),
    );
    await expect(under.directory.refresh('corp', ignore, NEVER)).rejects.toThrow(SignInNeededError);
    expect(seen.length).toBeLessThan(5);
  });
});

describe('resuming', () => {
  test('stopping ends the refresh, and resolves when all that came is on disk and nothing more is written', async () => {
    const { under } = await signedIn(40, 1, {}, 100);
    const folder = join(under.rolecallHome, 'directories');
    let seen = 0;
    const refreshing = new Promise<unknown>((resolve) => {
      const onChange = (state: DirectoryState): void => {
        if (seen < 15 && roleCount(state) >= 15) {
          resolve(under.directory.stop());
        }
        seen = roleCount(state);
      };
      void under.directory.refresh('corp', onChange, NEVER).catch(ignore);
    });
    await refreshing;
    const [file = ''] = await readdir(folder);
    const written = (await readFile(join(folder, file), 'utf8')).split('"roles":["').length - 1;
    expect(written).toBeGreaterThanOrEqual(15);
    await rm(folder, { recursive: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  test('a refresh that stopped in the middle goes on where it was', async () => {
    const { sandbox, under } = await signedIn(40, 1, {}, 30);
    const stop = new AbortController();
    await under.directory
      .refresh(
        'corp',
        (state) => {
          if (roleCount(state) >= 15) {
            stop.abort(new Error('killed'));
          }
        },
        stop.signal,
      )
      .catch(ignore);
    const folder = join(under.rolecallHome, 'directories');
    const written = async (): Promise<number> => {
      const [file = ''] = await readdir(folder);
      return (await readFile(join(folder, file), 'utf8')).split('"roles":["').length - 1;
    };
    await expect.poll(written).toBeGreaterThanOrEqual(15);
    const asked = sandbox.requests.count('sso.ListAccountRoles');
    const next = await ssoUnderTest({ sandbox, homeDir: under.homeDir });
    const state = await next.directory.refresh('corp', ignore, NEVER);
    expect(roleCount(state)).toBe(40);
    expect(sandbox.requests.count('sso.ListAccountRoles')).toBeLessThan(asked + 30);
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['of zeros', (text: string) => '\0'.repeat(text.length)],
    ['of another form', () => '{"version":1,"value":{"accounts":7}}'],
    ['of a newer version', (text: string) => text.replace('"version":1', '"version":9')],
    ['deeply nested', () => '['.repeat(100_000)],
  ])('a file that is %s is put aside, and the list comes back', async (_what, damage) => {
    const { sandbox, under } = await signedIn(3, 1);
    await under.directory.refresh('corp', ignore, NEVER);
    const folder = join(under.rolecallHome, 'directories');
    const [file = ''] = await readdir(folder);
    await writeFile(join(folder, file), damage(await readFile(join(folder, file), 'utf8')));
    const next = await ssoUnderTest({ sandbox, homeDir: under.homeDir });
    expect((await next.directory.kept('corp')).accounts).toEqual([]);
    expect(roleCount(await next.directory.refresh('corp', ignore, NEVER))).toBe(3);
    expect((await readdir(folder)).length).toBe(2);
  });

  test('single bad rows of the file are left out', async () => {
    const { sandbox, under } = await signedIn(3, 1);
    await under.directory.refresh('corp', ignore, NEVER);
    const folder = join(under.rolecallHome, 'directories');
    const [file = ''] = await readdir(folder);
    const content = JSON.parse(await readFile(join(folder, file), 'utf8')) as {
      value: { accounts: Record<string, unknown>[] };
    };
    content.value.accounts[0] = { ...content.value.accounts[0], id: 12345 };
    content.value.accounts[1] = { ...content.value.accounts[1], roles: ['a b'] };
    await writeFile(join(folder, file), JSON.stringify(content));
    const next = await ssoUnderTest({ sandbox, homeDir: under.homeDir });
    expect((await next.directory.kept('corp')).accounts).toHaveLength(1);
  });

  test('another portal under the same name has none of it', async () => {
    const { sandbox, under } = await signedIn(3, 1);
    await under.directory.refresh('corp', ignore, NEVER);
    await writeFile(
      under.paths.configFile,
      `[sso-session corp]\nsso_start_url = https://other.awsapps.com/start\nsso_region = us-east-1\n`,
    );
    const next = await ssoUnderTest({ sandbox, homeDir: under.homeDir });
    expect((await next.directory.kept('corp')).accounts).toEqual([]);
  });

  test('forgetting removes the file; an Identity Center that is not there has nothing', async () => {
    const { under } = await signedIn(3, 1);
    await under.directory.refresh('corp', ignore, NEVER);
    await under.directory.forget('corp');
    expect(await readdir(join(under.rolecallHome, 'directories'))).toEqual([]);
    expect((await under.directory.kept('corp')).accounts).toEqual([]);
    expect((await under.directory.kept('nobody')).accounts).toEqual([]);
  });
});

/** A portal that answers as the test says, with a signed-in session `corp`. */
async function scriptedPortal(
  answer: (request: SeenRequest) => ScriptedReply,
  clock: Clock = systemClock(),
  portalPerSecond = 1_000,
): Promise<{ under: SsoUnderTest; seen: readonly SeenRequest[] }> {
  const server = await scriptedServer(answer);
  onTestFinished(() => server.close());
  const under = await ssoUnderTest({ env: { AWS_ENDPOINT_URL: server.url }, clock, portalPerSecond });
  await under.writeToken('corp', {
    startUrl: 'https://corp.awsapps.com/start',
    region: 'us-east-1',
    accessToken: 'first',
    expiresAt: '2099-01-01T00:00:00Z',
    clientId: 'id',
    clientSecret: 'secret',
    registrationExpiresAt: '2099-01-01T00:00:00Z',
    refreshToken: 'r',
  });
  return { under, seen: server.seen };
}

describe('a clock that was eight hours ahead', () => {
  const AHEAD_MS = 8 * 3_600_000;

  /** Two accounts, the second refused once `isRefused`; the clock goes right with `offsetMs` 0. */
  async function ahead(onRoles: () => void = ignore) {
    const found = { roles: ['Admin'], isRefused: false, offsetMs: AHEAD_MS };
    const { under } = await scriptedPortal(
      (request) => {
        if (request.path === '/assignment/accounts') {
          return { json: { accountList: [{ accountId: '000000000001' }, { accountId: '000000000002' }] } };
        }
        onRoles();
        return found.isRefused && request.query.get('account_id') === '000000000002'
          ? awsError(403, 'ForbiddenException', { message: 'No access' })
          : { json: { roleList: found.roles.map((roleName) => ({ roleName })) } };
      },
      { ...systemClock(), now: () => new Date(Date.now() + found.offsetMs) },
    );
    await under.directory.refresh('corp', ignore, NEVER);
    return { under, found };
  }

  test('and is set right keeps no account from being asked for', async () => {
    const { under, found } = await ahead();
    found.offsetMs = 0;
    found.roles = ['Admin', 'Billing'];
    const state = await under.directory.refresh('corp', ignore, NEVER);
    expect(state.accounts.map(({ roles }) => roles)).toEqual([found.roles, found.roles]);
    expect(state.changes).toEqual({ added: 2, removed: 0 });
  });

  test('and is set right while accounts are asked for: what came is no less new, and only what was refused is marked', async () => {
    const onRoles = { run: ignore };
    const { under, found } = await ahead(() => onRoles.run());
    found.isRefused = true;
    onRoles.run = () => {
      found.offsetMs = 0;
    };
    const state = await under.directory.refresh('corp', ignore, NEVER);
    expect(state.accounts.map(({ stale }) => stale)).toEqual([false, true]);
  });
});

describe('paging', () => {
  const account = (index: number) => ({ accountId: String(index).padStart(12, '0'), accountName: `a${index}` });

  test('a next token that leads to itself ends the reading with an error; the old list stays', async () => {
    const { under, seen } = await scriptedPortal(() => ({ json: { accountList: [account(1)], nextToken: 'again' } }));
    await expect(under.directory.refresh('corp', ignore, NEVER)).rejects.toThrow('a list without an end');
    expect(seen.length).toBeLessThan(5);
  });

  test('empty pages with a token, doubled rows and roles, and lists of roles over pages are read', async () => {
    const { under } = await scriptedPortal((request) => {
      const from = request.query.get('next_token');
      if (request.path === '/assignment/accounts') {
        const pages: Record<string, unknown> = {
          '': { accountList: [account(1), account(2)], nextToken: 'p2' },
          p2: { accountList: [], nextToken: 'p3' },
          p3: { accountList: [account(2), account(3)], nextToken: null },
        };
        return { json: pages[from ?? ''] };
      }
      return from === null
        ? { json: { roleList: [{ roleName: 'B' }, { roleName: 'A' }], nextToken: 'more' } }
        : { json: { roleList: [{ roleName: 'A' }, { roleName: 'C' }] } };
    });
    const state = await under.directory.refresh('corp', ignore, NEVER);
    expect(state.accounts.map(({ accountId, roles }) => [accountId, roles])).toEqual(
      [1, 2, 3].map((index) => [account(index).accountId, ['A', 'B', 'C']]),
    );
  });
});
