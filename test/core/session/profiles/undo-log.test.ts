import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { IniDocument } from '../../../../src/core/files/ini-document.ts';
import { mendFile } from '../../../../src/core/session/doctor/mend-file.ts';
import { UndoLog, type EditNote } from '../../../../src/core/session/profiles/undo-log.ts';
import { profileSide, type ProfileSide } from './profile-side.ts';

const CONFIG = '[profile a]\nregion = eu-west-1\n\n[profile b]\nregion = eu-west-2\n';
const NOTE: EditNote = { kind: 'edit-profile', subject: 'a' };

/** Makes an edit of the config file and notes it. */
async function edit(side: ProfileSide, change: (document: IniDocument) => IniDocument, note = NOTE): Promise<string> {
  const undo = await side.files.apply([{ file: 'config', edit: change }]);
  return (await side.undoLog.record(note, undo)) ?? '';
}

const setRegion = (profile: string, region: string) => (document: IniDocument) =>
  document.setKey(`profile ${profile}`, 'region', region);

describe('the log of edits', () => {
  test('tells what was done, to which file and when, newest first', async () => {
    const side = await profileSide(CONFIG);
    await edit(side, setRegion('a', 'us-east-1'));
    await edit(side, setRegion('b', 'us-east-2'), { kind: 'sync-profiles', subject: 'corp' });
    const list = await side.undoLog.list();
    expect(list).toMatchObject([
      { id: '2', kind: 'sync-profiles', subject: 'corp', state: 'done' },
      { id: '1', kind: 'edit-profile', subject: 'a', state: 'done', files: [side.configFile] },
    ]);
    expect(list.every(({ at }) => Math.abs(Date.now() - at.getTime()) < 60_000)).toBe(true);
  });

  test('shows what taking back would change, and changes nothing then', async () => {
    const side = await profileSide(CONFIG);
    const id = await edit(side, setRegion('a', 'us-east-1'));
    const after = await side.config();
    const previews = await side.undoLog.preview(id);
    expect(previews).toMatchObject([{ file: side.configFile, applied: false }]);
    expect(previews[0]?.diff).toContain('-region = us-east-1\n+region = eu-west-1');
    expect(await side.config()).toBe(after);
  });

  test('takes an older edit back and leaves a newer one alone', async () => {
    const side = await profileSide(CONFIG);
    const first = await edit(side, setRegion('a', 'us-east-1'));
    await edit(side, setRegion('b', 'us-east-2'));
    await side.undoLog.undo(first);
    expect(await side.config()).toBe(CONFIG.replace('eu-west-2', 'us-east-2'));
  });

  test('takes an edit back and leaves the comments that were written into its section since', async () => {
    const side = await profileSide(CONFIG);
    const id = await edit(side, setRegion('a', 'us-east-1'));
    const commented = (await side.config()).replace('[profile a]\n', '[profile a]\n# careful\n');
    await writeFile(side.configFile, commented);
    await side.undoLog.undo(id);
    expect(await side.config()).toBe(commented.replace('us-east-1', 'eu-west-1'));
  });

  test('a section that stood twice, or does by now, is not lost: nothing is done instead', async () => {
    const twice = `${CONFIG}\n[profile a]\noutput = json\n`;
    const mended = await profileSide(twice);
    const undo = await mended.files.apply([{ file: 'config', edit: (document) => mendFile(document, 'config') }], {
      repairs: true,
    });
    const id = await mended.undoLog.record({ kind: 'mend-file', subject: 'x' }, undo);
    const since = `${await mended.config()}\n[profile c]\nregion = us-east-1\n`;
    await writeFile(mended.configFile, since);
    await expect(mended.undoLog.undo(id ?? '')).rejects.toMatchObject({ code: 'file-unsafe' });
    expect(await mended.config()).toBe(since);

    const pasted = await profileSide(CONFIG);
    const other = await edit(pasted, setRegion('a', 'us-east-1'));
    const broken = `${await pasted.config()}\n[profile b]\noutput = json\n`;
    await writeFile(pasted.configFile, broken);
    await expect(pasted.undoLog.undo(other)).rejects.toMatchObject({ code: 'file-unsafe' });
    expect(await pasted.config()).toBe(broken);
  });

  test('taking back is an edit of its own and can be taken back', async () => {
    const side = await profileSide(CONFIG);
    const id = await edit(side, setRegion('a', 'us-east-1'));
    const after = await side.config();
    expect((await side.undoLog.undo(id)).previews).toMatchObject([{ applied: true }]);
    const list = await side.undoLog.list();
    expect(list).toMatchObject([
      { kind: 'undo', subject: 'a', state: 'done' },
      { id, state: 'undone' },
    ]);
    await side.undoLog.undo(list[0]?.id ?? '');
    expect(await side.config()).toBe(after);
  });

  test('is shared: what one process did, another takes back', async () => {
    const side = await profileSide(CONFIG);
    const id = await edit(side, setRegion('a', 'us-east-1'));
    const other = new UndoLog({ ...side, path: join(side.rolecallHome, 'edits.json'), log: () => undefined });
    await other.undo(id);
    expect(await side.config()).toBe(CONFIG);
  });

  test('keeps the last 50', async () => {
    const side = await profileSide(CONFIG);
    const undo = { path: side.configFile, before: undefined, after: 'x' };
    for (let count = 0; count < 52; count += 1) {
      await side.undoLog.record({ kind: 'mend-file', subject: String(count) }, [undo]);
    }
    const list = await side.undoLog.list();
    expect(list).toHaveLength(50);
    expect(list.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => String(52 - index)));
  });
});

describe('what cannot be taken back', () => {
  const failure = async (side: ProfileSide, id: string): Promise<unknown> => {
    const before = await side.config();
    const error: unknown = await side.undoLog.undo(id).catch((thrown: unknown) => thrown);
    expect(await side.config()).toBe(before);
    return error;
  };

  test('an edit that is not there, or undone already', async () => {
    const side = await profileSide(CONFIG);
    const id = await edit(side, setRegion('a', 'us-east-1'));
    expect(await failure(side, '99')).toMatchObject({ code: 'not-found' });
    await side.undoLog.undo(id);
    expect(await failure(side, id)).toMatchObject({
      code: 'file-changed',
      message: expect.stringMatching(/undone already/) as string,
    });
  });

  test('an edit whose place the user changed since', async () => {
    const side = await profileSide(CONFIG);
    const id = await edit(side, setRegion('a', 'us-east-1'));
    await writeFile(side.configFile, (await side.config()).replace('us-east-1', 'ap-south-1'));
    expect(await failure(side, id)).toMatchObject({ code: 'file-changed' });
    expect((await side.undoLog.list())[0]?.state).toBe('done');
  });

  test('an edit whose copies were dropped, as the list says', async () => {
    const side = await profileSide(CONFIG);
    const id = await edit(side, setRegion('a', 'us-east-1'));
    await rm(join(side.rolecallHome, 'backups'), { recursive: true });
    expect((await side.undoLog.list())[0]?.state).toBe('copies-gone');
    expect(await failure(side, id)).toMatchObject({ code: 'file-changed' });
  });

  test('a switch of vault mode: files are only a part of it', async () => {
    const side = await profileSide(CONFIG);
    const id = await edit(side, setRegion('a', 'us-east-1'), { kind: 'vault-on', subject: 'corp' });
    expect((await side.undoLog.list())[0]?.state).toBe('by-its-own-switch');
    expect(await failure(side, id)).toMatchObject({ hint: expect.stringMatching(/vault mode/) as string });
  });
});

test('an edit of two files is taken back in both or in none', async () => {
  const credentials = '[a]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = hush\n';
  const side = await profileSide(CONFIG, credentials);
  const rename = (document: IniDocument): IniDocument =>
    document.section('a') === undefined ? document : document.renameSection('a', 'z');
  const undo = await side.files.apply([
    { file: 'config', edit: setRegion('a', 'us-east-1') },
    { file: 'credentials', edit: rename },
  ]);
  const id = (await side.undoLog.record(NOTE, undo)) ?? '';
  await writeFile(side.configFile, (await side.config()).replace('us-east-1', 'ap-south-1'));
  const [config, changed] = [await side.config(), await side.credentials()];
  await expect(side.undoLog.undo(id)).rejects.toMatchObject({ code: 'file-changed' });
  expect([await side.config(), await side.credentials()]).toEqual([config, changed]);
  await writeFile(side.configFile, config.replace('ap-south-1', 'us-east-1'));
  const previews = await side.undoLog.undo(id);
  expect(JSON.stringify(previews)).not.toContain('hush');
  expect([await side.config(), await side.credentials()]).toEqual([CONFIG, credentials]);
});

test('an edit that fails half-way is taken back at once', async () => {
  const side = await profileSide(CONFIG, '[a]\nregion = x\n');
  const refuse = (): IniDocument => {
    throw new Error('no');
  };
  await expect(
    side.files.apply([
      { file: 'config', edit: setRegion('a', 'us-east-1') },
      { file: 'credentials', edit: refuse },
    ]),
  ).rejects.toThrow('no');
  expect(await side.config()).toBe(CONFIG);
});

test('a log that cannot be written costs the undo, not the edit, and says so', async () => {
  const side = await profileSide(CONFIG);
  await mkdir(join(side.rolecallHome, 'edits.json'), { recursive: true });
  expect(await edit(side, setRegion('a', 'us-east-1'))).toBe('');
  expect(await side.config()).toContain('us-east-1');
  expect(side.lines.join()).toMatch(/could not be noted/);
});
