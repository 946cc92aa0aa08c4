import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readAsBotocore } from '../../../../src/core/files/botocore-reading.ts';
import { parseIni } from '../../../../src/core/files/ini-document.ts';
import { helperLine } from '../../../../src/core/session/keys/helper-line.ts';
import { planProfileSync, type SyncPlan } from '../../../../src/core/session/profiles/plan-profile-sync.ts';
import { hasBotocore, jsSdkReader, readWithBotocore, readWithJsSdk } from '../../files/oracles.ts';

/** Account names as an organization's administrator may choose them. */
const NAMES = [
  'Prod\ncredential_process = touch /tmp/pwn',
  'Prod\r[default]\rregion=x',
  'a]\n[profile default]',
  'prod #1',
  'prod ;1',
  `it's "quoted" \\ back`,
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'DEFAULT',
  'default',
  'Default',
  'profile x',
  'sso-session x',
  'services x',
  'preview',
  '$(touch /tmp/pwn)',
  '`id`',
  '${IFS}id',
  '!!',
  '%PATH%',
  '; rm -rf ~ #',
  `'; touch pwn; '`,
  '-rf',
  '--profile=x',
  '../../../../etc/passwd',
  'CON',
  'NUL.txt',
  '<img src=x onerror=alert(1)>',
  'prod\u202Eved',
  'pr\u200Bod',
  '\uFEFFprod',
  'prоd',
  'ｐｒｏｄ',
  'a\u2028b',
  'a\u0085b',
  'a\u000bb',
  '\u001b]52;c;ZXZpbA==\u0007',
  '\u0000',
  '\uD800',
  'é',
  'e\u0301',
  '',
  '   ',
  'A'.repeat(128),
  'A'.repeat(100_000),
  'Prod',
  'Prod',
  'Prod!',
  'Prod?',
  'PROD',
  'prod',
];

const ROLES = NAMES.map((accountName, index) => ({
  accountId: String(index).padStart(12, '0'),
  accountName,
  roleName: index % 2 === 0 ? 'Admin' : 'a+=,.@-b',
}));
const BEFORE = '[default]\nregion = eu-west-1\n\n[profile prod]\nregion = eu-west-2\n';

function planned(vaultLine?: (profile: string) => string): SyncPlan {
  return planProfileSync(parseIni(BEFORE), {
    ssoSession: 'corp',
    roles: ROLES,
    mayPrune: () => true,
    takenElsewhere: [],
    lastNames: new Map(),
    platform: 'linux',
    vaultLine,
  });
}

const FORMS = [
  ['shared', undefined, 'sso_account_id'],
  ['vault', (name: string) => helperLine('/opt/my rolecall/rolecall', name, 'linux'), 'rolecall_sso_account_id'],
] as const;

describe.each(FORMS)('hostile account names in %s form', (_, vaultLine, accountKey) => {
  const { document, names } = planned(vaultLine);
  const text = document.serialise();
  const expected = new Map(
    ROLES.map((role) => [names.get(`${role.accountId}/${role.roleName}`) ?? '', role.accountId]),
  );

  test('give each role a name of its own, and no key that was not meant', () => {
    expect(expected.size).toBe(ROLES.length);
    const reading = readAsBotocore(parseIni(text), 'config');
    expect(reading.errors).toEqual([]);
    const keys = new Set([...reading.profiles.values()].flatMap((values) => [...values.keys()]));
    const meant = vaultLine === undefined ? [] : ['credential_process'];
    expect(
      [...keys].filter((key) => !/^(?:rolecall_)?sso_(?:session|account_id|role_name)$|^region$/.test(key)),
    ).toEqual(meant);
    expect(text.startsWith(BEFORE)).toBe(true);
  });

  test('are read alike by the real botocore', (ctx) => {
    if (!hasBotocore()) {
      ctx.skip('python3-botocore is not installed');
    }
    const [reading] = readWithBotocore([text]);
    for (const [name, accountId] of expected) {
      expect(reading?.[`profile ${name}`]?.[accountKey]).toBe(accountId);
    }
    expect(Object.keys(reading ?? {})).toHaveLength(expected.size + 2);
  });

  test('are read alike by the real JS SDK', async (ctx) => {
    const sdk = jsSdkReader();
    if (sdk === undefined) {
      ctx.skip('the JS SDK is not installed');
      return;
    }
    const { config } = await readWithJsSdk(sdk, text);
    for (const [name, accountId] of expected) {
      expect(config[name]?.[accountKey]).toBe(accountId);
    }
    expect(Object.keys(config)).toHaveLength(expected.size + 2);
  });
});

test('the lines of vault mode give a shell and shlex the same words', () => {
  const reading = readAsBotocore(planned(FORMS[1][1]).document, 'config');
  const lines = [...reading.profiles].flatMap(([name, values]) => {
    const line = values.get('credential_process');
    return typeof line === 'string' ? [{ name, line }] : [];
  });
  expect(lines).toHaveLength(ROLES.length);
  const script = lines.map(({ line }) => `printf '%s\\n' ${line}; echo --`).join('\n');
  const shell = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('--\n').slice(0, -1);
  expect(shell).toEqual(lines.map(({ name }) => `/opt/my rolecall/rolecall\ncredentials\n--profile\n${name}\n`));
});
