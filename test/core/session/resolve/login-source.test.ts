import { generateKeyPairSync } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { leaveAwsLogin } from '../../../helpers/aws-login.ts';
import { loginCacheName } from '../../../../src/core/files/cli-cache.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import { context, profile, startIamSide, whileTimePasses, type IamSide } from '../iam-side.ts';

const LOGIN_SESSION = 'arn:aws:sts::619283746501:assumed-role/Some/me';
const CONFIG = `[profile l]\nlogin_session = ${LOGIN_SESSION}\nregion = ap-northeast-1\n`;

interface LoginSide extends IamSide {
  readonly file: string;
  stored(): Promise<StoredToken>;
}

interface StoredToken {
  readonly accessToken: Readonly<Record<string, string>>;
  readonly refreshToken: string;
  readonly [key: string]: unknown;
}

/** A machine on which `aws login` was run, as the AWS CLI leaves it. */
async function start(pem: 'sec1' | 'pkcs8' = 'sec1'): Promise<LoginSide> {
  const side = await startIamSide();
  await side.setFiles(CONFIG);
  const file = await leaveAwsLogin(side, LOGIN_SESSION, DEMO.accounts.development, { pem, now: side.clock.now() });
  const stored = async (): Promise<StoredToken> => JSON.parse(await readFile(file, 'utf8')) as StoredToken;
  return { ...side, file, stored };
}

const refreshes = (side: IamSide): number => side.sandbox.requests.count('signin.CreateOAuth2Token');

describe('an aws login session', () => {
  test('is served as it is while it holds', async () => {
    const side = await start();
    const before = refreshes(side);
    const credentials = await side.get('l');
    expect(credentials).toMatchObject({
      accessKeyId: (await side.stored()).accessToken['accessKeyId'],
      accountId: DEMO.accounts.development,
    });
    expect(refreshes(side)).toBe(before);
  });

  test.each(['sec1', 'pkcs8'] as const)(
    'is renewed near its end, with its %s key, and written back with all else kept',
    async (pem) => {
      const side = await start(pem);
      const before = await side.stored();
      await side.clock.advance(11 * 60_000);
      const credentials = await side.get('l');
      const after = await side.stored();
      expect(after.accessToken['accessKeyId']).toBe(credentials.accessKeyId);
      expect(after.accessToken['accessKeyId']).not.toBe(before.accessToken['accessKeyId']);
      expect(after.refreshToken).not.toBe(before.refreshToken);
      expect(after.accessToken['expiresAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(after).toMatchObject({ idToken: 'kept', somethingNew: [1], dpopKey: before['dpopKey'] });
      expect(after.accessToken['accountId']).toBe(DEMO.accounts.development);
    },
  );

  test('is renewed once by two processes that want it at once', async () => {
    const side = await start();
    await side.clock.advance(11 * 60_000);
    const before = refreshes(side);
    const other = side.again();
    const both = await Promise.all([side.get('l'), other.credentials.get(profile('l'), context())]);
    expect(both[0].accessKeyId).toBe(both[1].accessKeyId);
    expect(refreshes(side) - before).toBe(1);
  });

  test('that another program renewed without our lock is read again', async () => {
    const side = await start();
    await side.clock.advance(11 * 60_000);
    const stolen = await side.stored();
    await side.get('l');
    const fresh = await side.stored();
    // We send the spent token; the other program writes its fresh one while AWS refuses ours.
    await writeFile(side.file, JSON.stringify(stolen));
    const edit = (body: string): string => {
      writeFileSync(side.file, JSON.stringify(fresh));
      return body;
    };
    side.sandbox.faults.add({ operation: 'signin.CreateOAuth2Token', fault: { kind: 'edit-body', edit } });
    const credentials = await side.again().credentials.get(profile('l'), context());
    expect(credentials.accessKeyId).toBe(fresh.accessToken['accessKeyId']);
  });

  test('whose caller goes away while AWS renews it is kept, since its refresh token is spent', async () => {
    const side = await start();
    const before = await side.stored();
    await side.clock.advance(11 * 60_000);
    const gone = new AbortController();
    const edit = (body: string): string => {
      gone.abort(new Error('gone'));
      return body;
    };
    side.sandbox.faults.add({ operation: 'signin.CreateOAuth2Token', fault: { kind: 'edit-body', edit }, times: 1 });
    await expect(side.get('l', { signal: gone.signal })).rejects.toThrow('gone');
    await side.clock.advance(5 * 60_000);
    const credentials = await side.get('l');
    expect(credentials.accessKeyId).not.toBe(before.accessToken['accessKeyId']);
    expect((await side.stored()).accessToken['accessKeyId']).toBe(credentials.accessKeyId);
  });

  test.each(['in again', 'out'] as const)(
    'is left as it is where the user logs %s while AWS renews it',
    async (what) => {
      const side = await start();
      const old = await readFile(side.file, 'utf8');
      await side.clock.advance(11 * 60_000);
      await leaveAwsLogin(side, LOGIN_SESSION, DEMO.accounts.development, { pem: 'sec1', now: side.clock.now() });
      const next = await readFile(side.file, 'utf8');
      await writeFile(side.file, old);
      const edit = (body: string): string => {
        if (what === 'in again') {
          writeFileSync(side.file, next);
        } else {
          rmSync(side.file);
        }
        return body;
      };
      side.sandbox.faults.add({ operation: 'signin.CreateOAuth2Token', fault: { kind: 'edit-body', edit }, times: 1 });
      expect(await side.get('l')).toMatchObject({ accountId: DEMO.accounts.development });
      expect(await readFile(side.file, 'utf8').catch(() => undefined)).toBe(what === 'in again' ? next : undefined);
    },
  );

  test('that AWS has ended wants a new aws login', async () => {
    const side = await start();
    side.sandbox.control.endLogins();
    await side.clock.advance(11 * 60_000);
    await expect(side.get('l')).rejects.toMatchObject({ code: 'sign-in-needed', hint: 'Run: aws login --profile l' });
  });

  test('goes on while it holds when AWS cannot be reached', async () => {
    const side = await start();
    const { accessToken } = await side.stored();
    await side.clock.advance(11 * 60_000);
    side.sandbox.faults.add({ operation: 'signin.*', fault: { kind: 'html-body' } });
    expect((await side.get('l')).accessKeyId).toBe(accessToken['accessKeyId']);
  });

  test.each([
    ['no file', undefined],
    ['an empty file', ''],
    ['no JSON', '{{'],
    ['a list', '[]'],
    ['no key', '{"accessToken":{}}'],
  ])('with %s wants aws login', async (_name, text) => {
    const side = await startIamSide();
    await side.setFiles(CONFIG);
    if (text !== undefined) {
      const dir = join(side.home, '.aws', 'login', 'cache');
      await mkdir(dir, { recursive: true });
      await writeFile(join(dir, loginCacheName(LOGIN_SESSION)), text);
    }
    await expect(whileTimePasses(side.clock, side.get('l'), 20)).rejects.toMatchObject({
      code: 'sign-in-needed',
      reason: 'never',
    });
  });

  test('with a key of another curve is refused without showing it', async () => {
    const side = await start();
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const dpopKey = privateKey.export({ type: 'sec1', format: 'pem' });
    await writeFile(side.file, JSON.stringify({ ...(await side.stored()), dpopKey }));
    await side.clock.advance(20 * 60_000);
    await expect(side.get('l')).rejects.toMatchObject({ message: expect.stringContaining('no P-256 key') as string });
  });
});
