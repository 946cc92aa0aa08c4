import { describe, expect, test } from 'vitest';
import { readAsBotocore } from '../../../../src/core/files/botocore-reading.ts';
import { parseIni } from '../../../../src/core/files/ini-document.ts';
import { readAsJs } from '../../../../src/core/files/js-reading.ts';
import { ProfileEditor } from '../../../../src/core/session/profiles/edit-profile.ts';
import type { ProfileChange } from '../../../../src/core/session/profiles/profile-change.ts';
import { profileSide, type ProfileSide } from './profile-side.ts';

const HELPER = '/opt/rolecall/rolecall';
const CONFIG = `# by hand
[default]
region = eu-west-1
s3 =
  max_concurrent_requests = 20

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1

[profile admin]
; mine
sso_session=corp
sso_account_id=111111111111
sso_role_name=Admin
REGION: eu-central-1

[profile base]
region = eu-central-1

[profile deploy]
role_arn = arn:aws:iam::222222222222:role/Deploy
source_profile = base
`;
const CREDENTIALS = `[base]
aws_access_key_id = AKIAEXAMPLEBASE12345
aws_secret_access_key = hush-hush # really

[odd one]
aws_access_key_id = AKIAEXAMPLEODD123456
aws_secret_access_key = hush
output = table
`;

interface EditSide extends ProfileSide {
  apply(change: ProfileChange, isTyped?: boolean): Promise<string>;
  refused(change: ProfileChange, isTyped?: boolean): Promise<unknown>;
}

async function editSide(config = CONFIG, credentials = CREDENTIALS): Promise<EditSide> {
  const side = await profileSide(config, credentials);
  const editor = new ProfileEditor({ ...side, helperPath: HELPER, platform: 'linux', modeOf: () => 'shared' });
  return {
    ...side,
    async apply(change, isTyped = false) {
      const previews = await editor.preview(change, { isTyped });
      expect(await side.config()).toBe(config);
      const edited = await editor.apply(change, { isTyped });
      expect(edited.previews).toEqual(previews.map((preview) => ({ ...preview, applied: true })));
      expect(JSON.stringify(previews)).not.toContain('hush');
      return edited.undoId ?? '';
    },
    async refused(change, isTyped = false) {
      const error: unknown = await editor.apply(change, { isTyped }).catch((thrown: unknown) => thrown);
      expect([await side.config(), await side.credentials()]).toEqual([config, credentials]);
      expect(await side.undoLog.list()).toEqual([]);
      return error;
    },
  };
}

const set = (profile: string, keys: Record<string, string>, remove: string[] = []): ProfileChange => ({
  kind: 'set',
  profile,
  set: keys,
  remove,
});

describe('setting and removing keys', () => {
  test('changes just those lines, and an undo gives every byte back', async () => {
    const side = await editSide();
    const id = await side.apply(set('admin', { region: 'us-east-1', output: 'json' }));
    expect(await side.config()).toBe(CONFIG.replace('REGION: eu-central-1\n', 'region = us-east-1\noutput = json\n'));
    expect((await side.undoLog.list())[0]).toMatchObject({ kind: 'edit-profile', subject: 'admin' });
    await side.undoLog.undo(id);
    expect(await side.config()).toBe(CONFIG);
  });

  test('sets a key where it counts: in the credentials file if it stands there', async () => {
    const side = await editSide();
    await side.apply(set('odd one', { output: 'json' }));
    expect(await side.credentials()).toBe(CREDENTIALS.replace('output = table', 'output = json'));
    expect(await side.config()).toBe(CONFIG);
  });

  test('a profile of the credentials file gets new keys in the config file', async () => {
    const side = await editSide(CONFIG.replace('[profile base]\nregion = eu-central-1\n\n', ''));
    await side.apply(set('base', { region: 'eu-central-1' }));
    expect(await side.config()).toContain('\n[profile base]\nregion = eu-central-1\n');
    expect(await side.credentials()).toBe(CREDENTIALS);
  });

  test('removes a key from both files, so that none comes to light behind it', async () => {
    const side = await editSide(`${CONFIG}\n[profile "odd one"]\noutput = text\n`);
    await side.apply(set('odd one', {}, ['output']));
    expect(await side.config()).toBe(`${CONFIG}\n[profile "odd one"]\n`);
    expect(await side.credentials()).toBe(CREDENTIALS.replace('output = table\n', ''));
  });

  test('of a profile in vault mode, changes what is kept beside our line', async () => {
    const vault = `[profile v]\ncredential_process = ${HELPER} credentials --profile v\nrolecall_sso_session = corp\nrolecall_sso_account_id = 111111111111\nrolecall_sso_role_name = Admin\n`;
    const side = await editSide(`${CONFIG}\n${vault}`);
    await side.apply(set('v', { sso_role_name: 'ReadOnly', region: 'eu-west-1' }));
    expect(await side.config()).toContain('rolecall_sso_role_name = ReadOnly\nregion = eu-west-1\n');
  });

  test('what changes nothing is no edit', async () => {
    const side = await editSide();
    expect(await side.apply(set('base', { region: 'eu-central-1' }))).toBe('');
    expect(await side.undoLog.list()).toEqual([]);
  });
});

describe('adding a profile', () => {
  test('puts it at the end of the config file', async () => {
    const side = await editSide();
    await side.apply({
      kind: 'add',
      profile: 'read',
      set: { sso_session: 'corp', sso_account_id: '000000000001', sso_role_name: 'ReadOnly', region: 'eu-west-1' },
    });
    expect(await side.config()).toBe(
      `${CONFIG}\n[profile read]\nsso_session = corp\nsso_account_id = 000000000001\nsso_role_name = ReadOnly\nregion = eu-west-1\n`,
    );
  });

  test('a name that is there is refused, in any case', async () => {
    const side = await editSide();
    for (const profile of ['admin', 'ADMIN', 'base', 'default']) {
      expect(await side.refused({ kind: 'add', profile, set: {} })).toMatchObject({ code: 'already-exists' });
    }
  });
});

describe('renaming', () => {
  test('follows in both files, in profiles that start from it and in our own lines', async () => {
    const ours = `\n[profile served]\ncredential_process = "${HELPER}" credentials --profile base\nregion = us-east-1\n`;
    const side = await editSide(CONFIG + ours);
    const id = await side.apply({ kind: 'rename', profile: 'base', to: 'root' });
    expect(await side.config()).toBe(
      (CONFIG + ours)
        .replace('[profile base]', '[profile root]')
        .replace('source_profile = base', 'source_profile = root')
        .replace('--profile base', '--profile root'),
    );
    expect(await side.credentials()).toBe(CREDENTIALS.replace('[base]', '[root]'));
    await side.undoLog.undo(id);
    expect([await side.config(), await side.credentials()]).toEqual([CONFIG + ours, CREDENTIALS]);
  });

  test('keeps the default under another name', async () => {
    const side = await editSide();
    await side.apply({ kind: 'rename', profile: 'default', to: 'old-default' });
    expect(await side.config()).toBe(CONFIG.replace('[default]', '[profile old-default]'));
  });

  test('a profile that we serve goes on being served', async () => {
    const vault = `[profile v]\ncredential_process = ${HELPER} credentials --profile v\nrolecall_sso_session = corp\nrolecall_sso_account_id = 111111111111\nrolecall_sso_role_name = Admin\n`;
    const side = await editSide(`${CONFIG}\n${vault}`);
    await side.apply({ kind: 'rename', profile: 'v', to: 'w' });
    expect(await side.config()).toContain(`[profile w]\ncredential_process = ${HELPER} credentials --profile w\n`);
  });

  test('onto another profile, onto default, and of a profile that stands twice is refused', async () => {
    const side = await editSide();
    expect(await side.refused({ kind: 'rename', profile: 'base', to: 'Admin' })).toMatchObject({
      code: 'already-exists',
    });
    expect(await side.refused({ kind: 'rename', profile: 'base', to: 'default' })).toMatchObject({ code: 'bad-input' });
    expect(await side.refused({ kind: 'rename', profile: 'nope', to: 'x' })).toMatchObject({ code: 'not-found' });
    const twice = await editSide('[profile x]\nregion = a\n\n[profile "x"]\nregion = b\n', '');
    expect(await twice.refused({ kind: 'rename', profile: 'x', to: 'y' })).toMatchObject({
      message: expect.stringMatching(/more than once/) as string,
    });
  });
});

describe('deleting', () => {
  test('removes the section and leaves every other byte', async () => {
    const side = await editSide();
    const id = await side.apply({ kind: 'delete', profile: 'deploy' });
    expect(await side.config()).toBe(CONFIG.slice(0, CONFIG.indexOf('[profile deploy]')));
    await side.undoLog.undo(id);
    expect(await side.config()).toBe(CONFIG);
  });

  test.each([
    ['that holds a key', 'base', CONFIG, /access key/],
    [
      'that others start from',
      'base2',
      `${CONFIG}\n[profile base2]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = A\n\n[profile r]\nrole_arn = arn:aws:iam::222222222222:role/D\nsource_profile = base2\n`,
      /profile r.*base2/,
    ],
    [
      'that another asks us for',
      'deploy',
      CONFIG.replace('[default]\n', `[default]\ncredential_process = ${HELPER} credentials --profile deploy\n`),
      /profile default.*deploy/,
    ],
    [
      'that a role served by us starts from',
      'deploy',
      `${CONFIG}\n[profile r]\ncredential_process = ${HELPER} credentials --profile r\nrolecall_role_arn = arn:aws:iam::222222222222:role/D\nrolecall_source_profile = deploy\nrolecall_mfa_serial = arn:aws:iam::222222222222:mfa/me\n`,
      /profile r.*deploy/,
    ],
    [
      'that is protected',
      'p',
      `${CONFIG}\n[profile p]\ncredential_process = ${HELPER} credentials --profile p\nrolecall_key = AKIA\n`,
      /protected/,
    ],
    [
      'that a sync writes',
      's',
      `${CONFIG}\n# >>> Rolecall profiles. Written by Rolecall, which replaces all up to the end mark >>>\n[profile s]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = A\n\n# <<< Rolecall profiles <<<\n`,
      /sync/,
    ],
  ])('a profile %s is refused', async (_, profile, config, why) => {
    const side = await editSide(config);
    expect(await side.refused({ kind: 'delete', profile })).toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(why) as string,
    });
  });
});

describe('what is refused', () => {
  test.each([
    ['aws_secret_access_key', 'abc'],
    ['AWS_SECRET_ACCESS_KEY', 'abc'],
    ['aws_access_key_id', 'AKIA'],
    ['aws_session_token', 'x'],
    ['rolecall_key', 'AKIA'],
    ['rolecall_sso_session', 'corp'],
    ['__proto__', 'x'],
    ['region]\n[default', 'x'],
    ['a b', 'x'],
    ['', 'x'],
    ['Region', 'eu-west-1'],
  ])('the key %j, whoever asks', async (key, value) => {
    const side = await editSide();
    for (const isTyped of [false, true]) {
      expect(await side.refused(set('admin', { [key]: value }), isTyped)).toMatchObject({ code: 'bad-input' });
    }
    if (key !== 'Region') {
      expect(await side.refused(set('admin', {}, [key]))).toMatchObject({ code: 'bad-input' });
    }
  });

  test.each([
    'credential_process',
    'mfa_process',
    'cli_pager',
    'endpoint_url',
    'ca_bundle',
    'services',
    'web_identity_token_file',
    'made_up',
  ])('the key %s, unless the user types it', async (key) => {
    const side = await editSide();
    expect(await side.refused(set('base', { [key]: '/bin/true' }))).toMatchObject({ code: 'bad-input' });
  });

  test('a command that the user types is written', async () => {
    const side = await editSide();
    await side.apply(set('default', { mfa_process: 'ykman oath code --single aws' }), true);
    expect(await side.config()).toContain('mfa_process = ykman oath code --single aws\n');
  });

  test.each([
    ['region', 'us-east-1.evil.tld'],
    ['region', 'us-east-1 '],
    ['region', 'US-EAST-1'],
    ['region', ''],
    ['region', 'eu-west-1\ncredential_process = touch /tmp/pwn'],
    ['region', 'eu-west-1\r[default]\rregion=x'],
    ['region', 'eu-west-1 #x'],
    ['output', 'xml'],
    ['sso_account_id', '1e11'],
    ['sso_account_id', '１２３４５６７８９０１２'],
    ['sso_role_name', 'a/b'],
    ['sso_role_name', 'Admin '],
    ['role_arn', 'arn:aws:iam::1:role/x'],
    ['role_arn', 'arn:aws:iam::123456789012:user/x'],
    ['role_arn', 'arn:aws:iam::123456789012:role/../x'],
    ['mfa_serial', 'arn:aws:iam::123456789012:mfa/a b;c'],
    ['duration_seconds', '899'],
    ['duration_seconds', '43201'],
    ['duration_seconds', '1e4'],
    ['external_id', '$(id)'],
    ['role_session_name', '; rm -rf ~'],
    ['source_profile', 'a\u2028b'],
    ['sso_session', 'a]\n[profile default'],
    ['retry_mode', 'always'],
    ['use_fips_endpoint', 'yes'],
  ])('%s = %j', async (key, value) => {
    const side = await editSide();
    const error = await side.refused(set('admin', { [key]: value }), true);
    expect(error).toMatchObject({ code: 'bad-input' });
    expect((error as Error).message).not.toContain(value === '' ? '\u0000' : value);
  });

  test('a change by which a profile would stop working', async () => {
    const side = await editSide();
    expect(await side.refused(set('deploy', { source_profile: 'nope' }))).toMatchObject({
      message: expect.stringMatching(/nope/) as string,
    });
    expect(await side.refused(set('deploy', { source_profile: 'deploy' }))).toMatchObject({ code: 'bad-input' });
    expect(await side.refused(set('admin', { sso_session: 'other' }))).toMatchObject({ code: 'bad-input' });
    expect(await side.refused(set('admin', {}, ['sso_role_name']))).toMatchObject({ code: 'bad-input' });
    expect(await side.refused(set('deploy', { credential_source: 'Environment' }))).toMatchObject({
      code: 'bad-input',
    });
  });

  test('a block of lines, which has no one value', async () => {
    const side = await editSide();
    expect(await side.refused(set('default', { s3: 'x' }), true)).toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/block/) as string,
    });
    await side.apply(set('default', {}, ['s3']));
    expect(await side.config()).toBe(CONFIG.replace('s3 =\n  max_concurrent_requests = 20\n', ''));
  });

  test('removing a key that [DEFAULT] sets for all', async () => {
    const side = await editSide('[DEFAULT]\noutput = text\n\n[profile x]\noutput = json\n', '');
    expect(await side.refused(set('x', {}, ['output']))).toMatchObject({
      message: expect.stringMatching(/DEFAULT/) as string,
    });
  });

  test('a file that the AWS CLI cannot read', async () => {
    const side = await editSide(`${CONFIG}\n[profile admin]\nregion = x\n`);
    expect(await side.refused(set('base', { region: 'eu-west-1' }))).toMatchObject({ code: 'file-unsafe' });
  });
});

test.each([
  'Prod\ncredential_process = touch /tmp/pwn',
  'a]\n[profile default]',
  'prod #1',
  'prod ;1',
  `it's "quoted" \\ back`,
  '__proto__',
  'constructor',
  'DEFAULT',
  'profile x',
  'sso-session x',
  'preview',
  '$(touch /tmp/pwn)',
  '; rm -rf ~ #',
  '-rf',
  '../../etc/passwd',
  'CON',
  'prod\u202Eved',
  '\uFEFFprod',
  'prоd',
  'a\u0085b',
  '\x1b[2J',
  ' x',
  '',
  'A'.repeat(65),
])('the profile name %j is refused, for a new profile and for a rename', async (name) => {
  const side = await editSide();
  expect(await side.refused({ kind: 'add', profile: name, set: {} })).toMatchObject({ code: 'bad-input' });
  expect(await side.refused({ kind: 'rename', profile: 'base', to: name })).toMatchObject({ code: 'bad-input' });
});

test('whatever was accepted, botocore and the JS SDK read alike', async () => {
  const side = await editSide();
  await side.apply(set('admin', { region: 'us-gov-west-1', sso_role_name: 'a+=,.@-b', output: 'yaml-stream' }));
  const text = await side.config();
  const botocore = readAsBotocore(parseIni(text), 'config').profiles.get('admin');
  const js = readAsJs(text, 'config').get('admin');
  for (const key of ['region', 'sso_role_name', 'output', 'sso_session']) {
    expect(js?.get(key)).toBe(botocore?.get(key));
  }
  expect(botocore?.get('sso_role_name')).toBe('a+=,.@-b');
});
