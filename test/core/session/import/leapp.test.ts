import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { openLeappFile } from '../../../../src/core/session/import/leapp-file.ts';
import { hashedMachineId } from '../../../../src/core/session/import/machine-id.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';
import { importSide, MACHINE_ID, sealLeapp } from './import-side.ts';

const FILE = '.Leapp/Leapp-lock.json';

/** A workspace in the form of Leapp's classes as class-transformer writes them: https://github.com/Noovolari/leapp, packages/core/src/models. */
const WORKSPACE = {
  _workspaceVersion: 4,
  _defaultRegion: 'eu-west-1',
  _profiles: [
    { id: 'p-default', name: 'default' },
    { id: 'p-prod', name: 'prod' },
    { id: 'p-user', name: 'jump' },
  ],
  _awsSsoIntegrations: [
    {
      id: 'i-1',
      alias: 'Acme Corp',
      type: 'AWS SSO',
      isOnline: false,
      portalUrl: 'https://acme.awsapps.com/start/#/',
      region: 'eu-central-1',
      browserOpening: 'In-browser',
    },
  ],
  _pinned: ['s-prod', 's-audit'],
  _sessions: [
    {
      sessionId: 's-prod',
      sessionName: 'Production',
      status: 0,
      region: 'eu-west-1',
      type: 'awsSsoRole',
      email: 'aws+prod@acme.example',
      roleArn: 'arn:aws:iam::111122223333/AdministratorAccess',
      profileId: 'p-prod',
      awsSsoConfigurationId: 'i-1',
    },
    {
      sessionId: 's-staging',
      sessionName: 'Staging',
      status: 0,
      region: 'eu-west-1',
      type: 'awsSsoRole',
      roleArn: 'arn:aws:iam::222233334444/ReadOnlyAccess',
      profileId: 'p-default',
      awsSsoConfigurationId: 'i-1',
    },
    {
      sessionId: 's-user',
      sessionName: 'Jump user',
      status: 0,
      region: 'us-east-1',
      type: 'awsIamUser',
      mfaDevice: 'arn:aws:iam::999900001111:mfa/anna',
      profileId: 'p-user',
    },
    {
      sessionId: 's-audit',
      sessionName: 'audit role',
      status: 0,
      region: 'us-east-1',
      type: 'awsIamRoleChained',
      roleArn: 'arn:aws:iam::333344445555:role/Audit',
      parentSessionId: 's-prod',
      roleSessionName: 'assumed-from-leapp',
      profileId: 'p-default',
    },
    {
      sessionId: 's-from-user',
      sessionName: 'From user',
      status: 0,
      region: 'us-east-1',
      type: 'awsIamRoleChained',
      roleArn: 'arn:aws:iam::333344445555:role/Admin',
      parentSessionId: 's-user',
      profileId: 'p-default',
    },
    { sessionId: 's-azure', sessionName: 'Azure', status: 0, region: 'westeurope', type: 'azure' },
  ],
};

describe('a workspace of Leapp', () => {
  test('is opened with the id of the machine, as openssl itself would write it', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'plain'), JSON.stringify(WORKSPACE));
    const args = ['enc', '-aes-256-cbc', '-md', 'md5', '-base64', '-A', '-salt', '-pass', `pass:${MACHINE_ID}`];
    await promisify(execFile)('openssl', [...args, '-in', 'plain', '-out', 'sealed'], { cwd: folder });
    expect(openLeappFile(await readFile(join(folder, 'sealed'), 'utf8'), MACHINE_ID)).toEqual(WORKSPACE);
    expect(openLeappFile(sealLeapp(WORKSPACE), MACHINE_ID)).toEqual(WORKSPACE);
  });

  test('gives Identity Centers, profiles with their MFA devices, and pins; shown first, written then, undone byte for byte', async () => {
    const side = await importSide('# mine\n[default]\nregion = us-east-1\n');
    await side.put(FILE, sealLeapp(WORKSPACE));
    const preview = await side.toolImport.preview('leapp', { takeOver: false });
    expect(await side.config()).toBe('# mine\n[default]\nregion = us-east-1\n');
    expect(preview.previews[0]?.diff).toContain('+[sso-session Acme-Corp]');
    const report = await side.toolImport.apply('leapp', { takeOver: false });
    expect(await side.config()).toMatchInlineSnapshot(`
      "# mine
      [default]
      region = us-east-1

      [sso-session Acme-Corp]
      sso_start_url = https://acme.awsapps.com/start
      sso_region = eu-central-1
      sso_registration_scopes = sso:account:access

      [profile prod]
      sso_session = Acme-Corp
      sso_account_id = 111122223333
      sso_role_name = AdministratorAccess
      region = eu-west-1

      [profile audit-role]
      role_arn = arn:aws:iam::333344445555:role/Audit
      source_profile = prod
      region = us-east-1
      "
    `);
    expect(side.marks.value).toEqual({
      'sso:111122223333/AdministratorAccess/Acme-Corp': { pinned: true },
      'profile:audit-role': { pinned: true },
    });
    expect(report.items.filter(({ action }) => action === 'conflict')).toEqual([
      { kind: 'profile', name: 'From-user', action: 'conflict', why: 'The profile jump it starts from is not here.' },
    ]);
    expect(report.keys).toEqual([
      {
        profile: 'jump',
        command:
          '{ secret-tool lookup service Leapp account s-user-iam-user-aws-session-access-key-id; echo; secret-tool lookup service Leapp account s-user-iam-user-aws-session-secret-access-key; } | rolecall keys add jump',
      },
    ]);
    expect(report.notes).toEqual(['1 of the kind azure are left out: Rolecall has nothing of that kind.']);
    await side.undoLog.undo(report.undoId ?? '');
    expect(await side.config()).toBe('# mine\n[default]\nregion = us-east-1\n');
  });

  test('the file of Leapp is not touched, and a second import finds nothing to do', async () => {
    const side = await importSide('');
    const sealed = sealLeapp(WORKSPACE);
    await side.put(FILE, sealed);
    await side.toolImport.apply('leapp', { takeOver: false });
    expect(await readFile(join(side.home, FILE), 'utf8')).toBe(sealed);
    const again = await side.toolImport.preview('leapp', { takeOver: false });
    expect([again.previews, again.newMarks]).toEqual([[], []]);
  });

  test('an Identity Center that is here under another name keeps it', async () => {
    const side = await importSide(
      '[sso-session corp]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-central-1\nsso_registration_scopes = sso:account:access\n',
    );
    await side.put(FILE, sealLeapp(WORKSPACE));
    await side.toolImport.apply('leapp', { takeOver: false });
    expect(await side.config()).toContain('sso_session = corp');
    expect(await side.config()).not.toContain('Acme-Corp');
    expect(Object.keys(side.marks.value)).toContain('sso:111122223333/AdministratorAccess/corp');
  });

  test.each([
    ['made on another machine', sealLeapp(WORKSPACE, 'other'), /cannot be opened with the id of this machine/],
    ['not sealed', JSON.stringify(WORKSPACE), /form that is not known/],
    ['cut off', sealLeapp(WORKSPACE).slice(0, 200), /cannot be opened/],
    ['empty', '', /form that is not known/],
    ['another JSON', sealLeapp({ some: 'thing' }), /form that is not known/],
    ['a list', sealLeapp([1, 2]), /form that is not known/],
  ])('one that is %s is told as such, and nothing is changed', async (_what, text, message) => {
    const side = await importSide('[default]\n');
    await side.put(FILE, text);
    const [found] = await side.toolImport.find();
    expect(found?.failure?.message).toMatch(message);
    await expect(side.toolImport.apply('leapp', { takeOver: false })).rejects.toThrow(message);
    expect(await side.config()).toBe('[default]\n');
  });

  test('entries that are odd or hostile cost only themselves, and reach neither the file nor a command line', async () => {
    const side = await importSide('');
    const [good] = WORKSPACE._sessions;
    await side.put(
      FILE,
      sealLeapp({
        ...WORKSPACE,
        _awsSsoIntegrations: [
          ...WORKSPACE._awsSsoIntegrations,
          { id: 'i-2', alias: 'Evil', portalUrl: 'https://evil.example/start', region: 'eu-central-1' },
          { id: 'i-3', alias: 'x]\n[profile y', portalUrl: 'https://x.awsapps.com/start', region: 'us-east-1' },
          { id: 4 },
        ],
        _profiles: [{ id: 'p-prod', name: 'a]\ncredential_process = rm -rf ~\n[b' }, 7],
        _sessions: [
          good,
          null,
          { ...good, sessionId: 's-2', awsSsoConfigurationId: 'i-2' },
          { sessionId: '$(touch /tmp/x); `id`', sessionName: '; rm -rf ~', type: 'awsIamUser', profileId: '' },
        ],
      }),
    );
    const report = await side.toolImport.apply('leapp', { takeOver: false });
    const config = await side.config();
    expect(config).not.toMatch(/^credential_process|evil|^\[profile y/m);
    expect(report.keys[0]?.command).not.toMatch(/[$`]|touch \/|rm -rf ~/);
    expect(report.notes.join(' ')).toMatch(/Evil is left out: its start URL is not one of AWS's own/);
  });
});

test('the id of a Linux machine is its first file, hashed as Leapp does', async () => {
  const folder = await scratchFolder();
  const file = join(folder, 'machine-id');
  await writeFile(file, '98912984C4E95CEB800003882A0485E4\n');
  const parts = {
    surroundings: { platform: 'linux' as const, env: {} },
    runProgram: () => Promise.reject(new Error('no program is needed')),
    linuxFiles: [join(folder, 'missing'), file],
  };
  // printf 98912984c4e95ceb800003882a0485e4 | sha256sum
  const { stdout } = await promisify(execFile)('sh', ['-c', 'printf 98912984c4e95ceb800003882a0485e4 | sha256sum']);
  expect(await hashedMachineId(parts)).toBe(stdout.slice(0, 64));
});

test.each([
  ['darwin', '    "IOPlatformUUID" = "0A1B2C3D-0000-1111-2222-333344445555"\n', '0a1b2c3d-0000-1111-2222-333344445555'],
  [
    'win32',
    '\r\n    MachineGuid    REG_SZ    0A1B2C3D-0000-1111-2222-333344445555\r\n',
    '0a1b2c3d-0000-1111-2222-333344445555',
  ],
] as const)('on %s it is read from what the system prints', async (platform, stdout, id) => {
  const { createHash } = await import('node:crypto');
  const parts = {
    surroundings: { platform, env: {} },
    runProgram: () => Promise.resolve({ kind: 'ended' as const, exitCode: 0, stdout, stderr: '' }),
  };
  expect(await hashedMachineId(parts)).toBe(createHash('sha256').update(id).digest('hex'));
});
