import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OfflineError } from '../../../../src/core/aws/aws-errors.ts';
import { systemRandom } from '../../../../src/core/model/random.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { SignInNeededError } from '../../../../src/core/session/errors.ts';
import { Authorizations } from '../../../../src/core/session/sso/authorizations.ts';
import { SignInWatch } from '../../../../src/core/session/sso/sign-in-watch.ts';
import { TokenKeeper } from '../../../../src/core/session/sso/token-keeper.ts';
import type { SsoTokenStore, StoredToken } from '../../../../src/core/session/sso/token-store.ts';
import { systemClock, type Clock } from '../../../../src/core/model/clock.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { answerInBrowser, startSandbox } from '../../../helpers/sandbox.ts';
import { awsError, scriptedServer, type ScriptedReply } from '../../../helpers/scripted-server.ts';
import { NEVER, signInThrough, ssoUnderTest } from '../../../helpers/sso-under-test.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';
import { networkTo } from '../../../helpers/test-network.ts';

const SESSION = {
  id: 'corp',
  form: 'sso-session',
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  scopes: ['sso:account:access'],
  cacheKey: 'corp',
} as const;

function token(fields: Partial<StoredToken> & { readonly text?: string; readonly leftMs?: number } = {}): StoredToken {
  const { text = 'old', leftMs = -1, ...rest } = fields;
  return {
    accessToken: new Secret(text),
    expiresAt: new Date(Date.now() + leftMs),
    refreshToken: new Secret('refresh'),
    clientId: 'id',
    clientSecret: new Secret('secret'),
    registrationExpiresAt: new Date(Date.now() + 86_400_000),
    ...rest,
  };
}

class MemoryTokens implements SsoTokenStore {
  reads = 0;
  token: StoredToken | undefined;
  /** Called before each read. */
  beforeRead: (reads: number) => void = () => undefined;

  constructor(kept?: StoredToken) {
    this.token = kept;
  }

  async read(): Promise<StoredToken | undefined> {
    this.reads += 1;
    this.beforeRead(this.reads);
    return this.token;
  }

  async write(_session: unknown, kept: StoredToken): Promise<void> {
    this.token = kept;
  }

  async remove(): Promise<void> {
    this.token = undefined;
  }
}

async function keeperWith(kept: StoredToken | undefined, answer: () => ScriptedReply, clock: Clock = systemClock()) {
  const server = await scriptedServer(answer);
  onTestFinished(() => server.close());
  const tokens = new MemoryTokens(kept);
  const make = (url = server.url) =>
    new TokenKeeper({
      network: networkTo(url, { clock }),
      clock,
      random: { ...systemRandom(), fraction: () => 0 },
      lockDir: join(folder, 'locks'),
      storeFor: async () => tokens,
      signIns: new SignInWatch({
        authorizations: new Authorizations({
          rolecallHome: folder,
          lockDir: join(folder, 'locks'),
          clock,
          log: () => {},
        }),
        onNewSignIn: (ssoSession) => newSignIns.push(ssoSession),
      }),
    });
  const folder = await scratchFolder();
  const newSignIns: string[] = [];
  return { newSignIns, server, tokens, keeper: make(), make };
}

const NEW: ScriptedReply = {
  json: { accessToken: 'new', tokenType: 'Bearer', expiresIn: 3600, refreshToken: 'refresh2' },
};
const INVALID_GRANT = awsError(400, 'InvalidGrantException', { error: 'invalid_grant' });

describe('renewing', () => {
  test('an expired token is renewed and kept with everything the next renewal takes', async () => {
    const { keeper, tokens, server } = await keeperWith(token(), () => NEW);
    const fresh = await keeper.fresh(SESSION, NEVER);
    expect(fresh.accessToken.reveal()).toBe('new');
    expect(tokens.token?.refreshToken?.reveal()).toBe('refresh2');
    expect(tokens.token).toMatchObject({ clientId: 'id', registrationExpiresAt: expect.any(Date) as Date });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual({
      grantType: 'refresh_token',
      clientId: 'id',
      clientSecret: 'secret',
      refreshToken: 'refresh',
    });
  });

  test('a reply without a refresh token keeps the old one', async () => {
    const { keeper, tokens } = await keeperWith(token(), () => ({ json: { accessToken: 'new', expiresIn: 3600 } }));
    await keeper.fresh(SESSION, NEVER);
    expect(tokens.token?.refreshToken?.reveal()).toBe('refresh');
  });

  test('a token with time left is given without a request', async () => {
    const { keeper, server } = await keeperWith(token({ leftMs: 600_000 }), () => NEW);
    expect((await keeper.fresh(SESSION, NEVER)).accessToken.reveal()).toBe('old');
    expect(server.seen).toHaveLength(0);
  });

  test('a token that is short but holds is given even where renewing fails', async () => {
    const { keeper } = await keeperWith(token({ leftMs: 120_000 }), () => awsError(500, 'InternalServerException'));
    expect((await keeper.fresh(SESSION, NEVER)).accessToken.reveal()).toBe('old');
  });

  test('offline with an expired token: offline, not signed out; the token stays', async () => {
    const { make, tokens, server } = await keeperWith(token(), () => NEW);
    await server.close();
    await expect(make().fresh(SESSION, NEVER)).rejects.toThrow(OfflineError);
    expect(tokens.token?.accessToken.reveal()).toBe('old');
    expect(await make().access(SESSION)).toMatchObject({ kind: 'signed-in', renewsByItself: true });
  });

  test.each([
    ['no token', undefined, NEW, 'signed-out'],
    ['expired, no refresh token', token({ refreshToken: undefined }), NEW, 'expired'],
    ['expired registration', token({ registrationExpiresAt: new Date(0) }), NEW, 'expired'],
    ['refused refresh token', token(), INVALID_GRANT, 'ended-by-aws'],
    ['revoked sign-in', token(), awsError(400, 'ExpiredTokenException', { error: 'expired_token' }), 'ended-by-aws'],
    ['access taken away', token(), awsError(400, 'AccessDeniedException', { error: 'access_denied' }), 'ended-by-aws'],
    ['forgotten client', token(), awsError(401, 'InvalidClientException', { error: 'invalid_client' }), 'cannot-renew'],
  ] as const)('%s: a sign-in is needed, and why', async (_what, kept, reply, reason) => {
    const { keeper, tokens } = await keeperWith(kept, () => reply);
    const error = await keeper.fresh(SESSION, NEVER).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(SignInNeededError);
    expect((error as SignInNeededError).reason).toBe(reason);
    expect(tokens.token).toBe(kept);
    expect((await keeper.access(SESSION)).kind).toBe(kept === undefined ? 'signed-out' : 'expired');
  });

  test('a refresh token that was refused is not sent again, and another one is', async () => {
    const { keeper, tokens, server } = await keeperWith(token(), () => INVALID_GRANT);
    for (let turn = 0; turn < 3; turn += 1) {
      await expect(keeper.fresh(SESSION, NEVER)).rejects.toMatchObject({ reason: 'ended-by-aws' });
      await expect(keeper.renew(SESSION, NEVER)).rejects.toMatchObject({ reason: 'ended-by-aws' });
    }
    expect(server.seen).toHaveLength(1);
    tokens.token = token({ text: 'of another sign-in' });
    await expect(keeper.fresh(SESSION, NEVER)).rejects.toThrow(SignInNeededError);
    expect(server.seen).toHaveLength(2);
  });

  test('refused, but another program renewed meanwhile: its token is taken', async () => {
    const { keeper, tokens } = await keeperWith(token(), () => {
      tokens.token = token({ text: 'by aws', leftMs: 3_600_000 });
      return INVALID_GRANT;
    });
    expect((await keeper.fresh(SESSION, NEVER)).accessToken.reveal()).toBe('by aws');
  });

  test('a token that AWS has refused is not handed out again, one that another put there is', async () => {
    const old = token({ leftMs: 3_600_000 });
    const { keeper, tokens, server } = await keeperWith(old, () => NEW);
    tokens.token = token({ text: 'by aws', leftMs: 3_600_000 });
    expect((await keeper.replace(SESSION, old, NEVER)).accessToken.reveal()).toBe('by aws');
    expect(server.seen).toHaveLength(0);
    expect((await keeper.replace(SESSION, tokens.token, NEVER)).accessToken.reveal()).toBe('new');
  });
});

describe('a token that AWS has ended before its time', () => {
  const ended = () => token({ text: 'ended', leftMs: 3_600_000 });

  test.each([
    ['cannot be renewed', { refreshToken: undefined }],
    ['is refused a renewal', {}],
  ])('and that %s is not shown as signed in, until another one is there', async (_what, fields) => {
    const old = { ...ended(), ...fields };
    const { keeper, tokens } = await keeperWith(old, () => INVALID_GRANT);
    await expect(keeper.replace(SESSION, old, NEVER)).rejects.toThrow(SignInNeededError);
    const access = await keeper.access(SESSION);
    expect(access.kind).toBe('expired');
    expect(await keeper.access(SESSION)).toEqual(access);
    tokens.token = token({ text: 'of another sign-in', leftMs: 3_600_000 });
    expect((await keeper.access(SESSION)).kind).toBe('signed-in');
  });

  test('but one whose renewal alone is refused still is, while it lasts', async () => {
    const { keeper } = await keeperWith(ended(), () => INVALID_GRANT);
    await expect(keeper.renew(SESSION, NEVER)).rejects.toThrow(SignInNeededError);
    expect(await keeper.access(SESSION)).toMatchObject({ kind: 'signed-in', renewsByItself: false });
  });
});

describe('single flight', () => {
  test('a hundred callers in five processes cause one renewal', async () => {
    const { make, server } = await keeperWith(token(), () => NEW);
    const keepers = Array.from({ length: 5 }, () => make());
    const callers = Array.from({ length: 20 }, () => keepers).flat();
    const all = await Promise.all(callers.map((keeper) => keeper.fresh(SESSION, NEVER)));
    expect(new Set(all.map((one) => one.accessToken.reveal()))).toEqual(new Set(['new']));
    expect(server.seen).toHaveLength(1);
  });

  test('refresh tokens that are good once do not end the sign-in', async () => {
    const sandbox = await startSandbox({ settings: { rotateRefreshTokens: true } });
    const one = await ssoUnderTest({ sandbox });
    await signInThrough(one, answerInBrowser);
    const two = await ssoUnderTest({ sandbox, homeDir: one.homeDir });
    for (let round = 0; round < 3; round += 1) {
      sandbox.control.expireAccessTokens();
      const kept = await one.readToken('corp');
      await one.writeToken('corp', { ...kept, expiresAt: '2020-01-01T00:00:00Z' });
      const tokens = await Promise.all(
        [one, two, one, two].map((under) => under.ssoSessions.accessToken('corp', NEVER)),
      );
      expect(new Set(tokens.map((each) => each.reveal())).size).toBe(1);
    }
  });

  test('one caller that goes away does not stop the others', async () => {
    const { keeper } = await keeperWith(token(), () => NEW);
    const gone = new AbortController();
    const first = keeper.fresh(SESSION, gone.signal).catch((error: unknown) => error);
    const second = keeper.fresh(SESSION, NEVER);
    gone.abort(new Error('gone'));
    expect(String(await first)).toContain('gone');
    expect((await second).accessToken.reveal()).toBe('new');
  });

  test('the last caller goes away while AWS answers: the new token is kept, since the old refresh token is spent', async () => {
    const gone = new AbortController();
    const { keeper, tokens, server } = await keeperWith(token(), () => {
      gone.abort(new Error('gone'));
      return NEW;
    });
    await expect(keeper.fresh(SESSION, gone.signal)).rejects.toThrow('gone');
    expect((await keeper.fresh(SESSION, NEVER)).accessToken.reveal()).toBe('new');
    expect(tokens.token?.refreshToken?.reveal()).toBe('refresh2');
    expect(server.seen).toHaveLength(1);
  });
});

describe('with the AWS CLI’s cache', () => {
  test('a sign-in made by `aws sso login` shows, renews, and unknown keys in its file stay', async () => {
    const sandbox = await startSandbox();
    const one = await ssoUnderTest({ sandbox });
    await signInThrough(one, answerInBrowser);
    const made = await one.readToken('corp');
    const two = await ssoUnderTest({ sandbox });
    expect(await two.ssoSessions.access('corp')).toEqual({ kind: 'signed-out' });
    await two.writeToken('corp', { ...made, note: 'mine', expiresAt: '2020-01-01T00:00:00Z' });
    expect(await two.ssoSessions.access('corp')).toMatchObject({ kind: 'signed-in', renewsByItself: true });
    await two.ssoSessions.renew('corp', NEVER);
    expect(await two.readToken('corp')).toMatchObject({ note: 'mine', startUrl: sandbox.startUrl });
    expect((await two.readToken('corp'))['accessToken']).not.toBe(made['accessToken']);
  });

  test('a token of another portal, or one with a line break in it, is no token', async () => {
    const under = await ssoUnderTest({ env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } });
    const good = {
      startUrl: 'https://corp.awsapps.com/start#/',
      region: 'us-east-1',
      accessToken: 't',
      expiresAt: '2099-01-01T00:00:00Z',
    };
    await under.writeToken('corp', good);
    expect((await under.ssoSessions.access('corp')).kind).toBe('signed-in');
    for (const bad of [
      { ...good, startUrl: 'https://other.awsapps.com/start' },
      { ...good, accessToken: 'a\r\nX: y' },
    ]) {
      await under.writeToken('corp', bad);
      expect((await under.ssoSessions.access('corp')).kind).toBe('signed-out');
      await expect(under.ssoSessions.accessToken('corp', NEVER)).rejects.toThrow(SignInNeededError);
    }
  });
});

test('the end of a token is told by AWS’s clock', async () => {
  const clock = new FakeClock('2026-11-23T12:00:00Z');
  const { keeper, make } = await keeperWith(
    token({ expiresAt: new Date('2026-11-23T13:00:00Z'), registrationExpiresAt: new Date('2027-01-01T00:00:00Z') }),
    () => ({ ...(NEW as object), headers: { date: 'Mon, 23 Nov 2026 14:00:00 GMT' } }),
    clock,
  );
  expect(await keeper.access(SESSION)).toMatchObject({ tokenExpiresAt: '2026-11-23T13:00:00.000Z' });
  const skewed = make();
  await skewed.renew(SESSION, NEVER);
  expect(await skewed.access(SESSION)).toMatchObject({ tokenExpiresAt: '2026-11-23T15:00:00.500Z' });
});
