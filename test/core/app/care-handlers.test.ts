import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { CommandInput, CommandName, CommandResult } from '../../../src/shared/commands.ts';
import { coreOnSandbox, type CoreOnSandbox } from '../../helpers/core-on-sandbox.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

const CONFIG = `# mine
[default]
region   =   eu-west-1

[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access

[profile base]
sso_session = demo
sso_account_id = ${DEMO.accounts.development}
sso_role_name = AdministratorAccess

[profile chained]
role_arn = arn:aws:iam::222222222222:role/Deploy
source_profile = base
Region = eu-central-1
`;
const ONLY_DEVELOPMENT = { include: [{ account: DEMO.accounts.development, role: 'Admin*' }] };

let home: string;
let app: CoreOnSandbox;
let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
  home = await scratchFolder();
  await mkdir(join(home, '.aws'), { mode: 0o700 });
  await writeFile(join(home, '.aws', 'config'), CONFIG, { mode: 0o600 });
  app = await coreOnSandbox(sandbox, home);
});

const config = (): Promise<string> => readFile(join(home, '.aws', 'config'), 'utf8');

/** The value of a command that has to go well. */
async function done<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandResult<Name>> {
  const reply = await app.execute(name, input);
  if (!reply.ok) {
    throw new Error(`${name}: ${reply.failure.message}`);
  }
  return reply.value;
}

async function refused(name: CommandName, input: unknown): Promise<string> {
  const reply = await app.execute(name, input as never);
  return reply.ok ? 'not refused' : reply.failure.code;
}

async function signedInWithAccounts(): Promise<void> {
  await app.signIn('demo');
  await expect.poll(() => app.core.state.get().directories['demo']?.refreshedAt, { timeout: 10_000 }).toBeDefined();
}

describe('the sync of profiles', () => {
  test('shows counts, examples and the diff, writes only then, and says afterwards what it wrote', async () => {
    await signedInWithAccounts();
    const shown = await done('syncProfiles', { ssoSession: 'demo', ...ONLY_DEVELOPMENT, preview: true });
    expect(shown).toMatchObject({ added: 1, removed: 0, renamed: 0, unchanged: 0, applied: false, undoId: undefined });
    expect(shown.examples).toEqual([
      { account: 'Development', role: 'AdministratorAccess', profile: expect.any(String) },
    ]);
    expect(shown.previews[0]?.diff).toContain('+sso_role_name = AdministratorAccess');
    expect(await config()).toBe(CONFIG);

    const made = await done('syncProfiles', { ssoSession: 'demo', ...ONLY_DEVELOPMENT });
    expect(made).toMatchObject({ added: 1, applied: true, undoId: '1' });
    expect(made.previews.map(({ diff }) => diff)).toEqual(shown.previews.map(({ diff }) => diff));
    const name = made.examples[0]?.profile ?? '';
    expect(app.core.state.get().profiles.find((profile) => profile.name === name)).toMatchObject({ managed: true });

    await done('undoEdit', { id: made.undoId ?? '' });
    expect(await config()).toBe(CONFIG);
    expect(app.core.state.get().profiles.some((profile) => profile.name === name)).toBe(false);
  });

  test('tells what the user changed and keeps; the rules are as last time', async () => {
    await signedInWithAccounts();
    const { examples } = await done('syncProfiles', { ssoSession: 'demo', ...ONLY_DEVELOPMENT });
    const profile = examples[0]?.profile ?? '';
    await done('editProfile', { profile, to: 'mine', changes: { region: 'eu-central-1' } });
    const again = await done('syncProfiles', { ssoSession: 'demo', preview: true });
    expect(again).toMatchObject({ added: 0, unchanged: 1, changedByUser: 1, changedNames: ['mine'], previews: [] });
    expect(again.options.include).toEqual(ONLY_DEVELOPMENT.include);
    const exclude = [{ account: '', role: 'Admin*' }];
    const without = { ssoSession: 'demo', prune: 'left-out', exclude } as const;
    expect(await done('syncProfiles', { ...without, preview: true })).toMatchObject({
      removed: 1,
      removedNames: ['mine'],
    });
  });

  test('needs the accounts, and a template that names something', async () => {
    expect(await refused('syncProfiles', { ssoSession: 'demo' })).toBe('bad-input');
    await signedInWithAccounts();
    expect(await refused('syncProfiles', { ssoSession: 'demo', template: 'same' })).toBe('bad-input');
    expect(await refused('syncProfiles', { ssoSession: 'gone' })).not.toBe('not refused');
    expect(await config()).toBe(CONFIG);
  });
});

describe('an edit of a profile', () => {
  test('is shown, made, listed, and taken back byte for byte; so is the taking back', async () => {
    const edit = { profile: 'base', to: 'renamed', changes: { region: 'ap-northeast-1', output: 'json' } } as const;
    const shown = await done('editProfile', { ...edit, preview: true });
    expect(shown.previews[0]?.diff).toMatch(/-\[profile base\]\n\+\[profile renamed\]/);
    expect(await config()).toBe(CONFIG);

    const made = await done('editProfile', edit);
    const edited = await config();
    expect(edited).toContain('[profile renamed]\n');
    expect(edited).toContain('sso_role_name = AdministratorAccess\nregion = ap-northeast-1\noutput = json\n');
    expect(edited).toContain('source_profile = renamed\n');
    expect(await done('listEdits', {})).toMatchObject({
      edits: [{ id: made.undoId, what: 'edit-profile', subject: 'base', state: 'done' }],
    });

    const { undoId } = await done('undoEdit', { id: made.undoId ?? '' });
    expect(await config()).toBe(CONFIG);
    const { edits } = await done('listEdits', {});
    expect(edits.map(({ what, state }) => [what, state])).toEqual([
      ['undo', 'done'],
      ['edit-profile', 'undone'],
    ]);
    await done('undoEdit', { id: undoId ?? '' });
    expect(await config()).toBe(edited);
  });

  test('that renames alone is a rename', async () => {
    await done('editProfile', { profile: 'base', to: 'renamed' });
    expect((await done('listEdits', {})).edits).toMatchObject([{ what: 'rename-profile', subject: 'base' }]);
    expect(await config()).toBe(CONFIG.replace('[profile base]', '[profile renamed]').replace('= base', '= renamed'));
  });

  test.each([
    ['a program', { changes: { credential_process: '/bin/sh' } }],
    ['an address', { changes: { endpoint_url: 'https://evil.example' } }],
    ['a secret', { changes: { aws_secret_access_key: 'x' } }],
    ['a region that is none', { changes: { region: 'nowhere' } }],
    ['a line of its own', { changes: { region: 'us-east-1\n[default]' } }],
    ['a name that is taken', { to: 'chained' }],
    ['a name that no tool takes', { to: 'a b' }],
  ])('with %s is refused, whether shown or made', async (_, edit) => {
    expect(await refused('editProfile', { profile: 'base', ...edit, preview: true })).not.toBe('not refused');
    expect(await refused('editProfile', { profile: 'base', ...edit })).not.toBe('not refused');
    expect(await config()).toBe(CONFIG);
  });

  test('a removal is refused where another profile would stop working', async () => {
    expect(await refused('removeProfile', { profile: 'base', preview: true })).toBe('bad-input');
    await done('removeProfile', { profile: 'chained' });
    expect(await config()).not.toContain('chained');
  });
});

test('the default is a profile of the list, known as such, and undone', async () => {
  const isDefault = () => app.core.state.get().profiles.flatMap((each) => (each.isDefault ? [each.name] : []));
  expect(isDefault()).toEqual([]);
  const { previews } = await done('makeDefaultProfile', { profile: 'base', preview: true });
  expect(previews[0]?.diff).toContain('+sso_role_name = AdministratorAccess');
  const { undoId } = await done('makeDefaultProfile', { profile: 'base' });
  expect(await config()).toContain('[default]\nregion   =   eu-west-1\nsso_session = demo\n');
  expect(isDefault()).toEqual(['base']);
  await done('undoEdit', { id: undoId ?? '' });
  expect(await config()).toBe(CONFIG);
  expect(isDefault()).toEqual([]);
});

test('a view tells what each tool reads, where they differ, and the line', async () => {
  const view = await done('viewProfile', { profile: 'chained' });
  const file = join(home, '.aws', 'config');
  expect(view).toMatchObject({ awsCli: 'assume-role', jsSdk: 'assume-role' });
  expect(view.keys).toContainEqual({
    name: 'region',
    isSecret: false,
    awsCli: 'eu-central-1',
    jsSdk: undefined,
    agree: false,
    file,
    line: 18,
  });
  expect(view.keys.find(({ name }) => name === 'source_profile')).toMatchObject({ agree: true, line: 17 });
  const base = await done('viewProfile', { profile: 'base' });
  expect(base.keys).toContainEqual(expect.objectContaining({ name: 'sso_region', awsCli: DEMO.region, line: 5 }));
  expect(base.settable.find(({ key }) => key === 'output')?.choices).toContain('json');
  expect(await refused('viewProfile', { profile: 'gone' })).toBe('not-found');
});

test('vault mode goes on with a preview, and off without a byte lost', async () => {
  await app.signIn('demo');
  const mode = () => app.core.state.get().ssoSessions.map((session) => [session.mode, session.access.kind]);
  const { previews } = await done('setTokenMode', { ssoSession: 'demo', mode: 'vault', preview: true });
  expect(previews[0]?.diff).toContain('+credential_process = ');
  expect(await config()).toBe(CONFIG);
  await done('setTokenMode', { ssoSession: 'demo', mode: 'vault' });
  expect(mode()).toEqual([['vault', 'signed-in']]);
  // Its profiles still use it: without the section they would have nowhere to go back to.
  expect(await refused('removeSsoSession', { ssoSession: 'demo' })).toBe('bad-input');
  await done('setTokenMode', { ssoSession: 'demo', mode: 'shared' });
  expect(mode()).toEqual([['shared', 'signed-in']]);
  expect(await config()).toBe(CONFIG);
});

describe('a set-up for the team', () => {
  test('is given out without being written, or written where downloads go', async () => {
    const { text, savedAs } = await done('exportSetUp', { profiles: ['base'] });
    expect(JSON.parse(text)).toMatchObject({ ssoSessions: [{ name: 'demo' }], profiles: [{ name: 'base' }] });
    expect(savedAs).toBeUndefined();
    const saved = await done('exportSetUp', { profiles: ['base'], save: true });
    expect(saved.savedAs).toBe(join(home, 'rolecall-set-up.json'));
    expect(await readFile(saved.savedAs ?? '', 'utf8')).toBe(text);
  });

  test('is shown before it is taken over, and only what was shown is', async () => {
    const { text } = await done('exportSetUp', { profiles: ['base'] });
    const changed = text.replaceAll('base', 'team');
    expect(await refused('importSetUp', { sha256: '0'.repeat(64) })).toBe('not-found');
    const shown = await done('readSetUp', { source: { kind: 'text', text: changed } });
    expect(shown.items.map(({ kind, name, action }) => [kind, name, action])).toEqual([
      ['sso-session', 'demo', 'same'],
      ['profile', 'team', 'add'],
    ]);
    expect(shown.previews[0]?.diff).toContain('+[profile team]');
    expect(await config()).toBe(CONFIG);
    const made = await done('importSetUp', { sha256: shown.sha256 });
    expect(app.core.state.get().profiles.map(({ name }) => name)).toContain('team');
    await done('undoEdit', { id: made.undoId ?? '' });
    expect(await config()).toBe(CONFIG);
  });

  test.each([
    [{ kind: 'text', text: '{}' }],
    [{ kind: 'url', url: 'http://127.0.0.1/x.json' }],
    [{ kind: 'url', url: 'file:///etc/passwd' }],
    [{ kind: 'path', path: '/etc/passwd' }],
  ])('from %j is refused', async (source) => {
    expect(await refused('readSetUp', { source })).toBe('bad-input');
  });

  test('a path is not read where an address is wanted', async () => {
    await writeFile(join(home, 'team.json'), (await done('exportSetUp', {})).text);
    expect(await refused('readSetUp', { source: { kind: 'url', url: join(home, 'team.json') } })).not.toBe(
      'not refused',
    );
  });
});
