import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ensurePrivateFolder, stageFile, writeFileAtomic } from '../../../src/core/files/atomic-file.ts';
import { FileUnsafeError } from '../../../src/core/files/file-errors.ts';
import { bundleChild } from './children/bundle.ts';

let home = '';
let oldUmask = 0;

beforeEach(() => {
  oldUmask = process.umask(0o022);
  home = mkdtempSync(join(tmpdir(), 'rolecall-atomic-'));
});

afterEach(() => {
  process.umask(oldUmask);
  rmSync(home, { recursive: true, force: true });
});

describe('permissions', () => {
  test('a new file is 0600, whatever the umask', async () => {
    for (const umask of [0o000, 0o022, 0o077]) {
      process.umask(umask);
      const path = join(home, `new-${umask}`);
      await writeFileAtomic(path, 'x');
      expect(mode(path)).toBe(0o600);
    }
  });

  test.each([0o600, 0o640, 0o644, 0o700])('an existing file keeps its mode %o', async (bits) => {
    const path = fileWith('old', bits);
    await writeFileAtomic(path, 'new');
    expect([readFileSync(path, 'utf8'), mode(path)]).toEqual(['new', bits]);
  });

  test('a mode that is asked for is set, also on a file that was open to all', async () => {
    const path = fileWith('old', 0o644);
    await writeFileAtomic(path, 'new', { mode: 0o600 });
    expect(mode(path)).toBe(0o600);
  });

  test('the content is never readable by others, not even before it is in place', async () => {
    const path = fileWith('old', 0o600);
    const staged = await stageFile(path, 'secret');
    const [temporary = ''] = readdirSync(home).filter((name) => name !== 'file');
    expect(mode(join(home, temporary))).toBe(0o600);
    await staged.discard();
    expect(readdirSync(home)).toEqual(['file']);
  });

  test('a private folder is 0700, with those above it', async () => {
    await ensurePrivateFolder(join(home, 'a', 'b'));
    expect([mode(join(home, 'a')), mode(join(home, 'a', 'b'))]).toEqual([0o700, 0o700]);
  });
});

describe('links', () => {
  test('a symbolic link stays, and the file it leads to changes', async () => {
    mkdirSync(join(home, 'dotfiles'));
    writeFileSync(join(home, 'dotfiles', 'config'), 'old');
    symlinkSync(join('dotfiles', 'config'), join(home, 'link'));
    await writeFileAtomic(join(home, 'link'), 'new');
    expect(readlinkSync(join(home, 'link'))).toBe('dotfiles/config');
    expect(readFileSync(join(home, 'dotfiles', 'config'), 'utf8')).toBe('new');
    expect(readdirSync(home).sort()).toEqual(['dotfiles', 'link']);
  });

  test('a chain of links, and a linked folder', async () => {
    mkdirSync(join(home, 'real'));
    symlinkSync('real', join(home, 'folder'));
    writeFileSync(join(home, 'real', 'c'), 'old');
    symlinkSync('c', join(home, 'real', 'b'));
    symlinkSync(join(home, 'folder', 'b'), join(home, 'a'));
    await writeFileAtomic(join(home, 'a'), 'new');
    expect(readFileSync(join(home, 'real', 'c'), 'utf8')).toBe('new');
    expect(lstatSync(join(home, 'a')).isSymbolicLink() && lstatSync(join(home, 'real', 'b')).isSymbolicLink()).toBe(
      true,
    );
  });

  test('a link to a file that is not there yet stays a link, and the file appears', async () => {
    mkdirSync(join(home, 'dotfiles'));
    symlinkSync(join('dotfiles', 'config'), join(home, 'link'));
    await writeFileAtomic(join(home, 'link'), 'new');
    expect(lstatSync(join(home, 'link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(home, 'dotfiles', 'config'), 'utf8')).toBe('new');
    expect(mode(join(home, 'dotfiles', 'config'))).toBe(0o600);
  });

  test('a link into a folder that is not there is an error, and the link stays', async () => {
    symlinkSync(join('nowhere', 'config'), join(home, 'link'));
    await expect(writeFileAtomic(join(home, 'link'), 'new')).rejects.toThrow('folder on the way to it does not exist');
    expect(readlinkSync(join(home, 'link'))).toBe('nowhere/config');
  });

  test('links in a circle are an error', async () => {
    symlinkSync('b', join(home, 'a'));
    symlinkSync('a', join(home, 'b'));
    await expect(writeFileAtomic(join(home, 'a'), 'x')).rejects.toThrow('lead in a circle');
  });

  test('a link planted in place of the temporary file is not followed', async () => {
    const victim = fileWith('precious');
    const staged = await stageFile(join(home, 'target'), 'new');
    const [temporary = ''] = readdirSync(home).filter((name) => name.startsWith('.target'));
    // The name cannot be guessed beforehand; and opening it again with `wx` refuses a link that is there.
    expect(temporary).toMatch(/^\.target\.rolecall-[0-9a-f]{12}$/);
    await staged.discard();
    symlinkSync(victim, join(home, temporary));
    expect(() => writeFileSync(join(home, temporary), 'x', { flag: 'wx' })).toThrow('EEXIST');
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });
});

describe('what is in the way', () => {
  test('a folder, a pipe', async () => {
    mkdirSync(join(home, 'folder'));
    await expect(writeFileAtomic(join(home, 'folder'), 'x')).rejects.toThrow(FileUnsafeError);
    execFileSync('mkfifo', [join(home, 'pipe')]);
    await expect(writeFileAtomic(join(home, 'pipe'), 'x')).rejects.toThrow('not a regular file');
    expect(lstatSync(join(home, 'pipe')).isFIFO()).toBe(true);
  });

  test('a folder that is not there', async () => {
    await expect(writeFileAtomic(join(home, 'no', 'file'), 'x')).rejects.toMatchObject({
      code: 'file-failed',
      hint: 'Create the folder and try again.',
    });
  });

  test('a check that throws leaves the old file and nothing else', async () => {
    const path = fileWith('old');
    const staged = await stageFile(path, 'new');
    const refuse = (): void => {
      throw new FileUnsafeError('changed', 'look');
    };
    await expect(staged.commit(refuse)).rejects.toThrow('changed');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(home)).toEqual(['file']);
  });

  test('temporary files of killed writers are swept up, fresh ones and those of other files are not', async () => {
    const path = fileWith('old');
    for (const name of ['.file.rolecall-dead', '.other.rolecall-dead', '.file.rolecall-live']) {
      writeFileSync(join(home, name), 'torn');
    }
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(home, '.file.rolecall-dead'), hourAgo, hourAgo);
    utimesSync(join(home, '.other.rolecall-dead'), hourAgo, hourAgo);
    await writeFileAtomic(path, 'new');
    expect(readdirSync(home).sort()).toEqual(['.file.rolecall-live', '.other.rolecall-dead', 'file']);
  });

  test('other names of the file keep the old content', async () => {
    const path = fileWith('old');
    linkSync(path, join(home, 'hard'));
    await writeFileAtomic(path, 'new');
    expect(readFileSync(join(home, 'hard'), 'utf8')).toBe('old');
  });
});

describe('broken disks', () => {
  const scripts = mkdtempSync(join(tmpdir(), 'rolecall-once-'));
  let script = '';

  beforeAll(async () => {
    script = await bundleChild('write-once', scripts);
    // Another user must be able to run it.
    chmodSync(scripts, 0o755);
  });
  afterAll(() => rmSync(scripts, { recursive: true, force: true }));

  test.for([
    ['fsync', 'EIO', 'the disk reported an error'],
    ['rename', 'ENOSPC', 'the disk is full'],
    ['rename', 'EROFS', 'read-only'],
    ['fchmod', 'EPERM', 'permission denied'],
  ] as const)(
    '%s fails with %s: the old file is intact, nothing is left, and the next try works',
    ([call, code, words], ctx) => {
      if (spawnSync('strace', ['-V']).status !== 0) {
        ctx.skip('strace is not installed');
      }
      const path = fileWith('old', 0o640);
      const answer = run(
        'strace',
        '-f',
        '-o',
        '/dev/null',
        '-e',
        `inject=${call}:error=${code}`,
        process.execPath,
        script,
        path,
        'new',
      );
      if (answer === undefined) {
        ctx.skip('strace may not trace here');
      }
      expectRefusal(answer, path, words);
      expect(mode(path)).toBe(0o640);
      expect(run(process.execPath, script, path, 'new')).toEqual({ ok: true });
      expect(readFileSync(path, 'utf8')).toBe('new');
    },
  );

  test('a folder that cannot be synced after the rename is told, and the file is whole', (ctx) => {
    const path = fileWith('old');
    const answer = run(
      // strace counts the calls of each thread.
      'env',
      'UV_THREADPOOL_SIZE=1',
      'strace',
      '-f',
      '-o',
      '/dev/null',
      '-e',
      'inject=fsync:error=EIO:when=2',
      process.execPath,
      script,
      path,
      'new',
    );
    if (answer === undefined) {
      ctx.skip('strace is not here or may not trace');
    }
    expect(answer?.failure?.code).toBe('file-failed');
    expect([readFileSync(path, 'utf8'), readdirSync(home)]).toEqual(['new', ['file']]);
  });

  test('a full disk: the old file is intact, and once there is room the next try works', async (ctx) => {
    const disk = join(home, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0) {
      ctx.skip('mounting a small disk needs root');
    }
    try {
      const path = join(disk, 'file');
      writeFileSync(path, 'old');
      writeFileSync(join(disk, 'ballast'), 'x'.repeat(40_000));
      const answer = run(process.execPath, script, path, 'y'.repeat(40_000));
      expect(answer?.failure).toMatchObject({
        code: 'file-failed',
        message: expect.stringContaining('the disk is full') as string,
      });
      expect([readFileSync(path, 'utf8'), readdirSync(disk).sort()]).toEqual(['old', ['ballast', 'file']]);
      rmSync(join(disk, 'ballast'));
      expect(run(process.execPath, script, path, 'y'.repeat(40_000))).toEqual({ ok: true });
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      expect(run(process.execPath, script, path, 'z')?.failure?.message).toContain('the disk is read-only');
      await expect(ensurePrivateFolder(join(disk, 'new', 'locks'))).rejects.toThrow('the disk is read-only');
      await expect(ensurePrivateFolder(join(disk, 'file', 'locks'))).rejects.toThrow('is not a folder');
    } finally {
      execFileSync('umount', [disk]);
    }
  });

  test('a limit on file sizes', () => {
    const path = fileWith('old');
    const command = `ulimit -f 8; exec "${process.execPath}" "${script}" "${path}" "$(head -c 30000 /dev/zero | tr '\\0' y)"`;
    expectRefusal(run('bash', '-c', command), path, 'larger than is allowed');
  });

  test('no more open files', () => {
    const path = fileWith('old');
    expectRefusal(run(process.execPath, script, path, 'new', 'full'), path, 'too many files are open');
  });

  test('another user can neither replace the file nor read a byte of a new one', (ctx) => {
    const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'] as const;
    if (spawnSync(asNobody[0], [...asNobody.slice(1), 'true']).status !== 0) {
      ctx.skip('becoming another user needs root and setpriv');
    }
    chmodSync(home, 0o755);
    const path = fileWith('old');
    expect(run(...asNobody, process.execPath, script, path, 'new')?.failure?.code).toMatch(/^file-(failed|unsafe)$/);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(spawnSync(asNobody[0], [...asNobody.slice(1), 'cat', path], { encoding: 'utf8' }).stdout).toBe('');
    // A folder that is open to all, as /tmp: the file in it is still not theirs to replace.
    chmodSync(home, 0o777);
    const answer = run(...asNobody, process.execPath, script, path, 'new');
    expect(answer?.failure).toMatchObject({
      code: 'file-unsafe',
      message: expect.stringContaining('another user') as string,
    });
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  interface Answer {
    readonly ok: boolean;
    readonly failure?: { readonly code: string; readonly message: string; readonly hint: string };
  }

  /** Undefined where the program could not do its work. */
  function run(program: string, ...args: readonly string[]): Answer | undefined {
    const { stdout } = spawnSync(program, args, { encoding: 'utf8' });
    return stdout === null || stdout === '' ? undefined : (JSON.parse(stdout) as Answer);
  }

  function expectRefusal(answer: Answer | undefined, path: string, words: string): void {
    expect(answer?.failure).toMatchObject({
      code: 'file-failed',
      message: expect.stringContaining(words) as string,
      hint: expect.stringMatching(/\.$/) as string,
    });
    expect([readFileSync(path, 'utf8'), readdirSync(home)]).toEqual(['old', ['file']]);
  }
});

function fileWith(text: string, bits = 0o600): string {
  const path = join(home, 'file');
  writeFileSync(path, text);
  chmodSync(path, bits);
  return path;
}

function mode(path: string): number {
  return statSync(path).mode & 0o7777;
}
