import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Marks } from '../../../../src/shared/app-state.ts';
import { createHttpTransport } from '../../../../src/core/aws/http-transport.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { ProfileSync } from '../../../../src/core/session/profiles/profile-sync.ts';
import { parseSetUp, type SetUp } from '../../../../src/core/session/profiles/set-up.ts';
import { SetUpFile } from '../../../../src/core/session/profiles/set-up-file.ts';
import type { RoleRule } from '../../../../src/core/session/profiles/sync-options.ts';
import { keptInMemory } from '../../../helpers/core-under-test.ts';
import { testAuthority, type TestAuthority } from '../../../helpers/test-authority.ts';
import { account, directoryWith, profileSide, type ProfileSide } from './profile-side.ts';

const HELPER = '/opt/rolecall/rolecall';
const SECTION =
  '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\nsso_registration_scopes = sso:account:access\n';
const CONFIG = `${SECTION}
[profile admin]
sso_session = corp
sso_account_id = 111111111111
sso_role_name = Admin
region = eu-central-1

[profile deploy]
role_arn = arn:aws:iam::222222222222:role/Deploy
source_profile = admin
mfa_serial = arn:aws:iam::111111111111:mfa/alice
credential_process = /bin/canary-command
aws_secret_access_key = canary-secret

[profile guarded]
credential_process = ${HELPER} credentials --profile guarded
rolecall_sso_session = corp
rolecall_sso_account_id = 111111111111
rolecall_sso_role_name = ReadOnly
rolecall_key = canary-key
`;
const CREDENTIALS = '[deploy]\naws_access_key_id = canary-id\naws_session_token = canary-token\n';
const MARKS: Readonly<Record<string, Marks>> = {
  'sso:111111111111/Admin/corp': { alias: 'Production', colour: 'red', guarded: true, pinned: true, use: 'allow' },
  'account:corp/111111111111': { tags: ['prod'], use: 'ask' },
  'sso:111111111111/Admin/else': { alias: 'not ours' },
  'profile:admin': { alias: 'mine', order: 2 },
  'profile:private': { alias: 'private' },
};
const RULES: readonly RoleRule[] = [{ account: '*prod*', role: 'Admin*' }];

interface SetUpSide extends ProfileSide {
  readonly setUp: SetUpFile;
  readonly sync: ProfileSync;
  readonly marks: { value: Readonly<Record<string, Marks>> };
  readonly rules: { value: readonly RoleRule[] };
  readonly vaulted: Set<string>;
}

async function setUpSide(
  config = '',
  caFile?: string,
  kept: { marks?: typeof MARKS; rules?: typeof RULES } = {},
): Promise<SetUpSide> {
  const side = await profileSide(config, CREDENTIALS);
  const clock = systemClock();
  const vaulted = new Set<string>();
  const place = {
    helperPath: HELPER,
    platform: 'linux' as const,
    modeOf: (id: string) => (vaulted.has(id) ? ('vault' as const) : ('shared' as const)),
  };
  const directoryOf = () => Promise.resolve(directoryWith([account('111111111111', 'Production', ['Admin'])]));
  const sync = new ProfileSync({
    ...side,
    ...place,
    clock,
    directoryOf,
    statePath: join(side.rolecallHome, 'sync.json'),
  });
  const marks = keptInMemory<Readonly<Record<string, Marks>>>(kept.marks ?? {});
  const guardRules = keptInMemory<readonly RoleRule[]>(kept.rules ?? []);
  const env = caFile === undefined ? {} : { AWS_CA_BUNDLE: caFile };
  const transport = createHttpTransport({ env, clock });
  onTestFinished(() => transport.close());
  return {
    ...side,
    sync,
    marks,
    rules: guardRules,
    vaulted,
    setUp: new SetUpFile({
      ...side,
      ...place,
      sync,
      marks,
      guardRules,
      transport,
      env,
      downloadsDir: async () => side.home,
    }),
  };
}

const bytesOf = (setUp: unknown): Uint8Array => Buffer.from(JSON.stringify(setUp));
const EMPTY = { format: 'rolecall-set-up', version: 1 };
const PROFILE = {
  name: 'read',
  keys: { sso_session: 'corp', sso_account_id: '000000000001', sso_role_name: 'ReadOnly' },
};
const SESSION = { name: 'corp', startUrl: 'https://corp.awsapps.com/start', region: 'eu-central-1', scopes: [] };
const TEAM: SetUp = {
  ssoSessions: [SESSION],
  profileSync: [],
  profiles: [PROFILE],
  marks: { 'sso:000000000001/ReadOnly/corp': { alias: 'Reading', guarded: true } },
  guardRules: [...RULES],
};

describe('exporting', () => {
  test('holds Identity Centers, chosen profiles, marks, rules and how profiles are made', async () => {
    const side = await setUpSide(CONFIG, undefined, { marks: MARKS, rules: RULES });
    await side.sync.setOptions('corp', { ...(await side.sync.options('corp')), template: '{role}@{account}' });
    const setUp = await side.setUp.build({ profiles: ['admin', 'guarded'] });
    expect(setUp.ssoSessions).toEqual([{ ...SESSION, scopes: ['sso:account:access'] }]);
    expect(setUp.profileSync).toMatchObject([{ ssoSession: 'corp', options: { template: '{role}@{account}' } }]);
    expect(setUp.profiles).toEqual([
      {
        name: 'admin',
        keys: { region: 'eu-central-1', sso_session: 'corp', sso_account_id: '111111111111', sso_role_name: 'Admin' },
      },
      { name: 'guarded', keys: { sso_session: 'corp', sso_account_id: '111111111111', sso_role_name: 'ReadOnly' } },
    ]);
    expect(setUp.marks).toEqual({
      'sso:111111111111/Admin/corp': { alias: 'Production', colour: 'red', guarded: true },
      'account:corp/111111111111': { tags: ['prod'], use: 'ask' },
      'profile:admin': { alias: 'mine' },
    });
    expect(setUp.guardRules).toEqual(RULES);
  });

  test('never holds a secret, a key or a command, whatever is chosen', async () => {
    const side = await setUpSide(CONFIG, undefined, { marks: MARKS });
    const text = await side.setUp.exportText({ profiles: ['admin', 'deploy', 'guarded'], includesPersonal: true });
    expect(text).toContain('arn:aws:iam::111111111111:mfa/alice');
    expect(text).not.toContain('canary');
    expect(text).not.toContain('allow');
  });

  test("one person's own is left out unless it is asked for", async () => {
    const side = await setUpSide(CONFIG, undefined, { marks: MARKS });
    expect(await side.setUp.exportText({ profiles: ['deploy'] })).not.toContain('mfa');
    const own = await side.setUp.build({ profiles: ['admin'], includesPersonal: true });
    expect(own.marks['sso:111111111111/Admin/corp']).toMatchObject({ pinned: true });
  });

  test('what was exported is read back the same', async () => {
    const side = await setUpSide(CONFIG, undefined, { marks: MARKS, rules: RULES });
    const file = join(side.home, 'team.json');
    await side.setUp.exportTo(file, { profiles: ['admin', 'guarded'] }, { mayReplace: false });
    const loaded = await side.setUp.load(file);
    expect(loaded.setUp).toEqual(await side.setUp.build({ profiles: ['admin', 'guarded'] }));
    expect(loaded.sha256).toBe(
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    );
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await expect(side.setUp.exportTo(file, {}, { mayReplace: false })).rejects.toMatchObject({
      code: 'already-exists',
    });
    await side.setUp.exportTo(file, {}, { mayReplace: true });
  });

  test('what an import would refuse is left out, or told where it was asked for', async () => {
    const others = {
      domain: 'sso_start_url = https://sso.example.com/start\nsso_region = eu-central-1\n',
      nowhere: 'sso_start_url = https://corp.awsapps.com/start\nsso_region = eu\n',
    };
    const sections = Object.entries(others).map(([name, keys]) => `[sso-session ${name}]\n${keys}`);
    const scoped = CONFIG.replace('sso:account:access', 'sso:account:access, a/b');
    const marks = {
      'account:corp/111111111111': { alias: '\u{1F469}\u200D\u{1F4BB} dev', tags: ['\u202E', 'ok'] },
      'sso:111111111111/Admin/corp': { alias: '\u200B' },
    };
    const side = await setUpSide(`${scoped}\n${sections.join('\n')}`, undefined, { marks });
    const { setUp } = side.setUp.read(await side.setUp.exportText({}), 'a file');
    expect(setUp.ssoSessions).toEqual([{ ...SESSION, scopes: ['sso:account:access'] }]);
    expect(setUp.marks).toEqual({
      'account:corp/111111111111': { alias: '\u{1F469}\u{1F4BB} dev', tags: ['ok'] },
    });
    for (const name of Object.keys(others)) {
      await expect(side.setUp.exportText({ ssoSessions: [name] })).rejects.toThrow(name);
    }
  });

  test.each([
    ['profile', { profiles: ['two words'], holdsAll: true }, '[profile "two words"]\nregion = us-east-1\n'],
    ['Identity Center', { ssoSessions: ['two words'] }, SECTION.replace('sso-session corp', 'sso-session "two words"')],
  ])('a %s that was asked for by name and cannot be shared is told, not left out', async (what, choice, section) => {
    const side = await setUpSide(`${CONFIG}\n${section}`);
    await expect(side.setUp.exportText(choice)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining(`${what} two words cannot stand in a set-up file`) as string,
    });
    await side.setUp.exportText({ ...choice, ssoSessions: ['corp'], holdsAll: false });
  });

  test('more than an import takes is refused before a file is written', async () => {
    const names = Array.from({ length: 1_001 }, (_, at) => `many-${at}`);
    const many = names.map((name) => `[profile ${name}]\nregion = us-east-1\n`).join('\n');
    const ample = Object.fromEntries(
      names.map((name) => [`profile:${name}`, { tags: Array.from({ length: 32 }, (_, at) => `${at}`.repeat(30)) }]),
    );
    const side = await setUpSide(`${CONFIG}\n${many}`, undefined, { marks: ample });
    const file = join(side.home, 'team.json');
    const refusal = (profiles: readonly string[]) =>
      side.setUp.exportTo(file, { profiles }, { mayReplace: false }).catch((error: unknown) => error);
    expect(await refusal(names)).toMatchObject({
      code: 'bad-input',
      message: 'The set-up would hold 1001 profiles, and no import takes more than 1000.',
    });
    expect(await refusal(names.slice(0, 1_000))).toMatchObject({
      code: 'bad-input',
      message: 'No import would take this set-up. The set-up file is larger than 1 MB.',
    });
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await refusal(names.slice(0, 100))).toBeUndefined();
    expect((await side.setUp.load(file)).setUp.profiles).toHaveLength(100);
  });

  test('names that differ only in case: no import takes both, so one is left out, or told where both were asked for', async () => {
    const other = SECTION.replace('[sso-session corp]', '[sso-session Corp]');
    const side = await setUpSide(`${CONFIG}\n${other}\n[profile Admin]\nregion = us-east-1\n`);
    const { setUp } = side.setUp.read(await side.setUp.exportText({ profiles: ['Admin'] }), 'a file');
    expect([setUp.ssoSessions, setUp.profiles].map((each) => each.map(({ name }) => name))).toEqual([
      ['corp'],
      ['Admin'],
    ]);
    await expect(side.setUp.exportText({ profiles: ['admin', 'Admin'] })).rejects.toThrow(/differ only in case/);
    await expect(side.setUp.exportText({ ssoSessions: ['corp', 'Corp'] })).rejects.toThrow(/differ only in case/);
  });

  test('what is not there is told: a typing error would share nothing', async () => {
    const side = await setUpSide(CONFIG);
    for (const choice of [{ ssoSessions: ['crop'] }, { profiles: ['crop'] }]) {
      await expect(side.setUp.exportText(choice)).rejects.toMatchObject({
        code: 'not-found',
        message: expect.stringContaining('crop') as string,
      });
    }
  });

  test('is saved beside what is there, never over it', async () => {
    const side = await setUpSide(CONFIG);
    const [first, second] = [await side.setUp.save('one'), await side.setUp.save('two')];
    expect([first, second]).toEqual([
      join(side.home, 'rolecall-set-up.json'),
      join(side.home, 'rolecall-set-up-2.json'),
    ]);
    expect([await readFile(first, 'utf8'), await readFile(second, 'utf8')]).toEqual(['one', 'two']);
  });
});

describe('importing', () => {
  test('is shown first: each thing and the diff, and nothing is changed then', async () => {
    const side = await setUpSide('# mine\n');
    const report = await side.setUp.preview({ setUp: TEAM });
    expect(report.items).toEqual([
      { kind: 'sso-session', name: 'corp', action: 'add' },
      { kind: 'profile', name: 'read', action: 'add' },
    ]);
    expect(report.newMarks).toEqual([
      { key: 'sso:000000000001/ReadOnly/corp', marks: { alias: 'Reading', guarded: true } },
    ]);
    expect(report.newRules).toEqual(RULES);
    expect(report.previews[0]?.diff).toContain('+[sso-session corp]');
    expect([await side.config(), side.marks.value, side.rules.value]).toEqual(['# mine\n', {}, []]);
  });

  test('adds what is not here, and the files can be undone', async () => {
    const side = await setUpSide('# mine\n');
    const report = await side.setUp.apply({ setUp: TEAM, source: 'team.json' });
    expect(await side.config()).toBe(
      `# mine\n\n${SECTION}\n[profile read]\nsso_session = corp\nsso_account_id = 000000000001\nsso_role_name = ReadOnly\n`,
    );
    expect(side.marks.value).toEqual(TEAM.marks);
    expect(side.rules.value).toEqual(RULES);
    await side.undoLog.undo(report.undoId ?? '');
    expect(await side.config()).toBe('# mine\n');
  });

  test('done twice adds nothing more', async () => {
    const side = await setUpSide();
    await side.setUp.apply({ setUp: TEAM, source: 'team.json' });
    const report = await side.setUp.apply({ setUp: TEAM, source: 'team.json' });
    expect(report).toMatchObject({ previews: [], newMarks: [], newRules: [], undoId: undefined });
    expect(report.items.map(({ action }) => action)).toEqual(['same', 'same']);
  });

  test('what is here wins: other Identity Centers and profiles of the same name stay, and what hangs on them is left out', async () => {
    const config = CONFIG.replace('corp.awsapps', 'other.awsapps');
    const side = await setUpSide(config);
    const report = await side.setUp.apply({
      source: 'team.json',
      setUp: {
        ...TEAM,
        marks: { ...TEAM.marks, 'profile:read': { guarded: true }, 'profile:admin': { alias: 'Theirs' } },
        profileSync: [{ ssoSession: 'corp', options: await side.sync.options('corp') }],
        profiles: [
          PROFILE,
          { name: 'admin', keys: { region: 'us-east-1' } },
          { name: 'chained', keys: { role_arn: 'arn:aws:iam::222222222222:role/D', source_profile: 'nobody' } },
        ],
      },
    });
    expect(report.items.map(({ kind, name, action }) => [kind, name, action])).toEqual([
      ['sso-session', 'corp', 'conflict'],
      ['profile', 'read', 'conflict'],
      ['profile', 'admin', 'conflict'],
      ['profile', 'chained', 'conflict'],
      ['profile-sync', 'corp', 'conflict'],
    ]);
    expect(report.items.every(({ why }) => why !== undefined)).toBe(true);
    expect([await side.config(), side.marks.value]).toEqual([config, {}]);
  });

  test('profiles that start from one that is left out are left out too, and the rest is imported', async () => {
    const role = (source: string) => ({ role_arn: 'arn:aws:iam::222222222222:role/D', source_profile: source });
    const side = await setUpSide(CONFIG.replace('corp.awsapps', 'other.awsapps'));
    const report = await side.setUp.apply({
      source: 'team.json',
      setUp: {
        ...TEAM,
        profiles: [
          { name: 'second', keys: role('first') },
          { name: 'first', keys: role('read') },
          PROFILE,
          { name: 'admin', keys: { region: 'us-east-1' } },
          { name: 'elsewhere', keys: role('admin') },
          { name: 'mine', keys: role('guarded') },
        ],
      },
    });
    expect(report.items.slice(1).map(({ name, action }) => [name, action])).toEqual([
      ['second', 'conflict'],
      ['first', 'conflict'],
      ['read', 'conflict'],
      ['admin', 'conflict'],
      ['elsewhere', 'conflict'],
      ['mine', 'add'],
    ]);
    expect(report.items.find(({ name }) => name === 'second')?.why).toBe(
      'The profile first it starts from is left out, or another here.',
    );
    expect(await side.config()).toContain('[profile mine]');
  });

  test("the user's marks stay; guards are added, never taken away, and leave to use a role unasked is not taken", async () => {
    const key = 'sso:000000000001/ReadOnly/corp';
    const side = await setUpSide('', undefined, { marks: { [key]: { alias: 'Mine', guarded: false, use: 'refuse' } } });
    await side.setUp.apply({
      setUp: { ...TEAM, marks: { [key]: { alias: 'Theirs', guarded: true, use: 'ask', colour: 'red' } } },
      source: 'x',
    });
    expect(side.marks.value[key]).toEqual({ alias: 'Mine', guarded: true, use: 'refuse', colour: 'red' });
    const again = await setUpSide('', undefined, { marks: { [key]: { guarded: true } } });
    await again.setUp.apply({ setUp: { ...TEAM, marks: { [key]: { guarded: false } } }, source: 'x' });
    expect(again.marks.value[key]).toEqual({ guarded: true });
    expect(() => parseSetUp(bytesOf({ ...EMPTY, marks: { [key]: { use: 'allow' } } }))).toThrow(/marks/);
  });

  test('profiles of an Identity Center in vault mode are written in its form', async () => {
    const side = await setUpSide(SECTION);
    side.vaulted.add('corp');
    await side.setUp.apply({ setUp: TEAM, source: 'x' });
    expect(await side.config()).toContain(
      `[profile read]\ncredential_process = ${HELPER} credentials --profile read\nrolecall_sso_session = corp\n`,
    );
    expect((await side.setUp.preview({ setUp: TEAM })).items.map(({ action }) => action)).toEqual(['same', 'same']);
  });

  test('a profile that would not work here is refused as a whole', async () => {
    const side = await setUpSide();
    const setUp = {
      ...TEAM,
      profiles: [{ name: 'half', keys: { sso_session: 'corp', sso_account_id: '000000000001' } }],
    };
    await expect(side.setUp.apply({ setUp, source: 'x' })).rejects.toMatchObject({ code: 'bad-input' });
    expect([await side.config(), side.marks.value, side.rules.value]).toEqual(['', {}, []]);
  });
});

describe('what is refused', () => {
  test.each<[string, unknown]>([
    ['another format', { format: 'else', version: 1 }],
    ['a newer version', { ...EMPTY, version: 2 }],
    ['no object', []],
    ['a foreign start URL', { ...EMPTY, ssoSessions: [{ ...SESSION, startUrl: 'https://portal.example.com/' }] }],
    [
      'a start URL that dresses as AWS',
      { ...EMPTY, ssoSessions: [{ ...SESSION, startUrl: 'https://corp.awsapps.com.evil.tld/start' }] },
    ],
    ['http', { ...EMPTY, ssoSessions: [{ ...SESSION, startUrl: 'http://corp.awsapps.com/start' }] }],
    [
      'a start URL with a line break',
      { ...EMPTY, ssoSessions: [{ ...SESSION, startUrl: 'https://corp.awsapps.com/start\ncredential_process = x' }] },
    ],
    ['a bad region', { ...EMPTY, ssoSessions: [{ ...SESSION, region: 'us-east-1.evil.tld' }] }],
    ['a bad session name', { ...EMPTY, ssoSessions: [{ ...SESSION, name: 'a]\n[default' }] }],
    ['bad scopes', { ...EMPTY, ssoSessions: [{ ...SESSION, scopes: ['a\nb'] }] }],
    ['a session twice', { ...EMPTY, ssoSessions: [SESSION, { ...SESSION, name: 'CORP' }] }],
    ['a profile twice', { ...EMPTY, profiles: [PROFILE, PROFILE] }],
    ['the profile default', { ...EMPTY, profiles: [{ ...PROFILE, name: 'default' }] }],
    ['the profile __proto__', { ...EMPTY, profiles: [{ ...PROFILE, name: '__proto__' }] }],
    ['a command', { ...EMPTY, profiles: [{ name: 'x', keys: { credential_process: 'touch /tmp/pwn' } }] }],
    ['another command', { ...EMPTY, profiles: [{ name: 'x', keys: { mfa_process: 'touch /tmp/pwn' } }] }],
    ['a pager', { ...EMPTY, profiles: [{ name: 'x', keys: { cli_pager: 'touch /tmp/pwn' } }] }],
    ['an endpoint', { ...EMPTY, profiles: [{ name: 'x', keys: { endpoint_url: 'https://evil.tld' } }] }],
    ['authorities', { ...EMPTY, profiles: [{ name: 'x', keys: { ca_bundle: '/tmp/evil.pem' } }] }],
    ['a key', { ...EMPTY, profiles: [{ name: 'x', keys: { aws_access_key_id: 'AKIA' } }] }],
    ['a secret', { ...EMPTY, profiles: [{ name: 'x', keys: { aws_secret_access_key: 'x' } }] }],
    ['our own keys', { ...EMPTY, profiles: [{ name: 'x', keys: { rolecall_key: 'x' } }] }],
    ['a value of two lines', { ...EMPTY, profiles: [{ name: 'x', keys: { external_id: 'ab\n[default]' } }] }],
    ['a template without a place', { ...EMPTY, profileSync: [{ ssoSession: 'corp', options: { region: '../x' } }] }],
    ['a mark for nothing', { ...EMPTY, marks: { nonsense: {} } }],
    ['a mark for an account that is none', { ...EMPTY, marks: { 'sso:1/Admin/corp': {} } }],
    ['a mark with a line break', { ...EMPTY, marks: { 'profile:a\nb': {} } }],
    ['an alias that turns text around', { ...EMPTY, marks: { 'profile:x': { alias: 'dev\u202Edorp' } } }],
    ['an alias with terminal escapes', { ...EMPTY, marks: { 'profile:x': { alias: '\u001b[2J' } } }],
    ['too many rules', { ...EMPTY, guardRules: Array.from({ length: 201 }, () => RULES[0]) }],
    ['a number for text', { ...EMPTY, profiles: [{ name: 1, keys: {} }] }],
  ])('a set-up with %s', (_, setUp) => {
    expect(() => parseSetUp(bytesOf(setUp))).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  test.each([
    ['nothing', ''],
    ['half a file', JSON.stringify({ ...EMPTY, profiles: [PROFILE] }).slice(0, -9)],
    ['a web page', '<!doctype html><html>'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])],
    ['200,000 brackets', '['.repeat(200_000)],
    ['2 MB', JSON.stringify({ ...EMPTY, pad: 'x'.repeat(2_000_000) })],
  ])('%s', (_, text) => {
    expect(() => parseSetUp(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  test('__proto__ in JSON pollutes nothing', () => {
    const text = `{"format":"rolecall-set-up","version":1,"__proto__":{"polluted":1},"marks":{"__proto__":{"guarded":true}}}`;
    expect(() => parseSetUp(Buffer.from(text))).not.toThrow(TypeError);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['guarded']).toBeUndefined();
  });

  test('a path that is not there', async () => {
    const side = await setUpSide();
    await expect(side.setUp.load(join(side.home, 'nope.json'))).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each([
    'http://team.example.com/x.json',
    'file:///etc/passwd',
    'ftp://x/y',
    'https://user:pass@team.example.com/x.json',
    'https://signin.aws.amazon.com@evil.tld/',
    'https://evil.tld\\@team.example.com/',
    'https://team.example.com/ x',
    `https://team.example.com/${'x'.repeat(3_000)}`,
    'https://',
  ])('the address %s', async (address) => {
    const side = await setUpSide();
    await expect(side.setUp.load(address)).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('from an https address', () => {
  let authority: TestAuthority;
  let caFile: string;
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    authority = await testAuthority();
    const { certificate, key } = await authority.issue(['127.0.0.1']);
    server = createServer({ cert: certificate, key }, (request, response) => answer(request, response));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await authority.remove();
  });

  const sideWithTrust = async (): Promise<SetUpSide> => {
    const side = await setUpSide();
    caFile = join(side.home, 'ca.pem');
    await writeFile(caFile, authority.certificate);
    return setUpSide('', caFile);
  };
  const body = JSON.stringify({ ...EMPTY, ...TEAM });

  test('is read, with the SHA-256 of its bytes, and refused where another was expected', async () => {
    answer = (_, response) => response.end(body);
    const side = await sideWithTrust();
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect(await side.setUp.load(`${url}/team.json`)).toEqual({ setUp: TEAM, sha256, source: `${url}/team.json` });
    await side.setUp.load(`${url}/team.json`, { expectedSha256: sha256.toUpperCase() });
    await expect(side.setUp.load(`${url}/team.json`, { expectedSha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  test('an address may end in the fingerprint, which then has to be that of the content', async () => {
    const paths: (string | undefined)[] = [];
    answer = (request, response) => {
      paths.push(request.url);
      response.end(body);
    };
    const side = await sideWithTrust();
    const sha256 = createHash('sha256').update(body).digest('hex');
    expect((await side.setUp.load(`${url}/team.json#sha256=${sha256.toUpperCase()}`)).sha256).toBe(sha256);
    expect(paths).toEqual(['/team.json']);
    for (const fragment of [`sha256=${'0'.repeat(64)}`, 'sha256=', `sha256=${sha256}0`, 'top']) {
      await expect(side.setUp.load(`${url}/team.json#${fragment}`)).rejects.toMatchObject({ code: 'bad-input' });
    }
  });

  test('follows its own host only', async () => {
    answer = (request, response) =>
      request.url === '/old' ? response.writeHead(302, { location: '/new' }).end() : response.end(body);
    const side = await sideWithTrust();
    expect((await side.setUp.load(`${url}/old`)).source).toBe(`${url}/new`);
    for (const location of [
      'https://evil.tld/x',
      'http://127.0.0.1/x',
      // The same host, but no longer vouched for.
      `${url.replace('https:', 'http:')}/x`,
      `${url.replace('127.0.0.1', 'localhost')}/x`,
      'file:///etc/passwd',
      '//169.254.169.254/x',
      '',
    ]) {
      answer = (_, response) => response.writeHead(302, { location }).end();
      await expect(side.setUp.load(`${url}/old`)).rejects.toMatchObject({ code: 'bad-input' });
    }
  });

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['a redirect without end', (response) => response.writeHead(302, { location: '/again' }).end(), 'bad-input'],
    ['404', (response) => response.writeHead(404).end(body), 'bad-input'],
    ['a log-in page', (response) => response.end('<html>log in</html>'), 'bad-input'],
    ['2 MB', (response) => response.end(JSON.stringify({ ...EMPTY, pad: 'x'.repeat(2_000_000) })), 'bad-input'],
    ['8 MB', (response) => response.end('x'.repeat(8_000_000)), 'aws-unavailable'],
  ])('%s is refused', async (_, reply, code) => {
    answer = (_request, response) => reply(response);
    const side = await sideWithTrust();
    await expect(side.setUp.load(`${url}/team.json`)).rejects.toMatchObject({ code });
  });

  test('a certificate of an unknown authority is refused', async () => {
    answer = (_, response) => response.end(body);
    const side = await setUpSide();
    await expect(side.setUp.load(`${url}/team.json`)).rejects.toMatchObject({
      code: 'aws-unavailable',
      message: expect.stringMatching(/certificate/) as string,
    });
  });
});
