import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { formatCredentials } from '../../../../src/core/session/export/format-credentials.ts';
import { UnsafeValueError } from '../../../../src/core/session/errors.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { COPY_FORMATS, type CopyFormat } from '../../../../src/shared/copy-format.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

const KEYS = {
  id: 'ASIAQWERTYUIOPASDFGH',
  secret: 'abc/+=_-DEF0123456789/+abcdefghijklmnopq',
  token: 'IQoJb3JpZ2luX2Vj//8BEaCXVz+LWVhc3Q_tMSJ-IMEYC==',
};

function credentials(fields: Partial<typeof KEYS> & { accountId?: string } = {}) {
  const { id, secret, token } = { ...KEYS, ...fields };
  return {
    accessKeyId: id,
    secretAccessKey: new Secret(secret),
    sessionToken: new Secret(token),
    expiresAt: new Date('2026-11-23T20:46:12.345Z'),
    accountId: fields.accountId ?? '000000000001',
  };
}

const text = (format: CopyFormat, region?: string): string => formatCredentials(credentials(), region, format).reveal();

const SET = {
  AWS_ACCESS_KEY_ID: KEYS.id,
  AWS_SECRET_ACCESS_KEY: KEYS.secret,
  AWS_SESSION_TOKEN: KEYS.token,
  AWS_REGION: 'eu-west-1',
  AWS_DEFAULT_REGION: 'eu-west-1',
};

/** The hostile names of the corpus: none may come near a shell. */
const HOSTILE = [
  "'; touch pwn; '",
  `'"'"'`,
  '$(touch pwn)',
  '`touch pwn`',
  '${IFS}id',
  '!!',
  '%PATH%',
  '$env:X',
  '; touch pwn #',
  '&& touch pwn',
  '| tee pwn',
  '> pwn',
  'a\nexport X=1',
  'a\r\nset X=1',
  '\u0000',
  'a b',
  'a"b',
  'a^b',
  '\u202Ea',
  '',
];

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

describe.each([
  ['bash', 'bash', ['-c']],
  ['sh', 'bash', ['-c']],
  ['zsh', 'bash', ['-c']],
  ['fish', 'fish', ['-c']],
  ['pwsh', 'powershell', ['-NoProfile', '-Command']],
] as const)('in a real %s', (shell, format, args) => {
  test('the text sets exactly these variables and removes what is in the way', async (ctx) => {
    ctx.skip(!isInstalled(shell), `${shell} is not installed`);
    const cwd = await scratchFolder();
    const base = { PATH: process.env['PATH'] ?? '', HOME: cwd, KEEP: 'me' };
    const inTheWay = {
      AWS_PROFILE: 'prod',
      AWS_DEFAULT_PROFILE: 'prod',
      AWS_SECURITY_TOKEN: 'old',
      AWS_CREDENTIAL_EXPIRATION: 'old',
    };
    const printed = (script: string, env: Record<string, string>): Record<string, string> => {
      const program = `"${process.execPath}" -e "process.stdout.write(JSON.stringify(process.env))"`;
      const call = format === 'powershell' ? `${script}& ${program}` : `${script}${program}`;
      return JSON.parse(execFileSync(shell, [...args, call], { env, cwd, encoding: 'utf8' })) as Record<string, string>;
    };
    const before = printed('', base);
    const after = printed(text(format, 'eu-west-1'), { ...base, ...inTheWay });
    const changed = Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name] !== value));
    expect(changed).toEqual(SET);
    expect(Object.keys(before).filter((name) => !(name in after))).toEqual([]);
    expect(Object.keys(after).some((name) => name in inTheWay)).toBe(false);
  });

  test('the text ends well where nothing is in the way, so that "and then" goes on', async (ctx) => {
    ctx.skip(!isInstalled(shell), `${shell} is not installed`);
    const env = { PATH: process.env['PATH'] ?? '', HOME: await scratchFolder() };
    expect(execFileSync(shell, [...args, text(format)], { env, encoding: 'utf8' })).toBe('');
  });
});

test('cmd: one set command a line, nothing cmd would expand', () => {
  const lines = text('cmd', 'eu-west-1').split('\r\n').filter(Boolean);
  expect(
    lines
      .filter((line) => !/^set "\w+="$/.test(line))
      .map((line) => /^set "([A-Z_]+)=([A-Za-z0-9/+=_-]+)"$/.exec(line)?.slice(1, 3)),
  ).toEqual(Object.entries(SET));
  expect(text('cmd')).not.toMatch(/[%!^&|<>]/);
});

test('dotenv: read back by a dotenv reader and by a shell', async () => {
  const lines = text('dotenv', 'eu-west-1').trimEnd().split('\n');
  expect(
    Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
  ).toEqual(SET);
  const cwd = await scratchFolder();
  const shown = execFileSync('sh', ['-c', `set -a\n${text('dotenv')}printf %s "$AWS_SECRET_ACCESS_KEY"`], {
    cwd,
    encoding: 'utf8',
  });
  expect(shown).toBe(KEYS.secret);
});

test('json: what credential_process gives', () => {
  expect(JSON.parse(text('json'))).toEqual({
    Version: 1,
    AccessKeyId: KEYS.id,
    SecretAccessKey: KEYS.secret,
    SessionToken: KEYS.token,
    Expiration: '2026-11-23T20:46:12Z',
    AccountId: '000000000001',
  });
});

test('ini: a section of its own, readable by every tool', () => {
  expect(text('ini', 'eu-west-1')).toBe(
    `[temporary-000000000001]\naws_access_key_id = ${KEYS.id}\naws_secret_access_key = ${KEYS.secret}\naws_session_token = ${KEYS.token}\nregion = eu-west-1\n`,
  );
});

describe('a value that could mean something to a shell', () => {
  test.each(HOSTILE)('%j stops the copy in every format', (value) => {
    for (const format of COPY_FORMATS) {
      for (const fields of [{ id: value }, { secret: value }, { token: value }]) {
        expect(() => formatCredentials(credentials(fields), undefined, format)).toThrow(UnsafeValueError);
      }
      expect(() => formatCredentials(credentials(), value, format)).toThrow(UnsafeValueError);
    }
    for (const format of ['json', 'ini'] as const) {
      expect(() =>
        formatCredentials(credentials({ accountId: value === '' ? ' ' : value }), undefined, format),
      ).toThrow(UnsafeValueError);
    }
  });

  test('the error names the field and not the value', () => {
    expect(() => formatCredentials(credentials({ secret: 'canary secret' }), undefined, 'bash')).toThrow(
      /^((?!canary).)*$/,
    );
  });
});

test('the result prints as a secret', () => {
  expect(String(formatCredentials(credentials(), undefined, 'bash'))).toBe('[secret]');
});
