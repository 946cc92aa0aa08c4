import { describe, expect, test } from 'vitest';
import { ProfileEditor } from '../../../../src/core/session/profiles/edit-profile.ts';
import { profileBehindDefault } from '../../../../src/core/session/profiles/plan-default.ts';
import { planChain } from '../../../../src/core/session/resolve/plan-chain.ts';
import { profileSide, type ProfileSide } from './profile-side.ts';

const HELPER = '/opt/rolecall/rolecall';
const CONFIG = `[default]
# which one?
region = eu-west-1
role_arn = arn:aws:iam::333333333333:role/Old
source_profile = base
s3 =
  max_concurrent_requests = 20

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1

[profile admin]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Admin
region = us-east-1
output = json

[profile deploy]
role_arn = arn:aws:iam::222222222222:role/Deploy
source_profile = base
external_id = ab

[profile vault]
credential_process = ${HELPER} credentials --profile vault
rolecall_sso_session = corp
rolecall_sso_account_id = 111111111111
rolecall_sso_role_name = Admin

[profile empty]
region = eu-west-1
`;
const CREDENTIALS = '[base]\naws_access_key_id = AKIAEXAMPLEBASE12345\naws_secret_access_key = hush\n';

interface DefaultSide extends ProfileSide {
  makeDefault(profile: string): Promise<string>;
  behind(): Promise<string | undefined>;
}

async function defaultSide(config = CONFIG, credentials = CREDENTIALS): Promise<DefaultSide> {
  const side = await profileSide(config, credentials);
  const editor = new ProfileEditor({ ...side, helperPath: HELPER, platform: 'linux', modeOf: () => 'shared' });
  return {
    ...side,
    async makeDefault(profile) {
      return (await editor.apply({ kind: 'make-default', profile }, { isTyped: false })).undoId ?? '';
    },
    behind: async () => profileBehindDefault(await side.files.read(), 'linux'),
  };
}

describe('making a profile the default', () => {
  test('gives [default] its keys, region and output, and leaves all else there', async () => {
    const side = await defaultSide();
    expect(await side.behind()).toBeUndefined();
    const id = await side.makeDefault('admin');
    expect(await side.config()).toBe(
      CONFIG.replace(
        /region = eu-west-1\nrole_arn.*\nsource_profile.*\ns3 =\n  max_concurrent_requests = 20\n/,
        'region = us-east-1\ns3 =\n  max_concurrent_requests = 20\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\noutput = json\n',
      ),
    );
    expect(await side.behind()).toBe('admin');
    await side.undoLog.undo(id);
    expect(await side.config()).toBe(CONFIG);
  });

  test('a second choice replaces the first', async () => {
    const side = await defaultSide();
    await side.makeDefault('admin');
    await side.makeDefault('deploy');
    const profiles = await side.files.read();
    expect(profiles.profiles.find(({ name }) => name === 'default')).toMatchObject({
      kind: 'assume-role',
      jsKind: 'assume-role',
      roleArn: 'arn:aws:iam::222222222222:role/Deploy',
      externalId: 'ab',
      ssoSession: undefined,
      region: 'us-east-1',
    });
    expect(await side.behind()).toBe('deploy');
  });

  test('one that holds an access key, or is served by us, is asked for through our line', async () => {
    const side = await defaultSide();
    for (const profile of ['base', 'vault']) {
      await side.makeDefault(profile);
      expect(await side.config()).toContain(`credential_process = ${HELPER} credentials --profile ${profile}\n`);
      expect(await side.behind()).toBe(profile);
      const profiles = await side.files.read();
      expect(planChain({ profiles, platform: 'linux' }, 'default').source).toMatchObject({ profile });
    }
    expect(await side.credentials()).toBe(CREDENTIALS);
  });

  test('is made where there was none, and cleared from the credentials file', async () => {
    const side = await defaultSide(
      CONFIG.slice(CONFIG.indexOf('[sso-session')),
      `${CREDENTIALS}\n[default]\noutput = text\nrole_arn = x\n`,
    );
    await side.makeDefault('admin');
    expect(await side.config()).toMatch(/\[default\]\nsso_session = corp\n/);
    expect(await side.credentials()).toBe(`${CREDENTIALS}\n[default]\n`);
    expect((await side.files.read()).profiles.find(({ name }) => name === 'default')).toMatchObject({
      kind: 'sso',
      output: 'json',
    });
  });

  test('[profile default] is taken as it is written', async () => {
    const side = await defaultSide(CONFIG.replace('[default]', '[profile default]'));
    await side.makeDefault('admin');
    expect(await side.behind()).toBe('admin');
    expect(await side.config()).not.toContain('[default]');
  });

  test('any is refused while [default] is protected: its key would be known to no profile any more', async () => {
    const config = CONFIG.replace(
      /role_arn = .*333.*\nsource_profile = base\n/,
      `credential_process = ${HELPER} credentials --profile default\nrolecall_key = AKIAEXAMPLEKEPT12345\n`,
    );
    const side = await defaultSide(config);
    await expect(side.makeDefault('admin')).rejects.toMatchObject({ code: 'bad-input' });
    expect(await side.config()).toBe(config);
  });

  test.each([
    ['itself', 'default', CREDENTIALS, 'bad-input'],
    ['one without credentials', 'empty', CREDENTIALS, 'bad-input'],
    ['one that is not there', 'nope', CREDENTIALS, 'not-found'],
    [
      'any, while [default] holds a key',
      'admin',
      `${CREDENTIALS}\n[default]\naws_access_key_id = AKIA\naws_secret_access_key = hush\n`,
      'bad-input',
    ],
  ])('%s is refused', async (_, profile, credentials, code) => {
    const side = await defaultSide(CONFIG, credentials);
    await expect(side.makeDefault(profile)).rejects.toMatchObject({ code });
    expect([await side.config(), await side.credentials()]).toEqual([CONFIG, credentials]);
  });
});
