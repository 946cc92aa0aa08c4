import { execFileSync, execSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findReferenced,
  helperLine,
  parseHelperLine,
  profileReference,
} from '../../../../src/core/session/keys/helper-line.ts';
import { splitCommand } from '../../../../src/core/session/resolve/split-command.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

/** Names as organizations and people choose them, hostile ones included. */
const NAMES = [
  'admin',
  'a.b_c@d+e-f',
  'a b',
  'Prod\ncredential_process = touch /tmp/pwn',
  'a]\n[profile default]',
  'prod #1',
  'prod ;1',
  `it's "quoted" \\ back`,
  '__proto__',
  '$(touch pwn)',
  '`touch pwn`',
  '${IFS}id',
  '!!',
  '%PATH%',
  '; touch pwn #',
  '&& touch pwn',
  '| tee pwn',
  '> pwn',
  `'; touch pwn; '`,
  `'"'"'`,
  '-rf',
  '--profile=x',
  '../../../../etc/passwd',
  'prod\u202Eved',
  'pr\u200Bod',
  'é',
  'x'.repeat(65),
  '',
];

const PATHS = [
  '/usr/local/bin/rolecall',
  '/opt/Rolecall App/rolecall',
  '/Applications/Rolecall.app/Contents/MacOS/rolecall',
];

describe('a helper line', () => {
  test.each(NAMES.flatMap((name) => PATHS.map((path) => [name, path] as const)))(
    'for %j at %s is the same for shlex, sh and our own reader',
    (name, path) => {
      const line = helperLine(path, name, 'linux');
      const expected = [path, 'credentials', '--profile', profileReference(name)];
      expect(splitCommand(line, 'linux')).toEqual(expected);
      expect(parseHelperLine(line, 'linux')).toEqual({ kind: 'profile', reference: profileReference(name) });
      expect(line).toMatch(/^[\x20-\x7e]+$/);
      expect(line).not.toMatch(/\s[#;]|[$`!\\%]/);
    },
  );

  test('gives the very same argv under sh -c and under Python’s shlex', async () => {
    const folder = join(await scratchFolder(), 'My Apps');
    await mkdir(folder);
    const path = join(folder, 'rolecall');
    await writeFile(path, '#!/bin/sh\nfor a in "$0" "$@"; do printf "%s\\0" "$a"; done\n');
    await chmod(path, 0o755);
    const lines = NAMES.map((name) => helperLine(path, name, 'linux'));
    const bySh = lines.map((line) => execSync(line, { cwd: folder, encoding: 'utf8' }).split('\0').slice(0, -1));
    const script =
      'import json,shlex,subprocess,sys\nprint(json.dumps([subprocess.run(shlex.split(l),stdout=subprocess.PIPE).stdout.decode().split(chr(0))[:-1] for l in json.load(sys.stdin)]))';
    const byShlex = JSON.parse(
      execFileSync('/usr/bin/python3', ['-c', script], { input: JSON.stringify(lines), encoding: 'utf8' }),
    ) as string[][];
    expect(bySh).toEqual(byShlex);
    expect(bySh).toEqual(NAMES.map((name) => [path, 'credentials', '--profile', profileReference(name)]));
  });

  test.each([
    '/opt/$HOME/rolecall',
    '/opt/a"b/rolecall',
    '/opt/a`b/rolecall',
    '/opt/a\\b/rolecall',
    '/opt/a!b/rolecall',
    '/opt/é/rolecall',
    'rolecall',
    './rolecall',
    '~/rolecall',
    '/opt/a\nb/rolecall',
    '/opt/a%b/rolecall',
    '/opt/a #b/rolecall',
  ])('is refused for a helper at %j', (path) => {
    expect(() => helperLine(path, 'admin', 'linux')).toThrowError(
      expect.objectContaining({ code: 'bad-input' }) as Error,
    );
  });

  test.each([
    [
      'C:\\Program Files\\Rolecall\\rolecall.exe',
      '"C:\\Program Files\\Rolecall\\rolecall.exe" credentials --profile admin',
    ],
    ['C:\\Rolecall\\rolecall.exe', 'C:\\Rolecall\\rolecall.exe credentials --profile admin'],
  ])('on Windows for %s is read back by the rules of the Microsoft C runtime', (path, expected) => {
    expect(helperLine(path, 'admin', 'win32')).toBe(expected);
    expect(splitCommand(expected, 'win32')).toEqual([path, 'credentials', '--profile', 'admin']);
  });
});

describe('a reference', () => {
  test('stands for one profile, is plain text, and is found again', () => {
    const references = NAMES.map(profileReference);
    expect(new Set(references).size).toBe(NAMES.length);
    const profiles = NAMES.map((name) => ({ name }));
    for (const name of NAMES) {
      expect(profileReference(name)).toMatch(/^[A-Za-z0-9][A-Za-z0-9._@+:-]{0,63}$/);
      expect(findReferenced(profiles, profileReference(name))).toEqual({ name });
    }
  });

  test('of a profile that bears an id as its name means that profile', () => {
    const id = profileReference('a b');
    expect(findReferenced([{ name: 'a b' }, { name: id }], id)).toEqual({ name: id });
    expect(profileReference(id)).not.toBe(id);
  });
});

describe('our own line is told from others', () => {
  test.each<[string, unknown]>([
    ['/opt/rolecall credentials --profile a', { kind: 'profile', reference: 'a' }],
    ['/opt/rolecall credentials --profile=a', { kind: 'profile', reference: 'a' }],
    ['node /opt/rolecall.js credentials --profile a', { kind: 'profile', reference: 'a' }],
    ['/opt/rolecall-helper credentials --profile a', { kind: 'profile', reference: 'a' }],
    [
      '/opt/rolecall credentials --sso-session c --account 111122223333 --role R',
      { kind: 'sso-role', ssoSession: 'c', accountId: '111122223333', roleName: 'R' },
    ],
    ['/opt/rolecall credentials --sso-session c', undefined],
    ['/opt/rolecall export --profile a', undefined],
    ['/opt/other credentials --profile a', undefined],
    ['/opt/notrolecall credentials --profile a', undefined],
    ['sh -c "/opt/rolecall credentials --profile a"', undefined],
    ['credentials --profile a', undefined],
    ['/opt/rolecall credentials --profile "a', undefined],
    ['', undefined],
  ])('%s', (line, expected) => {
    expect(parseHelperLine(line, 'linux')).toEqual(expected);
  });
});
