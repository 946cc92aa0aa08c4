import { stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { CancelledError, toFailure } from '../../../../src/core/model/errors.ts';
import { SignInDeniedError, SignInExpiredError, SignInFailedError } from '../../../../src/core/session/errors.ts';
import { codeChallenge } from '../../../../src/core/session/sso/pkce.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { MemoryStore } from '../../../../src/core/secrets/memory-store.ts';
import type { SignInStep } from '../../../../src/shared/app-state.ts';
import { FakeClock, settle } from '../../../helpers/fake-clock.ts';
import { answerInBrowser, startSandbox, textOf } from '../../../helpers/sandbox.ts';
import { NEVER, signInThrough, ssoUnderTest } from '../../../helpers/sso-under-test.ts';

describe('signing in by the browser', () => {
  test('the token lands where the AWS CLI keeps it, with what renewing it takes', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    const steps: SignInStep['kind'][] = [];
    let page: Response | undefined;
    under.browser.onOpen = async (url: string) => {
      expect(under.ssoSessions.pendingAddress('corp')?.reveal()).toBe(url);
      page = await answerInBrowser(url);
    };
    await under.ssoSessions.signIn(
      'corp',
      { method: 'browser', onStep: (step) => steps.push(step.kind), openBrowser: true },
      NEVER,
    );
    expect(steps).toEqual(['preparing', 'waiting-for-browser', 'finishing']);
    const token = await under.readToken('corp');
    expect(Object.keys(token)).toEqual([
      'startUrl',
      'region',
      'accessToken',
      'expiresAt',
      'clientId',
      'clientSecret',
      'registrationExpiresAt',
      'refreshToken',
    ]);
    expect(token).toMatchObject({ startUrl: sandbox.startUrl, region: sandbox.region });
    expect((await stat(under.tokenFile('corp'))).mode & 0o777).toBe(0o600);
    await expect.poll(() => page?.status).toBe(200);
    expect(textOf((await page?.text()) ?? '')).toContain('You are signed in');
    expect(under.ssoSessions.pendingAddress('corp')).toBeUndefined();
    expect(await under.ssoSessions.access('corp')).toMatchObject({ kind: 'signed-in', renewsByItself: true });
  });

  test('the request is PKCE with S256, a long state, and a redirect to 127.0.0.1', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    const url = new URL(under.browser.opened[0] ?? '');
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('code_challenge')).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(url.searchParams.get('state') ?? '', 'base64url').length).toBeGreaterThanOrEqual(16);
    expect(url.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/);
    expect(url.href).not.toContain('client_secret');
  });

  test('the challenge is the one of RFC 7636, appendix B', () => {
    expect(codeChallenge(new Secret('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'))).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  test('a second sign-in uses the same registration and other secrets', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    await signInThrough(under, answerInBrowser);
    expect(sandbox.requests.count('sso-oidc.RegisterClient')).toBe(1);
    const [one, two] = under.browser.opened.map((url) => new URL(url).searchParams);
    expect(one?.get('client_id')).toBe(two?.get('client_id'));
    expect(one?.get('state')).not.toBe(two?.get('state'));
    expect(one?.get('code_challenge')).not.toBe(two?.get('code_challenge'));
  });

  test('without a secret store the registration is remembered while the program runs', async () => {
    const sandbox = await startSandbox();
    const missing = () => Promise.reject(new Error('no store'));
    const secretStore = { get: missing, set: missing, delete: missing, names: missing, status: () => ({}) as never };
    const under = await ssoUnderTest({ sandbox, secretStore });
    await signInThrough(under, answerInBrowser);
    await signInThrough(under, answerInBrowser);
    expect(sandbox.requests.count('sso-oidc.RegisterClient')).toBe(1);
  });

  test('denied on the page: told so, nothing written', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    let page: Response | undefined;
    const signIn = signInThrough(under, async (url) => {
      page = await answerInBrowser(url, { decision: 'deny' });
    });
    await expect(signIn).rejects.toThrow(SignInDeniedError);
    await expect(under.readToken('corp')).rejects.toThrow(/ENOENT/);
    await expect.poll(() => page !== undefined).toBe(true);
    expect(textOf((await page?.text()) ?? '')).toContain('Access was denied');
  });

  test('cancelling ends it at once: nobody listens any more', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    const controller = new AbortController();
    under.browser.onOpen = () => setTimeout(() => controller.abort(new CancelledError('The sign-in')), 20);
    const started = Date.now();
    await expect(
      under.ssoSessions.signIn(
        'corp',
        { method: 'browser', onStep: () => undefined, openBrowser: true },
        controller.signal,
      ),
    ).rejects.toThrow(CancelledError);
    expect(Date.now() - started).toBeLessThan(1_000);
    const redirect = new URL(under.browser.opened[0] ?? '').searchParams.get('redirect_uri') ?? '';
    await expect(fetch(redirect)).rejects.toThrow();
    expect(await under.ssoSessions.pendingMethod('corp')).toBeUndefined();
  });

  test('a browser that never comes up does not keep the user from cancelling', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    under.browser.open = () => new Promise(() => undefined);
    const controller = new AbortController();
    const options = { method: 'browser', onStep: () => undefined, openBrowser: true } as const;
    const signIn = under.ssoSessions.signIn('corp', options, controller.signal);
    await expect.poll(() => under.ssoSessions.pendingAddress('corp')).toBeDefined();
    controller.abort(new CancelledError('The sign-in'));
    await expect(signIn).rejects.toThrow(CancelledError);
  });

  test.each([
    ['the user calls it off: nobody is signed in', new CancelledError('The sign-in'), 'signed-out'],
    ['the program ends: the token is kept, since its code is spent', new Error('the program ends'), 'signed-in'],
  ])('once AWS has given the token, %s', async (_what, reason, access) => {
    const sandbox = await startSandbox();
    const secretStore = new MemoryStore();
    const under = await ssoUnderTest({ sandbox, secretStore });
    const controller = new AbortController();
    const isFinishing = { now: false };
    const onStep = (step: SignInStep): void => void (isFinishing.now = step.kind === 'finishing');
    const keep = secretStore.set.bind(secretStore);
    // A keyring takes its time between the last answer of AWS's and the token's being in its place.
    secretStore.set = async (name, secret) => {
      if (isFinishing.now) {
        controller.abort(reason);
      }
      await keep(name, secret);
    };
    under.browser.onOpen = answerInBrowser;
    await under.ssoSessions
      .signIn('corp', { method: 'browser', onStep, openBrowser: true }, controller.signal)
      .catch((error: unknown) => expect(error).toBe(reason));
    expect(controller.signal.aborted).toBe(true);
    expect(await under.ssoSessions.access('corp')).toMatchObject({ kind: access });
  });

  test('nobody answers for ten minutes: expired, and the next sign-in registers anew', async () => {
    const clock = new FakeClock(Date.now());
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox, clock });
    const signIn = signInThrough(under, () => undefined);
    const outcome = signIn.catch((error: unknown) => error);
    await expect.poll(() => under.browser.opened.length).toBe(1);
    await clock.advance(9 * 60_000);
    await settle();
    expect(under.ssoSessions.pendingAddress('corp')).toBeDefined();
    await clock.advance(61_000);
    expect(await outcome).toBeInstanceOf(SignInExpiredError);
    expect(toFailure(await outcome).code).toBe('sign-in-expired');
    await signInThrough(under, answerInBrowser);
    expect(sandbox.requests.count('sso-oidc.RegisterClient')).toBe(2);
  });

  test('AWS’s page does not know the registration and the user gives up: the next sign-in registers anew', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    sandbox.control.expireClientRegistrations();
    const controller = new AbortController();
    under.browser.onOpen = () => setTimeout(() => controller.abort(new CancelledError('The sign-in')), 20);
    const options = { method: 'browser', onStep: () => undefined, openBrowser: true } as const;
    await expect(under.ssoSessions.signIn('corp', options, controller.signal)).rejects.toThrow(CancelledError);
    await signInThrough(under, answerInBrowser);
    expect(sandbox.requests.count('sso-oidc.RegisterClient')).toBe(2);
  });

  test('AWS’s page sends the browser back with an error: the next sign-in registers anew', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    const refused = signInThrough(under, async (url) => {
      const { searchParams } = new URL(url);
      const [redirect, state] = [searchParams.get('redirect_uri'), searchParams.get('state')];
      await fetch(`${redirect}?error=unauthorized_client&state=${state}`);
    });
    await expect(refused).rejects.toThrow('unauthorized_client');
    await signInThrough(under, answerInBrowser);
    expect(sandbox.requests.count('sso-oidc.RegisterClient')).toBe(2);
  });

  test('the program ends and starts again: the page still open finishes the sign-in', async () => {
    const sandbox = await startSandbox();
    const before = await ssoUnderTest({ sandbox });
    const exit = new AbortController();
    before.browser.onOpen = () => setTimeout(() => exit.abort(new Error('the program ends')), 20);
    await before.ssoSessions
      .signIn('corp', { method: 'browser', onStep: () => undefined, openBrowser: true }, exit.signal)
      .catch(() => undefined);
    const openTab = before.browser.opened[0] ?? '';

    const after = await ssoUnderTest({ sandbox, homeDir: before.homeDir, secretStore: before.secretStore });
    expect(await after.ssoSessions.pendingMethod('corp')).toBe('browser');
    const steps: SignInStep[] = [];
    const resumed = after.ssoSessions.signIn(
      'corp',
      { method: 'browser', onStep: (step) => steps.push(step), openBrowser: false },
      NEVER,
    );
    await expect.poll(() => after.ssoSessions.pendingAddress('corp')?.reveal()).toBe(openTab);
    await answerInBrowser(openTab);
    await resumed;
    expect(await after.ssoSessions.access('corp')).toMatchObject({ kind: 'signed-in' });
    expect(after.browser.opened).toEqual([]);
    expect(await after.ssoSessions.pendingMethod('corp')).toBeUndefined();
  });

  test('a registration that AWS forgot between page and token is told, and made anew next time', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    const signIn = signInThrough(under, async (url) => {
      const redirect = sandbox.control.approveAuthorize(url);
      sandbox.control.expireClientRegistrations();
      await fetch(redirect);
    });
    const error = await signIn.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SignInFailedError);
    expect(String(error)).toContain('registration');
    await signInThrough(under, answerInBrowser);
    expect(sandbox.requests.count('sso-oidc.RegisterClient')).toBe(2);
  });

  test('a code that AWS does not take fails with its own words', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    const signIn = signInThrough(under, async (url) => {
      const state = new URL(url).searchParams.get('state');
      const redirect = new URL(url).searchParams.get('redirect_uri');
      await fetch(`${redirect}?code=forged&state=${state}`);
    });
    const error = await signIn.catch((reason: unknown) => reason);
    expect(toFailure(error).code).toBe('sign-in-failed');
    expect(String(error)).toContain('did not accept');
  });

  test('a browser that does not open ends it, unless the address can be shown instead', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    under.browser.open = () => Promise.reject(new Error('no browser'));
    const options = { method: 'browser', onStep: () => undefined, openBrowser: true } as const;
    await expect(under.ssoSessions.signIn('corp', options, NEVER)).rejects.toThrow('no browser');
    const shown: string[] = [];
    await under.ssoSessions.signIn(
      'corp',
      {
        ...options,
        onBrowserFailed: (url) => {
          shown.push(url.reveal());
          void answerInBrowser(url.reveal());
        },
      },
      NEVER,
    );
    expect(shown).toHaveLength(1);
  });

  test('a start URL of nobody’s is refused before anything is opened or sent', async () => {
    const sandbox = await startSandbox();
    const config = `[sso-session corp]\nsso_start_url = https://d-1.awsapps.com.evil.tld/start\nsso_region = us-east-1\n`;
    const under = await ssoUnderTest({ sandbox, config });
    await expect(signInThrough(under, answerInBrowser)).rejects.toThrow('not the address of an AWS access portal');
    expect(under.browser.opened).toEqual([]);
    expect(sandbox.requests.count('sso-oidc.RegisterClient')).toBe(0);
  });

  test.each(['us-east-1.evil.tld', 'US-EAST-1', '../x'])(
    'the region %j of a section reaches no host name',
    async (region) => {
      const config = `[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = ${region}\n`;
      const under = await ssoUnderTest({ config });
      await expect(signInThrough(under, answerInBrowser)).rejects.toThrow('That is not an AWS region.');
    },
  );

  test('two Identity Centers are signed in to at the same time', async () => {
    const sandbox = await startSandbox();
    const section = (name: string) =>
      `[sso-session ${name}]\nsso_start_url = ${sandbox.startUrl}\nsso_region = ${sandbox.region}\n`;
    const under = await ssoUnderTest({ sandbox, config: section('one') + section('two') });
    under.browser.onOpen = answerInBrowser;
    const options = { method: 'browser', onStep: () => undefined, openBrowser: true } as const;
    await Promise.all(['one', 'two'].map((id) => under.ssoSessions.signIn(id, options, NEVER)));
    expect((await under.readToken('one'))['accessToken']).not.toBe((await under.readToken('two'))['accessToken']);
  });

  test('a legacy profile signs in; its token is named after the start URL', async () => {
    const sandbox = await startSandbox();
    const config = `[profile old]\nsso_start_url = ${sandbox.startUrl}\nsso_region = ${sandbox.region}\nsso_account_id = 111122223333\nsso_role_name = Admin\n`;
    const under = await ssoUnderTest({ sandbox, config });
    await signInThrough(under, answerInBrowser, sandbox.startUrl);
    expect(await under.readToken(sandbox.startUrl)).toMatchObject({ startUrl: sandbox.startUrl });
    expect(await under.ssoSessions.access(sandbox.startUrl)).toMatchObject({ kind: 'signed-in' });
  });

  test('in vault mode nothing is written to ~/.aws', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox, mode: 'vault' });
    await signInThrough(under, answerInBrowser);
    await expect(under.readToken('corp')).rejects.toThrow(/ENOENT/);
    expect(await under.ssoSessions.access('corp')).toMatchObject({ kind: 'signed-in', renewsByItself: true });
    expect((await under.secretStore.names()).map(({ kind }) => kind).sort()).toEqual(['sso-client', 'sso-token']);
  });
});
