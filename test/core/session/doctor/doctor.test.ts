import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAwsNetwork } from '../../../../src/core/aws/client-config.ts';
import { folderBackups } from '../../../../src/core/files/aws-file-backups.ts';
import { awsPaths } from '../../../../src/core/files/aws-paths.ts';
import { ssoTokenCacheName } from '../../../../src/core/files/sso-token-cache.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { MemoryStore } from '../../../../src/core/secrets/memory-store.ts';
import { Doctor } from '../../../../src/core/session/doctor/doctor.ts';
import { createProfileTools, openVaultSessions } from '../../../../src/core/session/profiles/create-profile-tools.ts';
import { keptInMemory } from '../../../helpers/core-under-test.ts';
import { startSandbox } from '../../../helpers/sandbox.ts';
import { scratchSurroundings } from '../../../helpers/surroundings.ts';
import { directoryWith } from '../profiles/profile-side.ts';

const NEVER = new AbortController().signal;
const HELPER = '/opt/rolecall new/rolecall';
const READY = { backend: 'keyring', state: 'ready', message: '', hint: '' } as const;

interface Files {
  readonly config?: string;
  readonly credentials?: string;
  readonly env?: Record<string, string>;
}

/** A doctor over a home with these files. */
async function doctorOver({ config, credentials, env = {} }: Files = {}) {
  const surroundings = await scratchSurroundings({ clock: systemClock(), env: { AWS_REGION: 'eu-west-1', ...env } });
  const { homeDir, rolecallHome, clock } = surroundings;
  const paths = awsPaths({}, homeDir, 'linux');
  await mkdir(join(homeDir, '.aws'), { mode: 0o700 });
  for (const [path, text] of [
    [paths.configFile, config],
    [paths.credentialsFile, credentials],
  ] as const) {
    if (text !== undefined) {
      await writeFile(path, text, { mode: 0o600 });
    }
  }
  const network = createAwsNetwork({ env: surroundings.env, clock });
  onTestFinished(() => network.transport.close());
  const lockDir = join(rolecallHome, 'locks');
  const editor = { lockDir, clock, settleMs: 0, backups: folderBackups(join(rolecallHome, 'backups'), clock) };
  const vaultSessions = openVaultSessions(surroundings);
  const place = { surroundings, network, paths, helperPath: HELPER, vaultSessions };
  const tools = createProfileTools({
    ...place,
    editor,
    secretStore: new MemoryStore(),
    directoryOf: () => Promise.resolve(directoryWith([])),
    marks: keptInMemory({}),
    guardRules: keptInMemory([]),
  });
  const doctor = new Doctor({ ...place, ...tools, secretStore: () => READY });
  return {
    doctor,
    paths,
    vaultSessions,
    undoLog: tools.undoLog,
    config: () => readFile(paths.configFile, 'utf8'),
    credentials: () => readFile(paths.credentialsFile, 'utf8'),
    ids: async () => (await doctor.run({ offline: true, signal: NEVER })).findings.map(({ id }) => id),
  };
}

describe('the doctor', () => {
  test('finds nothing in an empty home and in one that is in order', async () => {
    expect(await (await doctorOver()).ids()).toEqual([]);
    const config =
      '[default]\nregion = eu-west-1\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n[profile a]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = A\n';
    expect(await (await doctorOver({ config, credentials: '' })).ids()).toEqual([]);
  });

  test('tells each problem of the files once, with its line, the worst first', async () => {
    const config =
      '[sso-session half]\nsso_region = eu-central-1\n\n[profile x]\nregion = a\nregion = b\nsso_session = gone\nsso_account_id = 1\nsso_role_name = A\nmfa_serial = arn:aws:iam::111111111111:mfa/x\n';
    const side = await doctorOver({ config });
    const { findings } = await side.doctor.run({ offline: true, signal: NEVER });
    const ids = findings.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(findings.find(({ id }) => id.startsWith('duplicate-key'))).toMatchObject({
      severity: 'error',
      file: side.paths.configFile,
      line: 6,
      why: expect.stringMatching(/every command of the AWS CLI/) as string,
      fix: { kind: 'mend-file', file: 'config' },
    });
    expect(ids.filter((id) => id.startsWith('sso-session-incomplete'))).toHaveLength(1);
    const ranks = findings.map(({ severity }) => ['error', 'warning', 'info'].indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
    expect(findings.every(({ title, why, hint }) => title !== '' && why !== '' && hint !== '')).toBe(true);
  });

  test('never tells a secret, however broken the files are', async () => {
    const secret = 'canarySecret';
    const credentials = `[profile a]\naws_access_key_id = AKIA\naws_secret_access_key = ${secret}\n[b]\naws_session_token = ${secret}\naws_secret_access_key: ${secret} # ${secret}\n  ${secret}\n[b]\nx`;
    const side = await doctorOver({ config: `[profile b]\naws_secret_access_key = ${secret}2\n`, credentials });
    expect(JSON.stringify(await side.doctor.run({ offline: true, signal: NEVER }))).not.toContain(secret);
  });

  test('asks the hosts of the Identity Centers there are, and STS where there are none', async () => {
    const sandbox = await startSandbox();
    const config = `[sso-session corp]\nsso_start_url = ${sandbox.startUrl}\nsso_region = ${sandbox.region}\n`;
    const side = await doctorOver({ config, env: await sandbox.proxyEnv() });
    expect((await side.doctor.run({ offline: false, signal: NEVER })).findings).toEqual([]);
    const down = await doctorOver({ env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' } });
    const { findings } = await down.doctor.run({ offline: false, signal: NEVER });
    expect(findings.map(({ id }) => id)).toEqual([
      'unreachable:127.0.0.1:1',
      'environment-endpoint:AWS_ENDPOINT_URL_STS',
    ]);
  });

  test('says what each finding is about, and where it was looked for', async () => {
    const config =
      '[sso-session half]\nsso_region = eu-central-1\n\n[profile x]\nsso_session = gone\nsso_account_id = 111111111111\nsso_role_name = A\n';
    const side = await doctorOver({ config, env: { AWS_PROFILE: 'nope', AWS_CA_BUNDLE: '/nowhere/ca.pem' } });
    const { findings } = await side.doctor.run({ offline: true, signal: NEVER });
    expect(findings.map(({ id, area, about }) => [id.split(':')[0], area, about])).toEqual(
      expect.arrayContaining([
        ['sso-session-missing', 'files', { kind: 'profile', name: 'x' }],
        ['sso-session-incomplete', 'files', { kind: 'sso-session', id: 'half' }],
        ['environment-profile-missing', 'environment', undefined],
        ['trust-file', 'network', undefined],
      ]),
    );
  });

  test('tells authorities that cannot be read once, and not again for every host', async () => {
    const side = await doctorOver({
      env: { AWS_CA_BUNDLE: '/nowhere/ca.pem', NODE_EXTRA_CA_CERTS: '/nowhere/ca.pem' },
    });
    const { findings } = await side.doctor.run({ offline: false, signal: NEVER });
    expect(findings.map(({ id }) => id)).toEqual(['trust-file:AWS_CA_BUNDLE', 'trust-file:NODE_EXTRA_CA_CERTS']);
  });

  test('shows what each family of tools makes of the profiles', async () => {
    const side = await doctorOver({ config: '[profile "a b"]\nregion = x\n' });
    const { views } = await side.doctor.run({ offline: true, signal: NEVER });
    expect(views).toEqual([{ profile: 'a b', awsCli: 'empty', jsSdk: undefined, agree: false }]);
  });
});

describe('fixes by one click', () => {
  test('a file that cannot be read is mended, shown first, and a copy is kept', async () => {
    const config = '\uFEFF[profile a]\nregion = x\n[profile a]\noutput = json\n';
    const side = await doctorOver({ config });
    const [id = ''] = await side.ids();
    const { previews } = await side.doctor.previewFix(id);
    expect(previews).toMatchObject([{ file: side.paths.configFile, applied: false }]);
    expect(await side.config()).toBe(config);
    const fixed = await side.doctor.applyFix(id);
    expect(fixed.previews).toEqual(previews.map((preview) => ({ ...preview, applied: true })));
    expect(await side.config()).toBe('[profile a]\nregion = x\noutput = json\n');
    expect(await side.ids()).toEqual([]);
    expect((await side.undoLog.list())[0]).toMatchObject({ kind: 'mend-file', files: [side.paths.configFile] });
    await side.undoLog.undo(fixed.undoId ?? '');
    expect(await side.config()).toBe(config);
  });

  test('a file that only a person can mend is left alone', async () => {
    const config = '[default]\nregion = a\n[profile my prod\nregion = b\n';
    const side = await doctorOver({ config });
    const [id = ''] = await side.ids();
    await expect(side.doctor.previewFix(id)).rejects.toMatchObject({ code: 'file-unsafe' });
    await expect(side.doctor.applyFix(id)).rejects.toMatchObject({ code: 'file-unsafe' });
    expect(await side.config()).toBe(config);
  });

  test('[profile x] in the credentials file becomes [x], its secret masked in the preview, and can be undone', async () => {
    const credentials = '[profile x]\naws_access_key_id = AKIAEXAMPLE000000001\naws_secret_access_key = hush\n';
    const side = await doctorOver({ credentials });
    const id = (await side.ids()).find((each) => each.startsWith('prefix-in-credentials-file')) ?? '';
    const { previews } = await side.doctor.applyFix(id);
    expect(JSON.stringify(previews)).not.toContain('hush');
    expect(await side.credentials()).toBe(credentials.replace('profile ', ''));
    await side.undoLog.undo((await side.undoLog.list())[0]?.id ?? '');
    expect(await side.credentials()).toBe(credentials);
  });

  test('[x] in the config file becomes [profile x]', async () => {
    const side = await doctorOver({ config: '[x]\nregion = a\n' });
    const { previews, undoId = '' } = await side.doctor.applyFix((await side.ids())[0] ?? '');
    expect(previews[0]?.diff).toContain('-[x]\n+[profile x]\n');
    expect(await side.config()).toBe('[profile x]\nregion = a\n');
    await side.undoLog.undo(undoId);
    expect(await side.config()).toBe('[x]\nregion = a\n');
  });

  test('lines that name a helper which is gone name the one that is here', async () => {
    const config = `[profile a]\ncredential_process = "/gone/old place/rolecall" credentials --profile a\nrolecall_sso_session = corp\n\n[profile b]\ncredential_process=/gone/rolecall credentials --sso-session corp --account 111111111111 --role A # mine\n\n[profile c]\ncredential_process = /gone/other credentials --profile c\n`;
    const side = await doctorOver({ config });
    const undoIds: string[] = [];
    for (const id of (await side.ids()).filter((each) => each.startsWith('helper-stale'))) {
      undoIds.unshift((await side.doctor.applyFix(id)).undoId ?? '');
    }
    expect(await side.config()).toBe(
      config.replace('"/gone/old place/rolecall"', `"${HELPER}"`).replace('=/gone/rolecall', `="${HELPER}"`),
    );
    for (const undoId of undoIds) {
      await side.undoLog.undo(undoId);
    }
    expect(await side.config()).toBe(config);
  });

  test('modes are narrowed, never widened; shown first, and can be undone', async () => {
    const side = await doctorOver({ credentials: '[a]\nregion = x\n' });
    const file = side.paths.credentialsFile;
    const mode = async () => (await stat(file)).mode & 0o777;
    await chmod(file, 0o444);
    const diff = '-mode 0444\n+mode 0400\n';
    expect((await side.doctor.previewFix(`mode:${file}`)).previews).toEqual([{ file, diff, applied: false }]);
    expect(await mode()).toBe(0o444);
    const { previews, undoId = '' } = await side.doctor.applyFix(`mode:${file}`);
    expect(previews).toEqual([{ file, diff, applied: true }]);
    expect(await mode()).toBe(0o400);
    expect((await side.ids()).filter((id) => id.startsWith('mode'))).toEqual([]);
    expect((await side.undoLog.undo(undoId)).previews).toMatchObject([{ file, diff: '-mode 0400\n+mode 0444\n' }]);
    expect(await mode()).toBe(0o444);
  });

  test('a mode that was changed again since is not undone', async () => {
    const side = await doctorOver({ credentials: '[a]\nregion = x\n' });
    const file = side.paths.credentialsFile;
    await chmod(file, 0o644);
    const { undoId = '' } = await side.doctor.applyFix(`mode:${file}`);
    await chmod(file, 0o640);
    await expect(side.undoLog.undo(undoId)).rejects.toMatchObject({ code: 'file-changed' });
    expect((await stat(file)).mode & 0o777).toBe(0o640);
  });

  test('a broken cache file is set aside, not deleted; shown first, and can be undone', async () => {
    const side = await doctorOver();
    await mkdir(side.paths.ssoCacheDir, { recursive: true, mode: 0o700 });
    const file = join(side.paths.ssoCacheDir, 'x.json');
    await writeFile(file, '{"half', { mode: 0o600 });
    await writeFile(`${file}.broken`, 'an older one', { mode: 0o600 });
    const diff = '-x.json\n+x.json.broken-2\n';
    expect((await side.doctor.previewFix('cache-broken:x.json')).previews).toEqual([{ file, diff, applied: false }]);
    const { previews, undoId = '' } = await side.doctor.applyFix('cache-broken:x.json');
    expect(previews).toEqual([{ file, diff, applied: true }]);
    expect((await readdir(side.paths.ssoCacheDir)).toSorted()).toEqual(['x.json.broken', 'x.json.broken-2']);
    expect(await readFile(`${file}.broken-2`, 'utf8')).toBe('{"half');
    expect(await side.ids()).toEqual([]);
    await side.undoLog.undo(undoId);
    expect(await readFile(file, 'utf8')).toBe('{"half');
  });

  test('a name that is taken again is never written over by undoing', async () => {
    const side = await doctorOver();
    await mkdir(side.paths.ssoCacheDir, { recursive: true, mode: 0o700 });
    const file = join(side.paths.ssoCacheDir, 'x.json');
    await writeFile(file, '{"half', { mode: 0o600 });
    const { undoId = '' } = await side.doctor.applyFix('cache-broken:x.json');
    await writeFile(file, '{}', { mode: 0o600 });
    await expect(side.undoLog.undo(undoId)).rejects.toMatchObject({ code: 'file-changed' });
    expect(await readFile(file, 'utf8')).toBe('{}');
  });

  test('what ended is removed; what holds, what renews and what changed meanwhile stays', async () => {
    const side = await doctorOver();
    const dir = side.paths.cliCacheDir;
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const credentials = (expiration: string) => JSON.stringify({ Credentials: { Expiration: expiration } });
    await writeFile(join(dir, 'old.json'), credentials('2020-01-01T00:00:00Z'), { mode: 0o600 });
    await writeFile(join(dir, 'good.json'), credentials('2099-01-01T00:00:00Z'), { mode: 0o600 });
    const { fix, previews } = await side.doctor.previewFix('cache-left-over');
    expect(fix).toEqual({ kind: 'remove-expired-files', paths: [join(dir, 'old.json')] });
    expect(previews).toEqual([{ file: dir, diff: '-old.json\n', applied: false }]);
    expect(await side.doctor.applyFix('cache-left-over')).toMatchObject({
      previews: [{ file: dir, diff: '-old.json\n', applied: true }],
      undoId: undefined,
    });
    expect(await readdir(dir)).toEqual(['good.json']);
  });

  test('vault mode takes in what came into the open', async () => {
    const config =
      '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n\n[profile new]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = A\n';
    const side = await doctorOver({ config });
    await side.vaultSessions.set('corp', 'vault');
    await mkdir(side.paths.ssoCacheDir, { recursive: true, mode: 0o700 });
    const token = join(side.paths.ssoCacheDir, ssoTokenCacheName('corp'));
    await writeFile(
      token,
      '{"startUrl":"https://corp.awsapps.com/start","region":"eu-central-1","accessToken":"x","expiresAt":"2099-01-01T00:00:00Z"}',
      { mode: 0o600 },
    );
    const ids = await side.ids();
    expect(ids).toEqual(expect.arrayContaining(['vault-open-profiles:corp', 'vault-open-token:corp']));
    await side.doctor.applyFix('vault-open-profiles:corp');
    await expect(stat(token)).rejects.toThrow('ENOENT');
    expect((await side.ids()).filter((id) => id.startsWith('vault'))).toEqual([]);
  });

  test('a finding that is gone, or has no fix, is refused', async () => {
    const side = await doctorOver({ env: { AWS_PROFILE: 'nope' } });
    await expect(side.doctor.applyFix('mode:/etc/shadow')).rejects.toMatchObject({ code: 'not-found' });
    await expect(side.doctor.previewFix('environment-profile-missing:AWS_PROFILE')).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
