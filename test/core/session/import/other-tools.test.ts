import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importSide } from './import-side.ts';

describe('Granted', () => {
  /** As `granted sso populate` writes it: https://github.com/common-fate/granted, pkg/cfaws. */
  const CONFIG = `# mine
[profile acme/Admin]
granted_sso_start_url      = https://acme.awsapps.com/start
granted_sso_region         = eu-central-1
granted_sso_account_id     = 111122223333
granted_sso_role_name      = Admin
common_fate_generated_from = aws-sso
region                     = eu-west-1
credential_process         = granted credential-process --profile acme/Admin

[profile iam]
credential_process = granted credential-process --profile iam
`;
  const SETTINGS =
    'DefaultBrowser = "FIREFOX"\n[SSO]\n  [SSO.acme-prod]\n    StartURL = "https://acme.awsapps.com/start"\n    SSORegion = "eu-central-1"\n';

  test('its Identity Centers are added; profiles it serves stay as they are until the user says otherwise', async () => {
    const side = await importSide(CONFIG);
    await side.put('.granted/config', SETTINGS);
    const report = await side.toolImport.apply('granted', { takeOver: false });
    expect(await side.config()).toBe(
      `${CONFIG}\n[sso-session acme-prod]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-central-1\nsso_registration_scopes = sso:account:access\n`,
    );
    expect(report.notes).toEqual([
      'The profile iam stays with Granted: its keys do not name a role of an Identity Center.',
    ]);
    expect(await readFile(join(side.home, '.granted/config'), 'utf8')).toBe(SETTINGS);
  });

  test('taken over, they name the role as every AWS tool reads it, all else stays; undo brings every byte back', async () => {
    const side = await importSide(CONFIG);
    const [found] = await side.toolImport.find();
    expect(found).toMatchObject({ tool: 'granted', failure: undefined, file: side.configFile });
    const report = await side.toolImport.apply('granted', { takeOver: true });
    const { profiles } = await side.files.read();
    const taken = profiles.find(({ name }) => name === 'acme/Admin');
    expect(taken).toMatchObject({
      kind: 'sso',
      jsKind: 'sso',
      ssoSession: 'acme',
      accountId: '111122223333',
      roleName: 'Admin',
      region: 'eu-west-1',
    });
    expect(taken?.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(await side.config()).toContain('granted_sso_role_name      = Admin');
    expect(await side.config()).toContain('credential_process = granted credential-process --profile iam');
    expect(report.takeOvers).toEqual(['acme/Admin']);
    await side.undoLog.undo(report.undoId ?? '');
    expect(await side.config()).toBe(CONFIG);
  });
});

describe('aws-sso-cli', () => {
  /** After https://github.com/synfinatic/aws-sso-cli, docs/config.md. */
  const SETTINGS = `SSOConfig:
    Default:
        SSORegion: us-east-1
        StartUrl: https://d-754545454.awsapps.com/start
        Accounts:
            258234615182:
                Name: Control Tower Playground
                DefaultRegion: eu-west-1
                Tags:
                  - Type: Main Account
                  - Color: turquoise
                Roles:
                  AWSAdministratorAccess:
                    Profile: playground-admin
                    Tags:
                      Team: Platform
                  Chained:
                    Via: arn:aws:iam::258234615182:role/AWSAdministratorAccess
            182347455:
                Name: Leading zeros
    Broken:
        SSORegion: us-east-1
DefaultSSO: Default
UrlAction: print
ProfileFormat: "{{.AccountName}}/{{.RoleName}}"
EnvVarTags:
  - Role
`;
  /** As `aws-sso config-profiles` writes it. */
  const CONFIG = `# BEGIN_AWS_SSO_CLI

[profile 258234615182:ReadOnly]
credential_process = /usr/local/bin/aws-sso -u open -S "Default" process --arn arn:aws:iam::258234615182:role/ReadOnly
region = eu-west-1

# END_AWS_SSO_CLI
`;

  test('gives Identity Centers, names, colours, tags and profiles of its own making', async () => {
    const side = await importSide(CONFIG);
    await side.put('.config/aws-sso/config.yaml', SETTINGS);
    const report = await side.toolImport.apply('aws-sso-cli', { takeOver: false });
    expect(side.marks.value).toEqual({
      'account:d-754545454/258234615182': {
        colour: 'teal',
        tags: ['Type=Main Account'],
        alias: 'Control Tower Playground',
      },
      'account:d-754545454/000182347455': { alias: 'Leading zeros' },
      'sso:258234615182/AWSAdministratorAccess/d-754545454': { tags: ['Team=Platform'] },
    });
    expect(await side.config()).toContain(
      '[profile playground-admin]\nsso_session = d-754545454\nsso_account_id = 258234615182\nsso_role_name = AWSAdministratorAccess\nregion = eu-west-1\n',
    );
    expect(report.notes).toEqual([
      'The role Chained of 258234615182 is left out: it is reached by way of another. Add it as a profile with source_profile.',
      'The Identity Center Broken is left out: its StartUrl is missing, or something in it is odd.',
    ]);
    expect(await readFile(join(side.home, '.config/aws-sso/config.yaml'), 'utf8')).toBe(SETTINGS);
  });

  test('of two roles that share a profile name the first gets it, and the other is told', async () => {
    const side = await importSide('');
    await side.put(
      '.aws-sso/config.yaml',
      SETTINGS.replace(
        '                  Chained:',
        '                  ReadOnly:\n                    Profile: playground-admin\n$&',
      ),
    );
    const { items, notes } = await side.toolImport.apply('aws-sso-cli', { takeOver: false });
    expect(items.filter(({ name }) => name === 'playground-admin')).toHaveLength(1);
    expect(notes[0]).toBe(
      'The role ReadOnly of 258234615182 gets no profile: another role has the name playground-admin.',
    );
    expect(await side.config()).toContain('sso_role_name = AWSAdministratorAccess');
  });

  test('the profiles it wrote can be taken over', async () => {
    const side = await importSide(CONFIG);
    await side.put('.aws-sso/config.yaml', SETTINGS);
    await side.toolImport.apply('aws-sso-cli', { takeOver: true });
    const { profiles } = await side.files.read();
    expect(profiles.find(({ name }) => name === '258234615182:ReadOnly')).toMatchObject({
      kind: 'sso',
      accountId: '258234615182',
      roleName: 'ReadOnly',
    });
    expect(await side.config()).not.toContain('credential_process');
  });

  test.each([
    ['no YAML we read', 'SSOConfig: &x\n  a: b\n', /^Line 1 of the file/],
    ['something else', 'Other: x\n', /hold no SSOConfig/],
    ['a list', '- a\n', /hold no SSOConfig/],
    ['bytes', '\u0000\u0001', /hold no SSOConfig/],
    ['nothing', '', /hold no SSOConfig/],
  ])('settings that are %s are told as such', async (_what, text, message) => {
    const side = await importSide('');
    await side.put('.aws-sso/config.yaml', text);
    const [found] = await side.toolImport.find();
    expect(found?.failure?.message).toMatch(message);
    expect(await side.config()).toBe('');
  });

  test('names that would break the file or the screen are left out', async () => {
    const side = await importSide('');
    await side.put(
      '.aws-sso/config.yaml',
      'SSOConfig:\n  "a]\\n[profile evil":\n    SSORegion: us-east-1\n    StartUrl: https://x.awsapps.com/start\n    Accounts:\n      111122223333:\n        Name: "turned\\u202Earound"\n        Roles:\n          Admin:\n            Profile: "x]\\ncredential_process = evil"\n          "bad role/name":\n            Tags:\n              a: b\n',
    );
    await side.toolImport.apply('aws-sso-cli', { takeOver: false });
    expect(await side.config()).not.toMatch(/^credential_process|^\[profile/m);
    expect(side.marks.value).toEqual({});
  });
});

describe('aws-vault', () => {
  /** After https://github.com/99designs/aws-vault, USAGE.md. */
  const CONFIG = `[default]
region = us-west-1

[profile jon]
mfa_serial = arn:aws:iam::123456789012:mfa/jonsmith

[profile parent]
region = eu-west-1
duration_seconds = 3600

[profile admin-a]
source_profile = jon
role_arn = arn:aws:iam::123456789012:role/admin-access
include_profile = parent

[profile served]
source_profile = jon
role_arn = arn:aws:iam::987654321987:role/admin-access
credential_process = aws-vault exec served --json

[profile with-command]
role_arn = arn:aws:iam::987654321987:role/other
source_profile = jon
mfa_serial = arn:aws:iam::123456789012:mfa/jonsmith
mfa_process = ykman oath accounts code --single jon
`;

  test('what only it understands is written so that every AWS tool does; nothing is removed but its own lines', async () => {
    const side = await importSide(CONFIG);
    const report = await side.toolImport.apply('aws-vault', { takeOver: true });
    const { profiles } = await side.files.read();
    const by = (name: string) => profiles.find((each) => each.name === name);
    expect(by('admin-a')).toMatchObject({
      region: 'eu-west-1',
      durationSeconds: 3600,
      mfaSerial: 'arn:aws:iam::123456789012:mfa/jonsmith',
    });
    expect(by('served')).toMatchObject({
      mfaSerial: 'arn:aws:iam::123456789012:mfa/jonsmith',
      kind: 'assume-role',
    });
    expect(by('served')?.credentialProcess).toBeUndefined();
    expect(await side.config()).toContain('include_profile = parent');
    expect(report.keys).toEqual([
      {
        profile: 'jon',
        command: `aws-vault exec jon --no-session -- sh -c 'echo "$AWS_ACCESS_KEY_ID"; echo "$AWS_SECRET_ACCESS_KEY"' | rolecall keys add jon`,
      },
    ]);
    expect(report.notes).toEqual([
      'The profile with-command keeps its mfa_process: Rolecall asks that command for codes as it is.',
    ]);
    await side.undoLog.undo(report.undoId ?? '');
    expect(await side.config()).toBe(CONFIG);
  });

  test('without taking over nothing changes; keys of its file store are named, sessions in it are not', async () => {
    const side = await importSide('[default]\nregion = us-west-1\n');
    await side.put('.awsvault/keys/home', 'sealed');
    await side.put('.awsvault/keys/sts.GetSessionToken,aG9tZQ,,1700000000', 'sealed');
    await side.put('.awsvault/keys/$(rm -rf ~)', 'sealed');
    const report = await side.toolImport.preview('aws-vault', { takeOver: false });
    expect(report.previews).toEqual([]);
    expect(report.keys.map(({ profile }) => profile)).toEqual(['home']);
  });

  test('profiles that lead in a circle end', async () => {
    const side = await importSide(
      '[profile a]\ninclude_profile = b\n[profile b]\ninclude_profile = a\nregion = eu-west-1\n',
    );
    const report = await side.toolImport.preview('aws-vault', { takeOver: true });
    expect(report.takeOvers).toEqual(['a']);
  });
});

test('a machine without any of them has nothing to import', async () => {
  const side = await importSide('[profile p]\nregion = eu-west-1\ncredential_process = /usr/bin/other\n');
  expect(await side.toolImport.find()).toEqual([]);
  await expect(side.toolImport.apply('leapp', { takeOver: false })).rejects.toThrow('Nothing of leapp was found');
});
