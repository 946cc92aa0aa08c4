import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAsBotocore } from '../../../../src/core/files/botocore-reading.ts';
import { parseIni } from '../../../../src/core/files/ini-document.ts';
import { readAsJs } from '../../../../src/core/files/js-reading.ts';
import { intoVault, outOfVault, ssoRoleOfSection } from '../../../../src/core/session/profiles/vault-form.ts';

const LINE = '"/opt/my rolecall/rolecall" credentials --profile admin';
const VAULT = [{ header: 'profile admin', profile: 'admin', line: LINE, platform: 'linux' as const }];

const SECTIONS: readonly (readonly [string, string])[] = [
  ['plain', '[profile admin]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\nregion = x\n'],
  ['no last line end', '[profile admin]\nsso_session = corp\nsso_role_name = A\nsso_account_id = 111111111111'],
  ['CRLF', '[profile admin]\r\nsso_session = corp\r\nsso_account_id = 111111111111\r\nsso_role_name = Admin\r\n'],
  [
    'indented keys',
    '[profile admin]\n  sso_session = corp\n  sso_account_id = 111111111111\n  sso_role_name = Admin\n',
  ],
  [
    'tabs, colons and capitals',
    '[profile admin]\n\tSSO_Session: corp\n\tsso_account_id=111111111111\n\tSSO_ROLE_NAME =Admin\n',
  ],
  [
    'comments and blank lines',
    '# a\n\n[profile admin]\n; first\n\nsso_session = corp\n# second\nsso_account_id = 111111111111\n\nsso_role_name = Admin\n\n# end\n',
  ],
  [
    'a nested block before',
    '[profile admin]\ns3 =\n  max_queue_size = 2\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\n',
  ],
  [
    'a nested block behind',
    '[profile admin]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\ns3 =\n  max_queue_size = 2\n',
  ],
  [
    "a command of the user's own",
    '[profile admin]\ncredential_process = /bin/other --x\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\n',
  ],
  [
    'own start URL and region',
    '[profile admin]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\n',
  ],
  [
    'other sections around',
    '[default]\nregion = a\n[profile admin]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n',
  ],
];

describe('the form of vault mode', () => {
  test.each(SECTIONS)('%s: both readers see our line alone, and every byte comes back', (_, text) => {
    const vaulted = intoVault(parseIni(text), VAULT).serialise();
    const botocore = readAsBotocore(parseIni(vaulted), 'config');
    expect(botocore.errors).toEqual([]);
    const profile = botocore.profiles.get('admin');
    expect(profile?.get('credential_process')).toBe(LINE);
    const js = readAsJs(vaulted, 'config').get('admin');
    expect(js?.get('credential_process')).toBe(LINE);
    for (const keys of [profile?.keys() ?? [], js?.keys() ?? []]) {
      expect([...keys].filter((key) => /^sso_/i.test(key))).toEqual([]);
    }
    expect(outOfVault(parseIni(vaulted), VAULT).serialise()).toBe(text);
  });

  test.each(SECTIONS)('%s: done again, nothing more changes', (_, text) => {
    const vaulted = intoVault(parseIni(text), VAULT);
    expect(intoVault(vaulted, VAULT).serialise()).toBe(vaulted.serialise());
    expect(outOfVault(parseIni(text), []).serialise()).toBe(text);
  });

  test('what else the profile says stays as the readers saw it', () => {
    const [, text] = SECTIONS[6] ?? ['', ''];
    const before = readAsBotocore(parseIni(text), 'config').profiles.get('admin');
    const after = readAsBotocore(intoVault(parseIni(text), VAULT), 'config').profiles.get('admin');
    expect(after?.get('s3')).toEqual(before?.get('s3'));
  });

  test('any layout of a section comes back byte for byte', () => {
    const key = fc.constantFrom(
      'sso_session',
      'sso_account_id',
      'SSO_Role_Name',
      'region',
      'output',
      'credential_process',
      'note',
    );
    const value = fc.constantFrom('corp', '111111111111', 'a b', '/bin/x --y', 'x # y', '"q"', '[x]');
    const space = fc.constantFrom('', ' ', '  ', '\t');
    const entry = fc
      .tuple(key, space, fc.constantFrom('=', ':'), space, value)
      .map(([name, one, delimiter, other, text]) => `${name}${one}${delimiter}${other}${text}`);
    const noise = fc.constantFrom('', '# c', '; sso_session = no', '   ');
    const line = fc.oneof({ weight: 4, arbitrary: entry }, { weight: 1, arbitrary: noise });
    const section = fc
      .tuple(
        space,
        fc.uniqueArray(line, { selector: (text) => text.split(/[=:]/)[0]?.trim().toLowerCase() ?? '', minLength: 1 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
      )
      .map(
        ([indent, lines, eol, ends]) =>
          ['[profile admin]', ...lines.map((text) => indent + text)].join(eol) + (ends ? eol : ''),
      );
    fc.assert(
      fc.property(section, (text) => {
        const vaulted = intoVault(parseIni(text), VAULT).serialise();
        expect(outOfVault(parseIni(vaulted), VAULT).serialise()).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what the user wrote there meanwhile wins over what was kept', () => {
    const vaulted = intoVault(
      parseIni('[profile admin]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\n'),
      VAULT,
    );
    const edited = vaulted.serialise() + 'sso_role_name = ReadOnly\n';
    expect(outOfVault(parseIni(edited), VAULT).serialise()).toBe(
      '[profile admin]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = ReadOnly\n',
    );
  });

  test('keys that came back by another tool step aside again, once', () => {
    const [, text] = SECTIONS[0] ?? ['', ''];
    const vaulted = intoVault(parseIni(text), VAULT).serialise();
    const again = intoVault(parseIni(`${vaulted}sso_session = corp\nsso_account_id = 222222222222\n`), VAULT);
    const read = readAsBotocore(again, 'config');
    expect(read.errors).toEqual([]);
    expect(read.profiles.get('admin')?.get('credential_process')).toBe(LINE);
    expect(read.profiles.get('admin')?.get('rolecall_sso_account_id')).toBe('222222222222');
    expect(read.profiles.get('admin')?.has('sso_session')).toBe(false);
  });

  test('the role is known in either form', () => {
    const [, text] = SECTIONS[0] ?? ['', ''];
    const role = { ssoSession: 'corp', accountId: '111111111111', roleName: 'Admin' };
    const vaulted = intoVault(parseIni(text), VAULT);
    for (const document of [parseIni(text), vaulted]) {
      const section = document.section('profile admin');
      expect(section && ssoRoleOfSection(section)).toEqual(role);
    }
  });
});
