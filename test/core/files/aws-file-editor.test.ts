import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderBackups } from '../../../src/core/files/aws-file-backups.ts';
import {
  editAwsFile,
  planAwsEdit,
  type AwsFileEditorDeps,
  type IniEdit,
} from '../../../src/core/files/aws-file-editor.ts';
import { planAwsUndo, undoAwsEdit } from '../../../src/core/files/aws-file-undo.ts';
import { systemClock, type Clock } from '../../../src/core/model/clock.ts';

let home = '';
let path = '';
let deps: AwsFileEditorDeps;

const addOurs: IniEdit = (document) => document.putSection('profile ours', { region: 'us-east-1' });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rolecall-editor-'));
  path = join(home, '.aws', 'config');
  const clock = hastyClock();
  deps = {
    lockDir: join(home, 'own', 'locks'),
    backups: folderBackups(join(home, 'own', 'backups'), clock),
    clock,
    settleMs: 0,
  };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('editing', () => {
  test('changes what is asked for and no other byte', async () => {
    const text =
      '# mine\r\n[default]\r\nregion=eu-west-1\r\ns3 =\r\n   a = 1\r\n\r\n;x\r\n[profile b]\r\noutput : json';
    given(text);
    const result = await editAwsFile(deps, path, (document) => document.setKey('default', 'region', 'us-east-1'));
    expect(read()).toBe(text.replace('eu-west-1', 'us-east-1'));
    expect(result).toMatchObject({ path, outcome: 'changed' });
  });

  test('a file that is not there is made, 0600, in a folder of 0700', async () => {
    const result = await editAwsFile(deps, path, addOurs);
    expect(result.outcome).toBe('created');
    expect(read()).toBe('[profile ours]\nregion = us-east-1\n');
    expect([mode(path), mode(join(home, '.aws'))]).toEqual([0o600, 0o700]);
  });

  test('tells once that the file was replaced, before it has looked out for others, and nothing where nothing changed', async () => {
    given('[default]\n');
    const told: string[] = [];
    const onWritten = (): void => {
      told.push(read());
      // An editor that was open all the while: the change is made again on what it left.
      writeFileSync(path, '[default]\nregion = eu-west-1\n');
    };
    const result = await editAwsFile({ ...deps, settleMs: 2_000 }, path, addOurs, { onWritten });
    expect(result.outcome).toBe('changed');
    expect(read()).toBe('[default]\nregion = eu-west-1\n[profile ours]\nregion = us-east-1\n');
    await editAwsFile(deps, path, addOurs, { onWritten });
    expect(told).toEqual(['[default]\n\n[profile ours]\nregion = us-east-1\n']);
  });

  test('mode and symbolic link are kept', async () => {
    mkdirSync(join(home, 'dotfiles'));
    writeFileSync(join(home, 'dotfiles', 'aws-config'), '[default]\n', { mode: 0o644 });
    mkdirSync(join(home, '.aws'));
    symlinkSync('../dotfiles/aws-config', path);
    await editAwsFile(deps, path, addOurs);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(mode(join(home, 'dotfiles', 'aws-config'))).toBe(0o644);
    expect(readFileSync(join(home, 'dotfiles', 'aws-config'), 'utf8')).toContain('[profile ours]');
  });

  test('a file that others may read is closed to them when a secret is put into it, and only then', async () => {
    given('[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = old\n');
    chmodSync(path, 0o644);
    await editAwsFile(deps, path, (document) => document.setKey('default', 'region', 'us-east-1'));
    await editAwsFile(deps, path, (document) => document.renameSection('default', 'work'));
    expect(mode(path)).toBe(0o644);
    await editAwsFile(deps, path, (document) => document.setKey('work', 'aws_secret_access_key', 'new'));
    expect(mode(path)).toBe(0o600);
  });

  test('an edit without effect writes nothing, makes no copy and no folder', async () => {
    expect(await editAwsFile(deps, path, (document) => document)).toEqual({
      path,
      outcome: 'unchanged',
      undo: undefined,
    });
    expect(existsSync(join(home, '.aws'))).toBe(false);
    given('[profile ours]\nregion = us-east-1\n');
    const before = statSync(path);
    await editAwsFile(deps, path, addOurs);
    expect(statSync(path).ino).toBe(before.ino);
    expect(existsSync(join(home, 'own', 'backups'))).toBe(false);
  });

  test('twenty edits at once all arrive', async () => {
    given('[default]\nregion = x\n');
    // By the real clock: they wait for one another as long as a busy machine takes.
    const patient = { ...deps, clock: systemClock(), settleMs: 10 };
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        editAwsFile(patient, path, (document) => document.putSection(`profile p${index}`, { region: 'r' })),
      ),
    );
    expect(read().match(/^\[profile p\d+\]$/gm)).toHaveLength(20);
    expect(readdirSync(join(home, '.aws'))).toEqual(['config']);
    expect(readdirSync(join(home, 'own', 'locks'))).toEqual([]);
  });

  test('an edit that throws changes nothing, and its error arrives as it is', async () => {
    given('[default]\n');
    await expect(
      editAwsFile(deps, path, (document) => document.setKey('profile nope', 'a', 'b')),
    ).rejects.toMatchObject({ code: 'not-found' });
    expect(read()).toBe('[default]\n');
  });
});

describe('what must not be touched is refused, with the reason, and stays as it is', () => {
  test.each<[what: string, text: string, words: string]>([
    ['a section twice', '[a]\n[b]\n[a]\n', 'line 3 opens [a] a second time'],
    ['a key twice', '[a]\nx = 1\nX = 2\n', 'line 3 sets x a second time in [a]'],
    ['a header that does not end', '[profile a\n', 'line 1 stands before the first [section]'],
    ['a byte order mark', '\ufeff[a]\n', 'line 1 begins with a byte order mark'],
    ['a line without a value', '[a]\n\ngarbage\n', 'line 3 has no = in it'],
    ['a broken block', '[a]\ns3 =\n  x\n', 'line 2 opens a block'],
  ])('%s', async (_, text, words) => {
    given(text);
    await expect(editAwsFile(deps, path, addOurs)).rejects.toMatchObject({
      code: 'file-unsafe',
      message: expect.stringContaining(words) as string,
      hint: 'Mend that line first. Nothing has been changed.',
    });
    await expect(planAwsEdit(deps, path, addOurs)).rejects.toThrow(words);
    expect(read()).toBe(text);
    expect(existsSync(join(home, 'own', 'backups'))).toBe(false);
  });

  test('bytes that are not UTF-8', async () => {
    given(Buffer.from([0x5b, 0x61, 0x5d, 0x0a, 0x23, 0xe9, 0x0a]));
    await expect(editAwsFile(deps, path, addOurs)).rejects.toThrow('is not UTF-8 text');
    expect(readFileSync(path)).toEqual(Buffer.from([0x5b, 0x61, 0x5d, 0x0a, 0x23, 0xe9, 0x0a]));
  });

  test('a file of more than 5 MB, and one that would become so', async () => {
    given(`[a]\n${'# filler\n'.repeat(600_000)}`);
    await expect(editAwsFile(deps, path, addOurs)).rejects.toThrow('larger than 5 MB');
    const almost = `[a]\n${'# filler\n'.repeat(582_000)}`;
    given(almost);
    await expect(
      editAwsFile(deps, path, (document) => document.addSection('profile x', { a: 'y'.repeat(30_000) })),
    ).rejects.toThrow('would become larger');
    expect(read()).toBe(almost);
  });

  test('a folder, a pipe, a circle of links', async () => {
    mkdirSync(path, { recursive: true });
    await expect(editAwsFile(deps, path, addOurs)).rejects.toMatchObject({ code: 'file-unsafe' });
    rmSync(path, { recursive: true });
    execFileSync('mkfifo', [path]);
    await expect(editAwsFile(deps, path, addOurs)).rejects.toThrow('not a regular file');
    rmSync(path);
    symlinkSync('other', path);
    symlinkSync('config', join(home, '.aws', 'other'));
    await expect(editAwsFile(deps, path, addOurs)).rejects.toThrow('lead in a circle');
  });

  test('a write-protected file', async () => {
    given('[a]\n');
    chmodSync(path, 0o444);
    await expect(editAwsFile(deps, path, addOurs)).rejects.toThrow('is write-protected');
    expect(read()).toBe('[a]\n');
  });

  test('a file with a second name', async () => {
    given('[a]\n');
    linkSync(path, join(home, 'hard'));
    await expect(editAwsFile(deps, path, addOurs)).rejects.toThrow('second name');
  });

  test('a file that belongs to another user', async (ctx) => {
    given('[a]\n');
    try {
      chownSync(path, 65_534, 65_534);
    } catch {
      ctx.skip('giving a file away needs root');
    }
    await expect(editAwsFile(deps, path, addOurs)).rejects.toThrow('belongs to another user');
    expect(read()).toBe('[a]\n');
  });

  test('a file that is empty and was not, unless the user says it is meant so', async () => {
    given('[a]\nregion = x\n');
    await editAwsFile(deps, path, addOurs);
    writeFileSync(path, '');
    await expect(editAwsFile(deps, path, addOurs)).rejects.toMatchObject({
      code: 'file-unsafe',
      message: `${path} is empty, and it was not before.`,
    });
    expect(read()).toBe('');
    await editAwsFile(deps, path, addOurs, { acceptsEmpty: true });
    expect(read()).toContain('[profile ours]');
  });

  test('an empty file that never was anything else is fine', async () => {
    given('');
    await editAwsFile(deps, path, addOurs);
    expect(read()).toBe('[profile ours]\nregion = us-east-1\n');
  });

  test('an edit that would make the file unreadable is dropped', async () => {
    given('[a]\nx = 1\n');
    const { parseIni } = await import('../../../src/core/files/ini-document.ts');
    await expect(editAwsFile(deps, path, () => parseIni('[a]\n[a]\n'))).rejects.toThrow('opens [a] a second time');
    expect(read()).toBe('[a]\nx = 1\n');
  });

  test('a repair may start from a broken file, and must end in a whole one', async () => {
    given('[a]\nx = 1\n[a]\ny = 2\n');
    const { parseIni } = await import('../../../src/core/files/ini-document.ts');
    await editAwsFile(deps, path, () => parseIni('[a]\nx = 1\ny = 2\n'), { repairs: true });
    expect(read()).toBe('[a]\nx = 1\ny = 2\n');
  });
});

describe('copies', () => {
  test('a list does not fail over one that another process drops meanwhile', async () => {
    for (let turn = 0; turn < 100; turn += 1) {
      const id = await deps.backups.save(path, Buffer.from('x'));
      await Promise.all([deps.backups.list(path), deps.backups.remove(id), deps.backups.list(path)]);
    }
    expect(await deps.backups.list(path)).toEqual([]);
  });

  test('the first and the latest stay when the clock was set back', async () => {
    const times = [...Array.from({ length: 30 }, (_, day) => Date.UTC(2027, 0, 1 + day)), Date.UTC(2026, 0, 1)];
    const clock: Clock = { ...systemClock(), now: () => new Date(times[0] ?? 0) };
    const store = folderBackups(join(home, 'own', 'backups'), clock);
    const ids: string[] = [];
    while (times.length > 0) {
      ids.push(await store.save(path, Buffer.from(String(times.length))));
      times.shift();
    }
    times.push(Date.UTC(2026, 0, 2));
    const last = await store.save(path, Buffer.from('last'));
    const kept = (await store.list(path)).map(({ id }) => id);
    expect([kept[0], kept.at(-2), kept.at(-1)]).toEqual([ids[0], ids.at(-1), last]);
  });

  test('one is made before the first edit ever, 0600 in a folder of 0700, named by the time', async () => {
    given('[a]\nx = 1\n');
    chmodSync(path, 0o644);
    await editAwsFile(deps, path, addOurs);
    const folder = join(home, 'own', 'backups');
    const [first = ''] = readdirSync(folder).sort();
    expect(first).toMatch(/^[0-9a-f]{16}-\d{8}T\d{9}Z-\d{3}-config$/);
    expect(readFileSync(join(folder, first), 'utf8')).toBe('[a]\nx = 1\n');
    expect([mode(folder), mode(join(folder, first))]).toEqual([0o700, 0o600]);
  });

  test('of many the first stays, and the latest', async () => {
    given('[a]\nx = 1\n');
    const startedAt = deps.clock.now();
    for (let turn = 0; turn < 15; turn += 1) {
      await editAwsFile(deps, path, (document) => document.setKey('a', 'x', `turn-${turn}`));
    }
    const copies = await deps.backups.list(path);
    expect(copies).toHaveLength(21);
    expect(Buffer.from((await deps.backups.read(copies[0]?.id ?? '')) ?? []).toString()).toBe('[a]\nx = 1\n');
    expect(Buffer.from((await deps.backups.read(copies.at(-1)?.id ?? '')) ?? []).toString()).toBe('[a]\nx = turn-14\n');
    const endedAt = deps.clock.now();
    expect(copies.every(({ takenAt }) => startedAt <= takenAt && takenAt <= endedAt)).toBe(true);
  });

  test('without a copy there is no edit', async () => {
    given('[a]\n');
    mkdirSync(join(home, 'own'));
    writeFileSync(join(home, 'own', 'backups'), 'a file in the way');
    await expect(editAwsFile(deps, path, addOurs)).rejects.toMatchObject({ code: 'file-failed' });
    expect(read()).toBe('[a]\n');
  });

  test('names that lead out of the folder are not followed', async () => {
    given('[a]\n');
    await editAwsFile(deps, path, addOurs);
    for (const id of ['../../.aws/config', '/etc/passwd', '', '..']) {
      expect(await deps.backups.read(id)).toBeUndefined();
      await deps.backups.remove(id);
    }
    expect(read()).toContain('[profile ours]');
  });
});

describe('preview', () => {
  test('shows the change as a unified diff and writes nothing', async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `# ${index}`).join('\n');
    given(`[default]\nregion = eu-west-1\n${lines}\n[profile b]\noutput = json\n`);
    const plan = await planAwsEdit(deps, path, (document) =>
      document.setKey('default', 'region', 'us-east-1').setKey('profile b', 'region', 'x'),
    );
    expect(plan.outcome).toBe('changed');
    expect(plan.diff).toBe(
      [
        `--- ${path}`,
        `+++ ${path}`,
        '@@ -1,5 +1,5 @@',
        ' [default]',
        '-region = eu-west-1',
        '+region = us-east-1',
        ' # 0',
        ' # 1',
        ' # 2',
        '@@ -32,3 +32,4 @@',
        ' # 29',
        ' [profile b]',
        ' output = json',
        '+region = x',
        '',
      ].join('\n'),
    );
    expect(existsSync(join(home, 'own'))).toBe(false);
  });

  test('of a file that is not there, and of no change', async () => {
    expect(await planAwsEdit(deps, path, addOurs)).toEqual({
      path,
      outcome: 'created',
      diff: `--- ${path}\n+++ ${path}\n@@ -0,0 +1,2 @@\n+[profile ours]\n+region = us-east-1\n`,
    });
    expect(await planAwsEdit(deps, path, (document) => document)).toEqual({ path, outcome: 'unchanged', diff: '' });
    expect(existsSync(join(home, '.aws'))).toBe(false);
  });

  test('shows no secret: not of changed lines, not of those around, not in comments, not continued', async () => {
    const canary = 'wJalrXUtnFEMIcanary';
    given(
      `[a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${canary}1\n# aws_session_token = ${canary}2\naws_security_token =\n   a = ${canary}3\n\n   b = ${canary}4\nregion = x\n`,
    );
    const plan = await planAwsEdit(deps, path, (document) =>
      document
        .setKey('a', 'region', 'y')
        .setKey('a', 'aws_secret_access_key', `${canary}5`)
        .removeKey('a', 'aws_security_token'),
    );
    expect(plan.diff).not.toContain(canary);
    expect(plan.diff).toContain('-aws_secret_access_key = ********\n+aws_secret_access_key = ********\n');
    expect(plan.diff).toContain('AKIAIOSFODNN7EXAMPLE');
  });
});

describe('undo', () => {
  test.each([
    ['a changed key', '[a]\r\nx=1\r\n', (document: Parameters<IniEdit>[0]) => document.setKey('a', 'x', '2')],
    ['an added section behind a missing line end', '[a]\nx = 1', addOurs],
    [
      'a removed section',
      '# c\n[b]\ny = 1\n\n[a]\nx = 1\n',
      (document: Parameters<IniEdit>[0]) => document.removeSection('b'),
    ],
    ['an edit of an empty file', '', addOurs],
  ])('gives the same bytes back: %s', async (_, text, edit) => {
    given(text);
    const { undo } = await editAwsFile(deps, path, edit);
    expect(read()).not.toBe(text);
    await undoAwsEdit(deps, undo ?? fail());
    expect(read()).toBe(text);
  });

  test('removes a file that the edit made', async () => {
    const { undo } = await editAwsFile(deps, path, addOurs);
    await undoAwsEdit(deps, undo ?? fail());
    expect(existsSync(path)).toBe(false);
  });

  test('keeps what others changed since', async () => {
    given('[a]\nx = 1\ny = 1\n\n[b]\nz = 1\n');
    const { undo } = await editAwsFile(deps, path, (document) => addOurs(document).setKey('a', 'x', '2'));
    writeFileSync(path, `# new\n${read().replace('y = 1', 'y = 9').replace('z = 1', 'z = 9')}\n[c]\nw = 1\n`);
    const plan = await planAwsUndo(deps, undo ?? fail());
    expect(plan.diff).toContain('-x = 2\n+x = 1\n');
    await undoAwsEdit(deps, undo ?? fail());
    expect(read()).toBe('# new\n[a]\nx = 1\ny = 9\n\n[b]\nz = 9\n\n[c]\nw = 1\n');
  });

  test('refuses when others changed the same place, and says which', async () => {
    given('[a]\nx = 1\n');
    const { undo } = await editAwsFile(deps, path, (document) => document.setKey('a', 'x', '2'));
    writeFileSync(path, '[a]\nx = 3\n');
    await expect(undoAwsEdit(deps, undo ?? fail())).rejects.toMatchObject({
      code: 'file-changed',
      message: expect.stringContaining('[a] x') as string,
    });
    expect(read()).toBe('[a]\nx = 3\n');
  });

  test('a file that the edit made and others added to keeps theirs', async () => {
    const { undo } = await editAwsFile(deps, path, addOurs);
    writeFileSync(path, `${read()}\n[profile theirs]\nregion = x\n`);
    await undoAwsEdit(deps, undo ?? fail());
    expect(read()).toBe('[profile theirs]\nregion = x\n');
  });

  test('done twice it changes nothing the second time', async () => {
    given('[a]\nx = 1\n');
    const { undo } = await editAwsFile(deps, path, addOurs);
    await undoAwsEdit(deps, undo ?? fail());
    expect(await undoAwsEdit(deps, undo ?? fail())).toMatchObject({ outcome: 'unchanged' });
  });

  test('without its copies it refuses', async () => {
    given('[a]\nx = 1\n');
    const { undo } = await editAwsFile(deps, path, addOurs);
    rmSync(join(home, 'own', 'backups'), { recursive: true });
    await expect(undoAwsEdit(deps, undo ?? fail())).rejects.toMatchObject({ code: 'file-changed' });
  });
});

test('one key of a file of 80,000 lines is changed, and no other byte', async () => {
  const section = (index: number, region: string): string =>
    `[profile p${index}]\n# c\nregion = ${region}\noutput = json\nx = y\nz = 1\nk = v\n\n`;
  const text = (region: string): string =>
    Array.from({ length: 10_000 }, (_, index) => section(index, index === 5_000 ? region : 'a')).join('');
  given(text('a'));
  await editAwsFile(deps, path, (document) => document.setKey('profile p5000', 'region', 'b'));
  expect(read() === text('b')).toBe(true);
});

/** Twenty times as fast as time: what is waited for here is only waited out. */
function hastyClock(): Clock {
  const clock = systemClock();
  const startMs = clock.now().getTime();
  return {
    now: () => new Date(startMs + (clock.now().getTime() - startMs) * 20),
    setTimer: (delayMs, action) => clock.setTimer(delayMs / 20, action),
  };
}

function given(text: string | Buffer): void {
  mkdirSync(join(home, '.aws'), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, text);
}

function read(): string {
  return readFileSync(path, 'utf8');
}

function mode(of: string): number {
  return statSync(of).mode & 0o777;
}

function fail(): never {
  throw new Error('nothing to undo');
}
