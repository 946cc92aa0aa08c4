import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  deleteSsoToken,
  listSsoTokens,
  readSsoToken,
  ssoTokenCacheName,
  writeSsoToken,
  type CachedSsoToken,
  type SsoTokenCache,
} from '../../../src/core/files/sso-token-cache.ts';
import type { Clock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { passTime, tickUntil } from './ticking.ts';

let home = '';
let clock: FakeClock;
let cache: SsoTokenCache;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rolecall-sso-cache-'));
  clock = new FakeClock();
  cache = { dir: join(home, '.aws', 'sso', 'cache'), clock };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

// As the AWS CLI writes it: one line, in this order, with these separators.
const CLI_TEXT =
  '{"startUrl": "https://corp.awsapps.com/start", "region": "us-east-1", "accessToken": "aoaAAAA\\u00e9", "expiresAt": "2026-11-23T20:46:12Z", "clientId": "id", "clientSecret": "eyJraWQi", "registrationExpiresAt": "2027-02-20T12:00:00Z", "refreshToken": "aorAAAA"}';

const TOKEN: CachedSsoToken = {
  startUrl: 'https://corp.awsapps.com/start',
  region: 'us-east-1',
  accessToken: new Secret('aoaAAAA\u00e9'),
  expiresAt: new Date('2026-11-23T20:46:12.987Z'),
  clientId: 'id',
  clientSecret: new Secret('eyJraWQi'),
  registrationExpiresAt: new Date('2027-02-20T12:00:00Z'),
  refreshToken: new Secret('aorAAAA'),
};

describe('writing', () => {
  test('gives the very bytes of the AWS CLI, 0600 in folders of 0700', async () => {
    await writeSsoToken(cache, 'corp', TOKEN);
    const path = join(cache.dir, 'ee0bfd2552fbd840c02cc48b6e823320543c450f.json');
    expect(readFileSync(path, 'utf8')).toBe(CLI_TEXT);
    expect([mode(path), mode(cache.dir), mode(join(home, '.aws'))]).toEqual([0o600, 0o700, 0o700]);
    expect(readdirSync(cache.dir)).toHaveLength(1);
  });

  test('closes a file that was open to all', async () => {
    given('corp', CLI_TEXT);
    chmodSync(pathOf('corp'), 0o644);
    await writeSsoToken(cache, 'corp', TOKEN);
    expect(mode(pathOf('corp'))).toBe(0o600);
  });

  test('keeps what other tools keep in the file, also what was read with the token', async () => {
    given(
      'corp',
      '{"accessToken": "old", "expiresAt": "x", "theirs": {"b": [1, null], "a": "\\u00e9"}, "refreshToken": "old"}',
    );
    await writeSsoToken(cache, 'corp', { ...TOKEN, refreshToken: undefined, extra: { more: true } });
    const text = readFileSync(pathOf('corp'), 'utf8');
    expect(
      text.endsWith(
        '"registrationExpiresAt": "2027-02-20T12:00:00Z", "theirs": {"b": [1, null], "a": "\\u00e9"}, "more": true}',
      ),
    ).toBe(true);
    expect(text).not.toContain('old');
  });

  test('leaves out what a legacy sign-in does not have', async () => {
    await writeSsoToken(cache, 'https://corp.awsapps.com/start', {
      startUrl: 'u',
      region: 'r',
      accessToken: new Secret('t'),
      expiresAt: new Date(0),
    });
    expect(readFileSync(pathOf('https://corp.awsapps.com/start'), 'utf8')).toBe(
      '{"startUrl": "u", "region": "r", "accessToken": "t", "expiresAt": "1970-01-01T00:00:00Z"}',
    );
  });
});

describe('reading', () => {
  test('what the AWS CLI wrote', async () => {
    given('corp', CLI_TEXT);
    const token = await readSsoToken(cache, 'corp');
    expect(token).toMatchObject({
      startUrl: 'https://corp.awsapps.com/start',
      region: 'us-east-1',
      expiresAt: new Date('2026-11-23T20:46:12Z'),
      clientId: 'id',
      registrationExpiresAt: new Date('2027-02-20T12:00:00Z'),
      extra: {},
    });
    expect([token?.accessToken, token?.clientSecret, token?.refreshToken].map((secret) => secret?.reveal())).toEqual([
      'aoaAAAA\u00e9',
      'eyJraWQi',
      'aorAAAA',
    ]);
    expect(inspect(token, { depth: 9, showHidden: true })).not.toMatch(/aoaAAAA|eyJraWQi|aorAAAA/);
  });

  test('what the JS SDK wrote: several lines, milliseconds', async () => {
    given('corp', JSON.stringify({ accessToken: 't', expiresAt: '2026-11-23T20:46:12.123Z', mine: 1 }, undefined, 2));
    expect(await readSsoToken(cache, 'corp')).toMatchObject({
      expiresAt: new Date('2026-11-23T20:46:12.123Z'),
      extra: { mine: 1 },
    });
  });

  test('a file that is torn now and whole a moment later', async () => {
    given('corp', CLI_TEXT.slice(0, 50));
    const reading = readSsoToken(cache, 'corp');
    await passTime(clock, 25, 25);
    given('corp', '');
    await passTime(clock, 25, 25);
    given('corp', CLI_TEXT);
    expect((await tickUntil(clock, reading))?.accessToken.reveal()).toBe('aoaAAAA\u00e9');
  });

  test('a file emptied just now by a program that stands still before it fills it', async () => {
    given('corp', '');
    utimesSync(pathOf('corp'), clock.now(), clock.now());
    const reading = readSsoToken(cache, 'corp');
    await passTime(clock, 1_500, 25);
    given('corp', CLI_TEXT);
    expect((await tickUntil(clock, reading))?.accessToken.reveal()).toBe('aoaAAAA\u00e9');
  });

  test.each([
    ['emptied long ago is looked at six times', 60_000, 5],
    ['whose date lies ahead of the clock is looked at six times', -60_000, 5],
    ['emptied just now and never filled is looked at for 2 s', 0, 80],
  ])('a file %s, and given up', async (_name, ageMs, pauses) => {
    given('corp', '');
    const touched = new Date(impatientClock.now().getTime() - ageMs);
    utimesSync(pathOf('corp'), touched, touched);
    const waits: number[] = [];
    const counting: Clock = {
      now: impatientClock.now,
      setTimer: (delayMs, action) => {
        waits.push(delayMs);
        return impatientClock.setTimer(delayMs, action);
      },
    };
    expect(await readSsoToken({ ...cache, clock: counting }, 'corp')).toBeUndefined();
    expect(waits).toEqual(Array<number>(pauses).fill(25));
  });

  test('nothing, at once, where there is no file and no folder', async () => {
    expect(await readSsoToken(cache, 'corp')).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  test.each([
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '<html>captive portal</html>',
    '{"accessToken": "t"}',
    '{"expiresAt": "2026-11-23T20:46:12Z"}',
    '{"accessToken": 5, "expiresAt": "2026-11-23T20:46:12Z"}',
    '{"accessToken": "", "expiresAt": "2026-11-23T20:46:12Z"}',
    '{"accessToken": "t", "expiresAt": "soon"}',
    '{"accessToken": "t", "expiresAt": 1e400}',
    '{"__proto__": {"accessToken": "t", "expiresAt": "2026-11-23T20:46:12Z"}}',
    '{"clientId": "a", "clientSecret": "b", "expiresAt": "2026-11-23T20:46:12Z"}',
    '['.repeat(200_000),
    '\ufeff{"accessToken": "t", "expiresAt": "2026-11-23T20:46:12Z"}',
  ])('no token in %.40j', async (text) => {
    given('corp', text);
    expect(await tickUntil(clock, readSsoToken(cache, 'corp'))).toBeUndefined();
    expect(readFileSync(pathOf('corp'), 'utf8')).toBe(text);
  });

  test('a token cut at any byte is no token', async () => {
    for (let length = 0; length < CLI_TEXT.length; length += 7) {
      given('corp', CLI_TEXT.slice(0, length));
      const reading = readSsoToken(
        {
          ...cache,
          clock: impatientClock,
        },
        'corp',
      );
      expect(await reading).toBeUndefined();
    }
  });

  test('a pipe or a folder in its place is an error, not a hang', async () => {
    mkdirSync(pathOf('a'), { recursive: true });
    await expect(readSsoToken(cache, 'a')).rejects.toMatchObject({ code: 'file-failed' });
    execFileSync('mkfifo', [pathOf('b')]);
    await expect(readSsoToken(cache, 'b')).rejects.toMatchObject({ code: 'file-failed' });
  });
});

test('all tokens are listed, whoever put them there; registrations and broken files are not', async () => {
  given('corp', CLI_TEXT);
  given('https://x/start', '{"accessToken": "t", "expiresAt": "2026-11-23T20:46:12Z"}');
  given('registration', '{"clientId": "a", "clientSecret": "b", "expiresAt": "2026-11-23T20:46:12Z"}');
  given('broken', '{');
  mkdirSync(join(cache.dir, 'folder.json'));
  const listed = await tickUntil(clock, listSsoTokens(cache));
  expect(listed.map(({ fileName }) => fileName).toSorted()).toEqual(
    [ssoTokenCacheName('corp'), ssoTokenCacheName('https://x/start')].toSorted(),
  );
  expect(await listSsoTokens({ ...cache, dir: join(home, 'none') })).toEqual([]);
});

test('a token is deleted, and once more without effect', async () => {
  given('corp', CLI_TEXT);
  expect([await deleteSsoToken(cache, 'corp'), await deleteSsoToken(cache, 'corp')]).toEqual([true, false]);
  expect(readdirSync(cache.dir)).toEqual([]);
});

test('botocore’s own loader reads what we write', async (ctx) => {
  await writeSsoToken(cache, 'corp', TOKEN);
  const script = `
import json, sys
from botocore.utils import SSOTokenLoader, JSONFileCache
token = SSOTokenLoader(cache=JSONFileCache(sys.argv[1]))('https://corp.awsapps.com/start', session_name='corp')
import dateutil.parser
print(json.dumps([token['accessToken'], str(dateutil.parser.parse(token['expiresAt'])), token['refreshToken']]))
`;
  try {
    execFileSync('/usr/bin/python3', ['-c', 'import botocore']);
  } catch {
    ctx.skip('python3-botocore is not installed');
  }
  const answer = execFileSync('/usr/bin/python3', ['-c', script, cache.dir], { encoding: 'utf8' });
  expect(JSON.parse(answer)).toEqual(['aoaAAAA\u00e9', '2026-11-23 20:46:12+00:00', 'aorAAAA']);
});

/** Does not wait. */
const impatientClock: Clock = {
  now: () => new Date('2026-11-23T12:00:00Z'),
  setTimer: (_, action) => {
    const handle = setImmediate(action);
    return () => clearImmediate(handle);
  },
};

function pathOf(name: string): string {
  return join(cache.dir, ssoTokenCacheName(name));
}

function given(name: string, text: string): void {
  mkdirSync(cache.dir, { recursive: true });
  writeFileSync(pathOf(name), text);
}

function mode(path: string): number {
  return statSync(path).mode & 0o777;
}
