import { request as httpRequest, type IncomingMessage } from 'node:http';
import { GetRoleCredentialsCommand, ListAccountsCommand, SSOClient } from '@aws-sdk/client-sso';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Fault } from '../../../src/sandbox/faults/fault.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { stsClient } from '../../helpers/sandbox-clients.ts';
import { signInToPortal } from '../../helpers/sandbox-sign-in.ts';
import { startSandbox } from '../../helpers/sandbox.ts';

async function signedIn(clock?: FakeClock) {
  const sandbox = await startSandbox(clock === undefined ? {} : { clock });
  const accessToken = await signInToPortal(sandbox);
  const headers = { 'x-amz-sso_bearer_token': accessToken };
  const accounts = (signal?: AbortSignal) =>
    fetch(`${sandbox.url}/assignment/accounts`, {
      headers,
      redirect: 'manual',
      ...(signal === undefined ? {} : { signal }),
    });
  return { sandbox, accessToken, headers, accounts };
}

const arm = (sandbox: Sandbox, fault: Fault, times = 1) =>
  sandbox.faults.add({ operation: 'sso.ListAccounts', fault, times });

describe('refusals', () => {
  test('throttling is each service’s own, counted, with Retry-After', async () => {
    const { sandbox, accessToken, accounts } = await signedIn();
    const sso = new SSOClient({ region: 'us-east-1', endpoint: sandbox.url, maxAttempts: 1 });
    arm(sandbox, { kind: 'throttle', retryAfter: '7' }, 2);
    await expect(sso.send(new ListAccountsCommand({ accessToken }))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
    });
    const second = await accounts();
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await accounts()).status).toBe(200);
    sandbox.faults.add({ operation: 'sts.*', fault: { kind: 'throttle' } });
    const whoAmI = stsClient(sandbox, DEMO.users.assumeOnly).send(new GetCallerIdentityCommand({}));
    await expect(whoAmI).rejects.toMatchObject({ name: 'Throttling', message: 'Rate exceeded' });
    sandbox.faults.clear();
  });

  test.each([500, 502, 503, 504] as const)('%i is sent as such', async (status) => {
    const { sandbox, accounts } = await signedIn();
    arm(sandbox, { kind: 'server-error', status, retryAfter: '1' });
    const reply = await accounts();
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, '1']);
    arm(sandbox, { kind: 'server-error', status, retryAfter: { dateInSeconds: 9 } });
    const { headers } = await accounts();
    const seconds = Date.parse(headers.get('retry-after') ?? '') - Date.parse(headers.get('date') ?? '');
    expect([8_000, 9_000, 10_000]).toContain(seconds);
  });

  test('an expired token is refused although it is good, and only for the operation named', async () => {
    const { sandbox, accessToken, accounts } = await signedIn();
    sandbox.faults.add({ operation: 'sso.GetRoleCredentials', fault: { kind: 'expired-token' } });
    const sso = new SSOClient({ region: 'us-east-1', endpoint: sandbox.url, maxAttempts: 1 });
    const role = { accessToken, accountId: DEMO.accounts.production, roleName: 'ReadOnlyAccess' };
    await expect(sso.send(new GetRoleCredentialsCommand(role))).rejects.toMatchObject({
      name: 'UnauthorizedException',
    });
    expect((await accounts()).status).toBe(200);
  });

  test('a redirect leads off', async () => {
    const { sandbox, accounts } = await signedIn();
    arm(sandbox, { kind: 'redirect', location: 'http://169.254.169.254/' });
    const reply = await accounts();
    expect([reply.status, reply.headers.get('location')]).toEqual([302, 'http://169.254.169.254/']);
  });
});

describe('bodies', () => {
  test.each([
    [{ kind: 'malformed-body' }, /^\{"accessToken": "cut/],
    [{ kind: 'html-body' }, /^<!doctype html>/],
    [{ kind: 'empty-body' }, /^$/],
    [
      { kind: 'edit-body', edit: (body: string) => body.replace('"accountId":', '"accountId":1,"x":') },
      /"accountId":1,/,
    ],
  ] as const)('%j is 200 all the same', async (fault, expected) => {
    const { sandbox, accounts } = await signedIn();
    arm(sandbox, fault);
    const reply = await accounts();
    expect(reply.status).toBe(200);
    expect(await reply.text()).toMatch(expected);
  });

  test('a huge body has the size told, and a gzip bomb is small on the wire', async () => {
    const { sandbox, headers, accounts } = await signedIn();
    arm(sandbox, { kind: 'huge-body', bytes: 3_000_000 });
    expect((await (await accounts()).arrayBuffer()).byteLength).toBe(3_000_000);
    arm(sandbox, { kind: 'gzip-bomb', expandedBytes: 50_000_000 });
    const wire = await raw(`${sandbox.url}/assignment/accounts`, headers);
    expect(wire.headers['content-encoding']).toBe('gzip');
    expect(Number(wire.headers['content-length'])).toBeLessThan(100_000);
    wire.destroy();
    arm(sandbox, { kind: 'gzip-bomb', expandedBytes: 50_000_000 });
    expect((await (await accounts()).arrayBuffer()).byteLength).toBeGreaterThanOrEqual(50_000_000);
  });

  test('a cut body breaks the connection after half', async () => {
    const { sandbox, accounts } = await signedIn();
    arm(sandbox, { kind: 'cut-body' });
    const reply = await accounts();
    await expect(reply.text()).rejects.toThrow('terminated');
  });

  test('a dripping body comes second by second', async () => {
    const clock = new FakeClock();
    const { sandbox, accounts } = await signedIn(clock);
    arm(sandbox, { kind: 'drip', bytesPerSecond: 1000 });
    const reply = await accounts();
    const size = Number(reply.headers.get('content-length'));
    const body = reply.text();
    for (let seconds = 0; seconds * 1000 < size; seconds += 1) {
      await clock.advance(1000);
    }
    expect((await body).length).toBe(size);
  });
});

describe('silence', () => {
  test('hangs before the headers, and in the middle of the body, until the client gives up', async () => {
    const { sandbox, accounts } = await signedIn();
    arm(sandbox, { kind: 'hang-before-headers' });
    await expect(accounts(AbortSignal.timeout(80))).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(sandbox.requests.of('sso.ListAccounts')[0]?.status).toBeUndefined();
    arm(sandbox, { kind: 'hang-mid-body' });
    const reply = await accounts(AbortSignal.timeout(80));
    expect(reply.status).toBe(200);
    await expect(reply.text()).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('a reset is seen as such', async () => {
    const { sandbox, headers } = await signedIn();
    arm(sandbox, { kind: 'reset' });
    await expect(raw(`${sandbox.url}/assignment/accounts`, headers)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('latency runs on the sandbox’s clock', async () => {
    const clock = new FakeClock();
    const { sandbox, accounts } = await signedIn(clock);
    sandbox.faults.latencyMs = 1000;
    arm(sandbox, { kind: 'latency', latencyMs: 4000 });
    let answered = false;
    const reply = accounts().then((value) => {
      answered = true;
      return value;
    });
    await expect.poll(() => clock.pending).toBe(1);
    await clock.advance(4999);
    expect(answered).toBe(false);
    await clock.advance(1);
    expect((await reply).status).toBe(200);
  });

  test('close cuts what hangs', async () => {
    const { sandbox, accounts } = await signedIn();
    arm(sandbox, { kind: 'hang-before-headers' });
    const hanging = accounts();
    await expect.poll(() => sandbox.requests.count('sso.ListAccounts')).toBe(1);
    await sandbox.close();
    await expect(hanging).rejects.toThrow('fetch failed');
  });
});

/** A GET without the decoding that fetch does. */
function raw(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpRequest(url, { headers }, resolve).on('error', reject).end();
  });
}
