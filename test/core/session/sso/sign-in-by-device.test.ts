import { describe, expect, onTestFinished, test } from 'vitest';
import { OfflineError, ProxyFailedError } from '../../../../src/core/aws/aws-errors.ts';
import { toFailure } from '../../../../src/core/model/errors.ts';
import {
  SignInDeniedError,
  SignInExpiredError,
  SignInFailedError,
  UrlRefusedError,
} from '../../../../src/core/session/errors.ts';
import type { SignInStep } from '../../../../src/shared/app-state.ts';
import { FakeClock, settle } from '../../../helpers/fake-clock.ts';
import { startSandbox } from '../../../helpers/sandbox.ts';
import { awsError, scriptedServer, type ScriptedReply } from '../../../helpers/scripted-server.ts';
import { NEVER, ssoUnderTest } from '../../../helpers/sso-under-test.ts';

const TOKEN: ScriptedReply = {
  json: { accessToken: 'access', tokenType: 'Bearer', expiresIn: 3600, refreshToken: 'refresh' },
};
const PENDING = awsError(400, 'AuthorizationPendingException', { error: 'authorization_pending' });
const SLOW_DOWN = awsError(400, 'SlowDownException', { error: 'slow_down' });

/** An OIDC service that answers CreateToken by a script, the last line for ever, and a sign-in at it. */
async function deviceFlow(script: readonly ScriptedReply[], device: Record<string, unknown> = {}) {
  const tokenTimes: number[] = [];
  const clock = new FakeClock(Date.now());
  const server = await scriptedServer((request) => {
    if (request.path === '/client/register') {
      return {
        json: {
          clientId: 'id',
          clientSecret: 'secret',
          clientSecretExpiresAt: clock.now().getTime() / 1000 + 90 * 86_400,
        },
      };
    }
    if (request.path === '/device_authorization') {
      const page = `${server.url}/device`;
      return {
        json: {
          deviceCode: 'device',
          userCode: 'ABCD-EFGH',
          verificationUri: page,
          verificationUriComplete: `${page}?user_code=ABCD-EFGH`,
          expiresIn: 600,
          interval: 2,
          ...device,
        },
      };
    }
    tokenTimes.push(clock.now().getTime());
    return script[Math.min(tokenTimes.length, script.length) - 1] ?? PENDING;
  });
  onTestFinished(() => server.close());
  const under = await ssoUnderTest({ env: { AWS_ENDPOINT_URL: server.url }, clock });
  const steps: SignInStep[] = [];
  const begin = () => {
    const state: { outcome?: unknown; isDone: boolean } = { isDone: false };
    const options = { method: 'device', onStep: (step: SignInStep) => steps.push(step), openBrowser: true } as const;
    const run = async (): Promise<void> => {
      state.outcome = await under.ssoSessions.signIn('corp', options, NEVER).catch((error: unknown) => error);
      state.isDone = true;
    };
    void run();
    return state;
  };
  /** Lets the clock run a second at a time, and every request be answered between. */
  const runUntilDone = async (state: { readonly isDone: boolean }, maxSeconds: number): Promise<void> => {
    await expect.poll(() => tokenTimes.length > 0 || state.isDone).toBe(true);
    for (let second = 0; second < maxSeconds && !state.isDone; second += 1) {
      await answered();
      await clock.advance(1_000);
    }
    await answered();
  };
  return { server, clock, under, steps, tokenTimes, begin, runUntilDone };
}

/** Waits in real time until no request is under way. */
async function answered(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 3));
    await settle();
  }
}

function intervals(times: readonly number[]): number[] {
  return times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / 1000);
}

describe('signing in with a device code', () => {
  test('shows the code and where to enter it, opens the page, asks in the interval, and takes the token', async () => {
    const flow = await deviceFlow([PENDING, PENDING, TOKEN]);
    const state = flow.begin();
    await flow.runUntilDone(state, 30);
    expect(state.outcome).toBeUndefined();
    expect(flow.steps.map(({ kind }) => kind)).toEqual(['preparing', 'waiting-for-device', 'finishing']);
    expect(flow.steps[1]).toMatchObject({ userCode: 'ABCD-EFGH', verificationUri: `${flow.server.url}/device` });
    expect(flow.under.browser.opened).toEqual([`${flow.server.url}/device?user_code=ABCD-EFGH`]);
    expect(intervals(flow.tokenTimes)).toEqual([2, 2]);
    expect(await flow.under.readToken('corp')).toMatchObject({ accessToken: 'access', refreshToken: 'refresh' });
  });

  test('slow_down lengthens the interval by 5 seconds, for good, and keeps polling', async () => {
    const flow = await deviceFlow([PENDING, SLOW_DOWN, PENDING, SLOW_DOWN, PENDING, TOKEN]);
    const state = flow.begin();
    await flow.runUntilDone(state, 90);
    expect(state.outcome).toBeUndefined();
    expect(intervals(flow.tokenTimes)).toEqual([2, 7, 7, 12, 12]);
  });

  test.each([
    [awsError(400, 'AccessDeniedException', { error: 'access_denied' }), SignInDeniedError, 'sign-in-denied', 'denied'],
    [
      awsError(400, 'ExpiredTokenException', { error: 'expired_token' }),
      SignInExpiredError,
      'sign-in-expired',
      'not finished in time',
    ],
    [
      awsError(400, 'InvalidGrantException', { error: 'invalid_grant' }),
      SignInFailedError,
      'sign-in-failed',
      'did not accept',
    ],
    [
      awsError(401, 'InvalidClientException', { error: 'invalid_client' }),
      SignInFailedError,
      'sign-in-failed',
      'registration',
    ],
  ])('outcome %#: one error, one message, one state', async (reply, expected, code, words) => {
    const flow = await deviceFlow([PENDING, reply]);
    const state = flow.begin();
    await flow.runUntilDone(state, 30);
    expect(state.outcome).toBeInstanceOf(expected);
    expect(toFailure(state.outcome).code).toBe(code);
    expect(String(state.outcome)).toContain(words);
    await expect(flow.under.readToken('corp')).rejects.toThrow(/ENOENT/);
    expect(await flow.under.ssoSessions.access('corp')).toEqual({ kind: 'signed-out' });
    expect(await flow.under.ssoSessions.pendingMethod('corp')).toBeUndefined();
  });

  test.each([
    ['without a proxy', new OfflineError('oidc.us-east-1.amazonaws.com', new Error('ENOTFOUND'))],
    ['behind a proxy', new ProxyFailedError('proxy:3128', 'cannot be reached', new Error('ENOTFOUND'))],
  ])('a network that is lost for a while is waited out, %s', async (_where, lost) => {
    const flow = await deviceFlow([PENDING, TOKEN]);
    const { transport } = flow.under.network;
    const send = transport.send.bind(transport);
    let lostRequests = 0;
    Object.assign(transport, {
      send(...[request, options]: Parameters<typeof send>) {
        const isLost = request.url.pathname === '/token' && flow.tokenTimes.length === 1 && lostRequests < 2;
        lostRequests += isLost ? 1 : 0;
        return isLost ? Promise.reject(lost) : send(request, options);
      },
    });
    const state = flow.begin();
    await flow.runUntilDone(state, 90);
    expect(state.outcome).toBeUndefined();
    expect(lostRequests).toBe(2);
  });

  test('a proxy that refuses ends it: waiting does not help', async () => {
    const flow = await deviceFlow([PENDING, TOKEN]);
    const refused = new ProxyFailedError('proxy:3128', 'asks for a user name and password');
    const { transport } = flow.under.network;
    const send = transport.send.bind(transport);
    Object.assign(transport, {
      send: (...[request, options]: Parameters<typeof send>) =>
        flow.tokenTimes.length === 1 ? Promise.reject(refused) : send(request, options),
    });
    const state = flow.begin();
    await flow.runUntilDone(state, 30);
    expect(state.outcome).toBe(refused);
  });

  test('outages, throttling and cut replies are waited out', async () => {
    const flow = await deviceFlow([
      awsError(500, 'InternalServerException'),
      awsError(429, 'TooManyRequestsException'),
      { text: '<html>', headers: { 'content-type': 'text/html' }, status: 503 },
      (response) => response.socket?.destroy(),
      { text: '{"acc', headers: { 'content-type': 'application/json' } },
      TOKEN,
    ]);
    const state = flow.begin();
    await flow.runUntilDone(state, 120);
    expect(state.outcome).toBeUndefined();
    expect(flow.tokenTimes).toHaveLength(6);
  });

  test('the code’s time runs out here even if AWS says pending for ever', async () => {
    const flow = await deviceFlow([PENDING], { interval: 60, expiresIn: 120 });
    const state = flow.begin();
    await flow.runUntilDone(state, 130);
    expect(state.outcome).toBeInstanceOf(SignInExpiredError);
    expect(flow.tokenTimes.length).toBeLessThanOrEqual(3);
  });

  test.each([
    'https://evil.tld/?user_code=X',
    'https://device.sso.us-east-1.amazonaws.com@evil.tld/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://127.0.0.1:1/device',
  ])('a verification address %s is refused: nothing is opened, no token asked for', async (verificationUriComplete) => {
    const flow = await deviceFlow([TOKEN], { verificationUriComplete });
    const state = flow.begin();
    await expect.poll(() => state.isDone).toBe(true);
    expect(state.outcome).toBeInstanceOf(UrlRefusedError);
    expect(flow.under.browser.opened).toEqual([]);
    expect(flow.tokenTimes).toHaveLength(0);
  });

  test('an address to show that is not AWS’s is refused too', async () => {
    const flow = await deviceFlow([TOKEN], { verificationUri: 'https://evil.tld/' });
    const state = flow.begin();
    await expect.poll(() => state.isDone).toBe(true);
    expect(state.outcome).toBeInstanceOf(UrlRefusedError);
    expect(flow.steps.map(({ kind }) => kind)).toEqual(['preparing']);
  });

  test('the program ends and starts again: the same code still works', async () => {
    const sandbox = await startSandbox();
    const before = await ssoUnderTest({ sandbox });
    const exit = new AbortController();
    before.browser.onOpen = () => setTimeout(() => exit.abort(new Error('the program ends')), 20);
    const steps: SignInStep[] = [];
    const options = { method: 'device', onStep: (step: SignInStep) => steps.push(step), openBrowser: true } as const;
    await before.ssoSessions.signIn('corp', options, exit.signal).catch(() => undefined);
    const after = await ssoUnderTest({ sandbox, homeDir: before.homeDir, secretStore: before.secretStore });
    expect(await after.ssoSessions.pendingMethod('corp')).toBe('device');
    sandbox.control.approveDevice(sandbox.control.waitingDevices()[0]?.userCode ?? '');
    await after.ssoSessions.signIn('corp', options, NEVER);
    expect(sandbox.requests.count('sso-oidc.StartDeviceAuthorization')).toBe(1);
    expect(steps.filter((step) => step.kind === 'waiting-for-device').map((step) => step.userCode)).toHaveLength(2);
    expect(await after.ssoSessions.access('corp')).toMatchObject({ kind: 'signed-in' });
  });

  test('two processes that wait on one code are both signed in: AWS gives the token to one alone', async () => {
    const sandbox = await startSandbox();
    const command = await ssoUnderTest({ sandbox });
    const app = await ssoUnderTest({ sandbox, homeDir: command.homeDir, secretStore: command.secretStore });
    const options = { method: 'device', onStep: () => undefined, openBrowser: true } as const;
    const first = command.ssoSessions.signIn('corp', options, NEVER);
    await expect.poll(() => command.browser.opened.length).toBe(1);
    const second = app.ssoSessions.signIn('corp', { ...options, openBrowser: false }, NEVER);
    await expect.poll(() => sandbox.requests.count('sso-oidc.CreateToken')).toBeGreaterThan(1);
    sandbox.control.approveDevice(sandbox.control.waitingDevices()[0]?.userCode ?? '');
    await Promise.all([first, second]);
    expect(sandbox.requests.count('sso-oidc.StartDeviceAuthorization')).toBe(1);
    expect(await app.ssoSessions.access('corp')).toMatchObject({ kind: 'signed-in' });
  });

  test('a code that ran out while somebody signed in by other means has done no harm; an old token is no such sign-in', async () => {
    const flow = await deviceFlow([PENDING], { expiresIn: 60 });
    const corp = { startUrl: 'https://corp.awsapps.com/start', region: 'us-east-1', expiresAt: '2099-01-01T00:00:00Z' };
    await flow.under.writeToken('corp', { ...corp, accessToken: 'old' });
    const unused = flow.begin();
    await flow.runUntilDone(unused, 70);
    expect(unused.outcome).toBeInstanceOf(SignInExpiredError);
    const other = flow.begin();
    await expect.poll(() => flow.steps.filter(({ kind }) => kind === 'waiting-for-device').length).toBe(2);
    await flow.under.writeToken('corp', { ...corp, accessToken: 'new' });
    await flow.runUntilDone(other, 70);
    expect(other).toEqual({ isDone: true, outcome: undefined });
  });

  test('a registration that AWS forgot is made anew by itself', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    const options = { method: 'device', onStep: () => undefined, openBrowser: true } as const;
    const approve = (url: string) => sandbox.control.approveDevice(new URL(url).searchParams.get('user_code') ?? '');
    under.browser.onOpen = approve;
    await under.ssoSessions.signIn('corp', options, NEVER);
    sandbox.control.expireClientRegistrations();
    await under.ssoSessions.signIn('corp', options, NEVER);
    expect(sandbox.requests.count('sso-oidc.RegisterClient')).toBe(2);
  });
});
