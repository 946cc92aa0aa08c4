import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DirectoryState } from '../../../../src/shared/app-state.ts';
import { parseIni, type IniDocument } from '../../../../src/core/files/ini-document.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { ProfileSync, type ProfileSyncParts } from '../../../../src/core/session/profiles/profile-sync.ts';
import { account, directoryWith, profileSide, type ProfileSide } from './profile-side.ts';

const SECTION = '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n';
const CONFIG = `# mine\n[default]\nregion = eu-west-1\n\n${SECTION}`;
const PROD = account('111111111111', 'Production', ['Admin', 'ReadOnly']);
const DEV = account('222222222222', 'Development', ['Admin']);

interface SyncSide extends ProfileSide {
  readonly sync: ProfileSync;
  directory: DirectoryState;
  again(): ProfileSync;
}

async function syncSide(
  changes: Partial<ProfileSyncParts> = {},
  config = CONFIG,
  credentials?: string,
): Promise<SyncSide> {
  const side = await profileSide(config, credentials);
  const now = { directory: directoryWith([PROD, DEV]) };
  const make = (): ProfileSync =>
    new ProfileSync({
      ...side,
      clock: systemClock(),
      statePath: join(side.rolecallHome, 'profile-sync.json'),
      directoryOf: () => Promise.resolve(now.directory),
      modeOf: () => 'shared',
      helperPath: '/opt/rolecall/rolecall',
      platform: 'linux',
      ...changes,
    });
  return Object.assign(now, side, { sync: make(), again: make });
}

describe('profile sync', () => {
  test('is shown first, as a diff with counts, and writes nothing then', async () => {
    const side = await syncSide();
    const report = await side.sync.preview({ ssoSession: 'corp' });
    expect(report.added).toEqual(['Development-Admin', 'Production-Admin', 'Production-ReadOnly']);
    expect(report.previews).toEqual([
      { file: side.configFile, applied: false, diff: expect.stringContaining('+[profile Production-Admin]') as string },
    ]);
    expect(await side.config()).toBe(CONFIG);
    await expect(stat(join(side.rolecallHome, 'profile-sync.json'))).rejects.toThrow('ENOENT');
  });

  test('writes the profiles, and an undo brings every byte back', async () => {
    const side = await syncSide();
    const report = await side.sync.apply({ ssoSession: 'corp', options: { region: 'eu-central-1', output: 'json' } });
    expect(report).toMatchObject({ unchanged: 0, skipped: 0, renamed: [], removed: [] });
    expect(report.added).toHaveLength(3);
    expect(await side.config()).toContain(
      '[profile Development-Admin]\nsso_session = corp\nsso_account_id = 222222222222\nsso_role_name = Admin\nregion = eu-central-1\noutput = json\n',
    );
    const [edit] = await side.undoLog.list();
    expect(edit).toMatchObject({ kind: 'sync-profiles', subject: 'corp', state: 'done', files: [side.configFile] });
    await side.undoLog.undo(edit?.id ?? '');
    expect(await side.config()).toBe(CONFIG);
  });

  test('keeps its options for the next time, also for another process', async () => {
    const side = await syncSide();
    await side.sync.apply({
      ssoSession: 'corp',
      options: { include: [{ account: 'prod*', role: '*' }], template: '{role}.{account}' },
    });
    const again = side.again();
    expect(await again.options('corp')).toMatchObject({ template: '{role}.{account}', prune: 'vanished' });
    const report = await again.preview({ ssoSession: 'corp' });
    expect(report).toMatchObject({ added: [], unchanged: 2, previews: [] });
  });

  test('for some roles alone, adds their profiles in one write; all others, and the rules for the next time, stay', async () => {
    const side = await syncSide();
    const include = [{ account: 'prod*', role: '*' }];
    await side.sync.apply({
      ssoSession: 'corp',
      options: { include, prune: 'left-out', template: '{role}.{account}' },
    });
    const before = await side.config();
    const roles = [
      { roleName: 'Admin', accountIds: ['222222222222', '111111111111', '999999999999'] },
      { roleName: 'Nobody', accountIds: ['222222222222'] },
    ];
    const shown = await side.again().preview({ ssoSession: 'corp', roles });
    expect(shown).toMatchObject({ added: ['Admin.Development'], removed: [], renamed: [], unchanged: 2, skipped: 0 });
    expect(shown.changedByUser).toEqual([]);
    const report = await side.again().apply({ ssoSession: 'corp', roles, options: { region: 'eu-west-3' } });
    expect(report).toMatchObject({ added: ['Admin.Development'], removed: [], unchanged: 2 });
    expect(await side.config()).toContain(before.trimEnd().split('\n').slice(0, -1).join('\n'));
    expect(await side.config()).toContain('[profile Admin.Development]');
    expect(await side.again().options('corp')).toMatchObject({
      include,
      prune: 'left-out',
      template: '{role}.{account}',
    });
    // It takes itself back as every edit does.
    const [edit] = await side.undoLog.list();
    await side.undoLog.undo(edit?.id ?? '');
    expect(await side.config()).toBe(before);
  });

  test('with nothing to do it writes nothing, its own memory included', async () => {
    const side = await syncSide();
    const file = join(side.rolecallHome, 'profile-sync.json');
    const request = { ssoSession: 'corp', options: { region: 'eu-central-1' } };
    await side.sync.apply(request);
    // Every write puts another file in its place.
    const { ino, mtimeMs } = await stat(file);
    await side.again().apply({ ssoSession: 'corp' });
    await side.again().setOptions('corp', await side.sync.options('corp'));
    expect(await stat(file)).toMatchObject({ ino, mtimeMs });
    await side.again().apply({ ssoSession: 'corp', options: { region: 'eu-west-1' } });
    expect((await stat(file)).ino).not.toBe(ino);
    expect(await side.again().options('corp')).toMatchObject({ region: 'eu-west-1' });
  });

  test('the names that it keeps are those of the last plan, where others wrote meanwhile', async () => {
    const side = await syncSide();
    const keptNames = async (): Promise<object> => {
      const text = await readFile(join(side.rolecallHome, 'state.json'), 'utf8').catch(() => '');
      return text === '' ? {} : (JSON.parse(text).value.corp.names as object);
    };
    const writtenTwice: ProfileSyncParts['files']['apply'] = async ([config], options) => {
      config?.edit(parseIni(CONFIG));
      options?.onWritten?.();
      // Before it is all over: this process may not live to see it.
      await expect.poll(async () => Object.values(await keptNames())).toContain('Development-Admin');
      config?.edit(parseIni(`${CONFIG}\n[profile Development-Admin]\nregion = eu-west-1\n`));
      return [];
    };
    const files = { ...side.files, apply: writtenTwice };
    const report = await (
      await syncSide({ files, statePath: join(side.rolecallHome, 'state.json') })
    ).sync.apply({
      ssoSession: 'corp',
    });
    const names = Object.values(await keptNames());
    expect(names).toEqual(report.named.map(({ profile }) => profile));
    expect(names).not.toContain('Development-Admin');
  });

  test('a renamed account renames its profile, also in the next process', async () => {
    const side = await syncSide();
    await side.sync.apply({ ssoSession: 'corp' });
    side.directory = directoryWith([{ ...PROD, name: 'Live' }, DEV]);
    const report = await side.again().apply({ ssoSession: 'corp' });
    expect(report.renamed).toEqual([
      { from: 'Production-Admin', to: 'Live-Admin' },
      { from: 'Production-ReadOnly', to: 'Live-ReadOnly' },
    ]);
  });

  test('profiles that start from a renamed one follow it, in both files, and an undo brings them back', async () => {
    const chained =
      '\n[profile deploy]\nrole_arn = arn:aws:iam::333333333333:role/D\nsource_profile = Production-Admin\n';
    const old = '[older]\nrole_arn = arn:aws:iam::333333333333:role/O\nsource_profile = Production-Admin\n';
    const side = await syncSide({}, CONFIG + chained, old);
    await side.sync.apply({ ssoSession: 'corp' });
    const before = await side.config();
    side.directory = directoryWith([{ ...PROD, name: 'Live' }, DEV]);
    const shown = await side.sync.preview({ ssoSession: 'corp' });
    expect(shown.previews.map(({ file }) => file)).toEqual([side.configFile, side.credentialsFile]);
    const { undoId = '' } = await side.sync.apply({ ssoSession: 'corp' });
    expect(await side.config()).toContain(chained.replace('Production-Admin', 'Live-Admin'));
    expect(await side.credentials()).toBe(old.replace('Production-Admin', 'Live-Admin'));
    await side.undoLog.undo(undoId);
    expect([await side.config(), await side.credentials()]).toEqual([before, old]);
  });

  test('an older edit beside the marks of the block can be undone, and the block stays whole', async () => {
    const side = await syncSide();
    const setRegion = async (header: string, region: string): Promise<string> => {
      const edits = [{ file: 'config', edit: (now: IniDocument) => now.setKey(header, 'region', region) } as const];
      const note = { kind: 'edit-profile', subject: header } as const;
      return (await side.undoLog.record(note, await side.files.apply(edits))) ?? '';
    };
    const above = await setRegion('sso-session corp', 'eu-south-1');
    side.directory = directoryWith([DEV]);
    await side.sync.apply({ ssoSession: 'corp' });
    const last = await setRegion('profile Development-Admin', 'eu-south-2');
    side.directory = directoryWith([DEV, PROD]);
    await side.sync.apply({ ssoSession: 'corp' });
    const before = await side.config();
    await side.undoLog.undo(above);
    await side.undoLog.undo(last);
    expect(await side.config()).toBe(before.replaceAll(/^region = eu-south-.\n/gm, ''));
    expect(await side.sync.preview({ ssoSession: 'corp' })).toMatchObject({ previews: [], unchanged: 3 });
  });

  test('an undo leaves what stands below the block below it', async () => {
    const mine = '\n[profile mine]\nregion = eu-south-1\n\n[profile other]\nregion = eu-south-2\n';
    const side = await syncSide();
    const change = async (edit: (document: IniDocument) => IniDocument): Promise<string> => {
      const undo = await side.files.apply([{ file: 'config', edit }]);
      return (await side.undoLog.record({ kind: 'edit-profile', subject: 'x' }, undo)) ?? '';
    };
    side.directory = directoryWith([DEV]);
    await side.sync.apply({ ssoSession: 'corp' });
    await writeFile(side.configFile, `${await side.config()}${mine}`);
    const changed = await change((now) => now.setKey('profile mine', 'region', 'eu-north-1'));
    side.directory = directoryWith([{ ...DEV, name: 'Test' }, PROD]);
    await side.sync.apply({ ssoSession: 'corp' });
    const before = await side.config();
    await side.undoLog.undo(changed);
    expect(await side.config()).toBe(before.replace('eu-north-1', 'eu-south-1'));

    const deleted = await change((now) => now.removeSection('profile other').removeSection('profile mine'));
    side.directory = directoryWith([DEV, PROD, account('333333333333', 'Zoo', ['Admin'])]);
    await side.sync.apply({ ssoSession: 'corp' });
    const synced = await side.config();
    await expect(side.undoLog.undo(deleted)).rejects.toMatchObject({ code: 'file-changed' });
    expect(await side.config()).toBe(synced);
  });

  test('an undo that would leave the block with two end marks is refused', async () => {
    const side = await syncSide();
    side.directory = directoryWith([DEV, account('333333333333', 'Gone', ['Admin'])]);
    await side.sync.apply({ ssoSession: 'corp' });
    side.directory = directoryWith([DEV]);
    const pruned = await side.sync.apply({ ssoSession: 'corp' });
    side.directory = directoryWith([DEV, PROD]);
    await side.sync.apply({ ssoSession: 'corp' });
    const before = await side.config();
    await expect(side.undoLog.undo(pruned.undoId ?? '')).rejects.toMatchObject({ code: 'file-changed' });
    expect(await side.config()).toBe(before);
  });

  test("a rename that was undone is not done again: the name is the user's now", async () => {
    const side = await syncSide();
    await side.sync.apply({ ssoSession: 'corp' });
    const before = await side.config();
    side.directory = directoryWith([{ ...PROD, name: 'Live' }, DEV]);
    await side.sync.apply({ ssoSession: 'corp' });
    await side.undoLog.undo((await side.undoLog.list())[0]?.id ?? '');
    expect(await side.config()).toBe(before);
    expect((await side.again().preview({ ssoSession: 'corp' })).renamed).toEqual([]);
  });

  test('names in the credentials file are taken', async () => {
    const side = await syncSide(
      {},
      CONFIG,
      '[Production-Admin]\naws_access_key_id = AKIA\naws_secret_access_key = hush\n',
    );
    const { added, previews } = await side.sync.preview({ ssoSession: 'corp' });
    expect(added).toContain('Production-Admin-111111111111');
    expect(JSON.stringify(previews)).not.toContain('hush');
  });

  test('vault mode writes profiles that ask the helper', async () => {
    const side = await syncSide({ modeOf: () => 'vault' });
    await side.sync.apply({ ssoSession: 'corp' });
    const text = await side.config();
    expect(text).toContain(
      '[profile Development-Admin]\ncredential_process = /opt/rolecall/rolecall credentials --profile Development-Admin\nrolecall_sso_session = corp\n',
    );
    expect(text).not.toMatch(/^sso_account_id/m);
  });

  test('takes all profiles of one Identity Center away again', async () => {
    const side = await syncSide();
    await side.sync.apply({ ssoSession: 'corp' });
    const [preview] = await side.sync.previewRemoval('corp');
    expect(preview?.diff).toContain('-[profile Production-Admin]');
    await side.sync.removeAll('corp');
    expect(await side.config()).toBe(CONFIG);
  });
});

describe('what is pruned', () => {
  const prunedWith = async (directory: DirectoryState, options = {}): Promise<readonly string[]> => {
    const side = await syncSide();
    await side.sync.apply({ ssoSession: 'corp' });
    side.directory = directory;
    return (await side.sync.preview({ ssoSession: 'corp', options })).removed;
  };

  test('profiles whose account or role is gone from a whole list', async () => {
    expect(await prunedWith(directoryWith([DEV]))).toEqual(['Production-Admin', 'Production-ReadOnly']);
    expect(await prunedWith(directoryWith([{ ...PROD, roles: ['Admin'] }, DEV]))).toEqual(['Production-ReadOnly']);
  });

  test.each<[string, DirectoryState]>([
    ['a list that was never read whole', directoryWith([DEV], { refreshedAt: undefined })],
    ['an account whose roles were not confirmed', directoryWith([{ ...PROD, roles: [], stale: true }, DEV])],
    ['an empty answer', directoryWith([])],
  ])('%s prunes nothing', async (_, directory) => {
    expect(await prunedWith(directory)).toEqual([]);
  });

  test('what the rules leave out stays unless it is asked to go', async () => {
    const exclude = [{ account: 'production', role: 'readonly' }];
    expect(await prunedWith(directoryWith([PROD, DEV]), { exclude })).toEqual([]);
    expect(await prunedWith(directoryWith([PROD, DEV]), { exclude, prune: 'left-out' })).toEqual([
      'Production-ReadOnly',
    ]);
    expect(await prunedWith(directoryWith([DEV]), { prune: 'nothing' })).toEqual([]);
  });
});

describe('what is refused', () => {
  const failing = async (request: Parameters<ProfileSync['apply']>[0], side?: SyncSide): Promise<unknown> => {
    const used = side ?? (await syncSide());
    const before = await used.config();
    const error: unknown = await used.sync.apply(request).catch((thrown: unknown) => thrown);
    expect(await used.config()).toBe(before);
    return error;
  };

  test('an Identity Center without a section', async () => {
    expect(await failing({ ssoSession: 'nope' })).toMatchObject({ code: 'not-found' });
  });

  test('accounts that were never read', async () => {
    const side = await syncSide();
    side.directory = directoryWith([], { refreshedAt: undefined });
    expect(await failing({ ssoSession: 'corp' }, side)).toMatchObject({
      code: 'bad-input',
      hint: expect.stringMatching(/refresh/) as string,
    });
  });

  test.each([
    ['region', { region: 'us-east-1.evil.tld' }],
    ['template', { template: 'all-the-same' }],
    ['template', { template: 'x'.repeat(300) }],
    ['output', { output: 'xml' as 'json' }],
  ])('a bad %s', async (_, options) => {
    expect(await failing({ ssoSession: 'corp', options })).toMatchObject({ code: 'bad-input' });
  });

  test('a block whose marks are broken', async () => {
    const side = await syncSide();
    await side.sync.apply({ ssoSession: 'corp' });
    await writeFile(side.configFile, (await side.config()).replace(/# <<< .*\n/, ''));
    expect(await failing({ ssoSession: 'corp' }, side)).toMatchObject({ code: 'file-unsafe' });
  });

  test('roles that no tool could use are skipped and counted', async () => {
    const side = await syncSide();
    side.directory = directoryWith([
      DEV,
      account('1e11', 'Odd', ['Admin']),
      account('333333333333', 'Odd', ['a\nb', 'Admin']),
    ]);
    const report = await side.sync.apply({ ssoSession: 'corp' });
    expect(report).toMatchObject({ skipped: 2, added: ['Development-Admin', 'Odd-Admin'] });
  });
});

test('a state file that cannot be read is put aside, and profiles are recognised all the same', async () => {
  const side = await syncSide();
  await side.sync.apply({ ssoSession: 'corp' });
  await writeFile(join(side.rolecallHome, 'profile-sync.json'), '{"version":1,"value":[');
  const report = await side.again().preview({ ssoSession: 'corp' });
  expect(report).toMatchObject({ added: [], removed: [], renamed: [], unchanged: 3 });
});

test('the credentials file is never touched', async () => {
  const credentials = '[x]\naws_secret_access_key = hush\n';
  const side = await syncSide({}, CONFIG, credentials);
  await side.sync.apply({ ssoSession: 'corp' });
  expect(await readFile(side.credentialsFile, 'utf8')).toBe(credentials);
});
