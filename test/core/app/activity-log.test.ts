import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ActivityLog, readActivity } from '../../../src/core/app/activity-log.ts';
import type { ActivityEntry } from '../../../src/shared/app-state.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

function entry(number: number, changes: Partial<ActivityEntry> = {}): ActivityEntry {
  return {
    at: new Date(Date.UTC(2026, 10, 23) + number * 1000).toISOString(),
    asker: { program: 'terraform', pid: 4711, folder: '/src', parents: ['bash', 'tmux'] },
    what: 'credentials',
    target: { kind: 'profile', profile: `p${number}` },
    ssoSession: undefined,
    format: undefined,
    outcome: 'ok',
    detail: '',
    ...changes,
  };
}

const exec = promisify(execFile);

const failing = (error: unknown): void => {
  throw error;
};

function openLog(file: string, onFailure: (error: unknown) => void, maxBytes?: number): ActivityLog {
  return new ActivityLog({
    file,
    lockDir: `${file}.locks`,
    onFailure,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
}

describe('activity log', () => {
  test('what was appended is read back, newest first', async () => {
    const file = join(await scratchFolder(), 'new folder', 'activity.jsonl');
    const log = openLog(file, failing);
    const entries = [
      entry(1),
      entry(2, {
        target: undefined,
        ssoSession: 'corp',
        what: 'sign-in',
        asker: { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] },
      }),
      entry(3, { format: 'bash', what: 'copy', outcome: 'failed', detail: 'no clipboard' }),
    ];
    for (const each of entries) {
      log.append(each);
    }
    await log.flush();
    expect(await readActivity(file, 10)).toEqual(entries.toReversed());
    expect(await readActivity(file, 1)).toEqual([entries[2]]);
  });

  test('a program that was run is a kind of its own; lines from before it was, where it stood as an export, read as they did', async () => {
    const file = join(await scratchFolder(), 'activity.jsonl');
    const log = openLog(file, failing);
    log.append(entry(1, { what: 'export' }));
    log.append(entry(2, { what: 'exec' }));
    await log.flush();
    expect((await readActivity(file, 10)).map(({ what }) => what)).toEqual(['exec', 'export']);
  });

  test('a crowd that asks at once is written in the order in which it asked', async () => {
    const file = join(await scratchFolder(), 'activity.jsonl');
    const log = openLog(file, failing);
    const entries = Array.from({ length: 500 }, (_, number) => entry(number));
    for (const each of entries) {
      log.append(each);
    }
    await log.flush();
    expect(await readActivity(file, 500)).toEqual(entries.toReversed());
  });

  test('only the user can read it, whatever it was before', async () => {
    const folder = join(await scratchFolder(), 'rolecall');
    const file = join(folder, 'activity.jsonl');
    const log = openLog(file, failing);
    log.append(entry(1));
    await log.flush();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const loose = join(folder, 'loose.jsonl');
    await writeFile(loose, '', { mode: 0o644 });
    const other = openLog(loose, failing);
    other.append(entry(1));
    await other.flush();
    expect((await stat(loose)).mode & 0o777).toBe(0o600);
  });

  test('a full file is put aside, and both are read', async () => {
    const file = join(await scratchFolder(), 'activity.jsonl');
    const log = openLog(file, failing, 2_000);
    for (let number = 0; number < 40; number += 1) {
      log.append(entry(number));
    }
    await log.flush();
    expect((await stat(file)).size).toBeLessThan(2_300);
    expect((await stat(`${file}.1`)).size).toBeLessThan(2_300);
    const read = await readActivity(file, 100);
    expect(read[0]).toEqual(entry(39));
    expect(read.length).toBeGreaterThan(7);
    expect(read.map(({ at }) => at)).toEqual(
      read
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
  });

  test('writers that find the file full together put it aside once, and lose nothing', async () => {
    const file = join(await scratchFolder(), 'activity.jsonl');
    const first = openLog(file, failing, 2_000);
    while ((await stat(file).catch(() => ({ size: 0 }))).size < 2_000) {
      first.append(entry(0));
      await first.flush();
    }
    const before = await readActivity(file, 100);
    const others = Array.from({ length: 5 }, () => openLog(file, failing, 2_000));
    others.forEach((log, number) => log.append(entry(number + 1)));
    await Promise.all(others.map((log) => log.flush()));
    const read = await readActivity(file, 100);
    expect(read).toHaveLength(before.length + others.length);
  });

  test('two writers on one file lose nothing', async () => {
    const file = join(await scratchFolder(), 'activity.jsonl');
    const logs = [openLog(file, failing), openLog(file, failing)];
    for (let number = 0; number < 100; number += 1) {
      logs[number % 2]?.append(entry(number));
    }
    await Promise.all(logs.map((log) => log.flush()));
    expect(await readActivity(file, 1000)).toHaveLength(100);
  });

  test('names that others chose are stripped of what moves a cursor or turns text around', async () => {
    const file = join(await scratchFolder(), 'activity.jsonl');
    const log = openLog(file, failing);
    log.append(
      entry(1, {
        asker: {
          program: '\u001b]52;c;ZXZpbA==\u0007x\u202e',
          pid: 1,
          folder: `/a\nb/${'c'.repeat(5000)}`,
          parents: Array.from({ length: 50 }, () => 'sh\u0000'),
        },
        detail: `line\r\nline\u2028${'x'.repeat(1000)}`,
      }),
    );
    await log.flush();
    const [read] = await readActivity(file, 1);
    expect(JSON.stringify(read)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|\\u/u);
    expect(read?.asker.parents).toHaveLength(8);
    expect(read?.detail.length).toBe(300);
    expect((await readFile(file, 'utf8')).length).toBeLessThan(3_000);
  });

  test('a file that is put aside while it is read is read once', async () => {
    const file = join(await scratchFolder(), 'activity.jsonl');
    const log = openLog(file, failing);
    log.append(entry(1));
    await log.flush();
    for (let round = 0; round < 20; round += 1) {
      const read = readActivity(file, 10);
      await rename(file, `${file}.1`);
      expect(await read).toEqual([entry(1)]);
      await rename(`${file}.1`, file);
    }
  });

  test('a disk that is full in the middle of a line costs what it could not take, and is told; no later line', async (ctx) => {
    const folder = await scratchFolder();
    const mounted = await exec('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'none', folder]).catch(() => undefined);
    if (mounted === undefined) {
      ctx.skip('only root can mount a small disk');
    }
    onTestFinished(async () => void (await exec('umount', [folder])));
    const file = join(folder, 'activity.jsonl');
    const failures: unknown[] = [];
    const log = openLog(file, (error) => failures.push(error));
    const fill = join(folder, 'fill');
    await writeFile(fill, 'x'.repeat(8_000));
    for (let number = 0; number < 100; number += 1) {
      log.append(entry(number));
    }
    await log.flush();
    expect(failures).toMatchObject([{ code: 'ENOSPC' }]);
    const kept = (await readActivity(file, 1_000)).length;
    expect(kept).toBeLessThan(100);
    expect(kept).toBeGreaterThan(0);
    await rm(fill);
    log.append(entry(100));
    log.append(entry(101));
    await log.flush();
    expect(failures).toHaveLength(1);
    expect(await readActivity(file, 1_000)).toHaveLength(kept + 2);
  });

  test('torn, foreign and newer lines are passed over', async () => {
    const file = join(await scratchFolder(), 'activity.jsonl');
    const good = JSON.stringify(entry(1));
    const lines = [
      good.slice(0, 40),
      '',
      '[]',
      'null',
      '{"at":5}',
      '\0\0',
      good.replace('"ok"', '"new-outcome"'),
      '['.repeat(100_000),
      good,
    ];
    await writeFile(file, lines.join('\n'));
    expect(await readActivity(file, 10)).toEqual([entry(1)]);
  });

  test('a log that cannot be written tells so and stops nobody', async () => {
    const folder = await scratchFolder();
    await mkdir(join(folder, 'activity.jsonl'));
    const failures: unknown[] = [];
    const log = openLog(join(folder, 'activity.jsonl'), (error) => failures.push(error));
    log.append(entry(1));
    await log.flush();
    log.append(entry(2));
    log.append(entry(3));
    await log.flush();
    expect(failures).toHaveLength(2);
  });

  test('no log yet holds no entries', async () => {
    expect(await readActivity(join(await scratchFolder(), 'none.jsonl'), 10)).toEqual([]);
  });
});
