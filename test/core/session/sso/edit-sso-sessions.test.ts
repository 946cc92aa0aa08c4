import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { AlreadyExistsError, BadInputError, NotFoundError } from '../../../../src/core/model/errors.ts';
import { answerInBrowser, startSandbox } from '../../../helpers/sandbox.ts';
import { signInThrough, ssoUnderTest } from '../../../helpers/sso-under-test.ts';

const USER_CONFIG = '# mine\r\n[default]\r\nregion = eu-west-1\r\ns3 =\r\n  max_concurrent_requests = 20';
const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };

describe('adding an Identity Center', () => {
  test('writes the section as `aws configure sso` does and leaves every other byte', async () => {
    const under = await ssoUnderTest({ env, config: USER_CONFIG });
    const added = await under.ssoSessions.add({
      name: ' corp ',
      startUrl: 'https://corp.awsapps.com/start/#/',
      region: 'eu-central-1',
    });
    expect(added).toEqual({ id: 'corp' });
    const text = await readFile(under.paths.configFile, 'utf8');
    expect(text.startsWith(USER_CONFIG)).toBe(true);
    expect(text.slice(USER_CONFIG.length)).toBe(
      '\r\n\r\n[sso-session corp]\r\nsso_start_url = https://corp.awsapps.com/start\r\nsso_region = eu-central-1\r\nsso_registration_scopes = sso:account:access\r\n',
    );
    expect(await under.ssoSessions.access('corp')).toEqual({ kind: 'signed-out' });
  });

  test('a name that is taken, in any case, is refused', async () => {
    const under = await ssoUnderTest({ env });
    const before = await readFile(under.paths.configFile, 'utf8');
    for (const name of ['corp', 'CORP']) {
      await expect(
        under.ssoSessions.add({ name, startUrl: 'https://x.awsapps.com/start', region: 'us-east-1' }),
      ).rejects.toThrow(AlreadyExistsError);
    }
    expect(await readFile(under.paths.configFile, 'utf8')).toBe(before);
  });

  test.each([
    'a b',
    'a]',
    'a]\n[profile default]',
    'Prod\ncredential_process = touch /tmp/pwn',
    'prod #1',
    'prod ;1',
    '__proto__',
    'DEFAULT',
    'default',
    'profile',
    'sso-session x',
    '$(touch /tmp/pwn)',
    '-rf',
    '../x',
    'prоd',
    'pr\u200Bod',
    '',
    'x'.repeat(65),
  ])('the name %j is refused, nothing is written', async (name) => {
    const under = await ssoUnderTest({ env });
    const before = await readFile(under.paths.configFile, 'utf8');
    await expect(
      under.ssoSessions.add({ name, startUrl: 'https://x.awsapps.com/start', region: 'us-east-1' }),
    ).rejects.toThrow(BadInputError);
    expect(await readFile(under.paths.configFile, 'utf8')).toBe(before);
  });

  test.each([
    ['http://d-1.awsapps.com/start', 'us-east-1'],
    ['https://evil.tld/?x=.awsapps.com/start', 'us-east-1'],
    ['https://d-1.awsapps.com.evil.tld/start', 'us-east-1'],
    ['https://x.awsapps.com/start', 'us-east-1.evil.tld'],
    ['https://x.awsapps.com/start', ''],
    ['https://x.awsapps.com/start', 'us-east-1#'],
  ])('%s in %j is refused, nothing is written', async (startUrl, region) => {
    const under = await ssoUnderTest({ env });
    const before = await readFile(under.paths.configFile, 'utf8');
    await expect(under.ssoSessions.add({ name: 'new', startUrl, region })).rejects.toThrow(BadInputError);
    expect(await readFile(under.paths.configFile, 'utf8')).toBe(before);
  });
});

describe('removing one', () => {
  test('takes its section away and signs out', async () => {
    const sandbox = await startSandbox();
    const under = await ssoUnderTest({ sandbox });
    await signInThrough(under, answerInBrowser);
    await writeFile(
      under.paths.configFile,
      `[profile mine]\nregion = eu-west-1\n\n${await readFile(under.paths.configFile, 'utf8')}`,
    );
    await under.ssoSessions.remove('corp');
    expect(await readFile(under.paths.configFile, 'utf8')).toBe('[profile mine]\nregion = eu-west-1\n\n');
    await expect(under.readToken('corp')).rejects.toThrow(/ENOENT/);
    expect(sandbox.requests.count('sso.Logout')).toBe(1);
    await expect(under.ssoSessions.access('corp')).rejects.toThrow(NotFoundError);
  });

  test('is refused while profiles use it, and the sign-in stays', async () => {
    const config = `[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\n\n[profile admin]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n`;
    const under = await ssoUnderTest({ env, config });
    await expect(under.ssoSessions.remove('corp')).rejects.toThrow('admin');
    expect(await readFile(under.paths.configFile, 'utf8')).toBe(config);
  });

  test('of the legacy form names the profiles it stands in', async () => {
    const config = `[profile old]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = Admin\n`;
    const under = await ssoUnderTest({ env, config });
    await expect(under.ssoSessions.remove('https://corp.awsapps.com/start')).rejects.toThrow('old');
  });

  test('is noted, as adding is, and each can be taken back byte for byte', async () => {
    const under = await ssoUnderTest({ env, config: USER_CONFIG });
    const { ssoSessions, undoLog, paths } = under;
    await ssoSessions.add({ name: 'corp', startUrl: 'https://corp.awsapps.com/start', region: 'eu-central-1' });
    const added = await readFile(paths.configFile, 'utf8');
    await ssoSessions.remove('corp');
    const [removal, addition] = await undoLog.list();
    expect([removal, addition]).toMatchObject([
      { kind: 'remove-sso-session', subject: 'corp', state: 'done' },
      { kind: 'add-sso-session', subject: 'corp', state: 'done' },
    ]);
    await undoLog.undo(removal?.id ?? '');
    expect(await readFile(paths.configFile, 'utf8')).toBe(added);
    await undoLog.undo(addition?.id ?? '');
    expect(await readFile(paths.configFile, 'utf8')).toBe(USER_CONFIG);
  });

  test('one that is not there is told', async () => {
    const under = await ssoUnderTest({ env });
    await expect(under.ssoSessions.remove('nobody')).rejects.toThrow(NotFoundError);
  });
});
