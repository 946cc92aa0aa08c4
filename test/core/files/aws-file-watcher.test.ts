import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { watchFiles, type FileWatch } from '../../../src/core/files/aws-file-watcher.ts';
import { folderWakes, noWakes, type OpenWakes } from '../../../src/core/files/folder-wakes.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { passTime } from './ticking.ts';

let home = '';
let config = '';
let cacheDir = '';
let clock: FakeClock;
let told: string[][] = [];
let watch: FileWatch;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rolecall-watch-'));
  mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
  config = join(home, '.aws', 'config');
  cacheDir = join(home, '.aws', 'sso', 'cache');
  writeFileSync(config, '[default]\n');
  writeFileSync(join(cacheDir, 'a.json'), '{}');
  clock = new FakeClock();
  told = [];
});
afterEach(() => {
  watch.close();
  rmSync(home, { recursive: true, force: true });
});

async function start(openWakes: OpenWakes, paths: readonly string[] = [config, cacheDir]): Promise<void> {
  watch = watchFiles(paths, (changed) => told.push([...changed]), clock, openWakes);
  await watch.ready;
}

/** How often a path was told. */
function times(path: string): number {
  return told.filter((changed) => changed.includes(path)).length;
}

describe.each([
  ['woken by the system', folderWakes],
  ['by looking alone', noWakes],
])('%s', (_how, openWakes) => {
  test('nothing is told while nothing changes', async () => {
    await start(openWakes);
    await pass(5_000);
    expect(told).toEqual([]);
  });

  test.each<[what: string, change: () => void, path: () => string]>([
    ['an edit', () => writeFileSync(config, '[default]\nregion = x\n'), () => config],
    ['an edit of the same length', () => touchLater(() => writeFileSync(config, '[defaulx]\n')), () => config],
    ['a replacement', () => replace('[default]\nregion = x\n'), () => config],
    ['a replacement with the same content', () => replace('[default]\n'), () => config],
    ['a removal', () => rmSync(config), () => config],
    ['a removal of the whole folder', () => rmSync(join(home, '.aws'), { recursive: true }), () => config],
    ['a folder above renamed away', () => renameSync(join(home, '.aws'), join(home, 'aws')), () => cacheDir],
    ['a new token', () => writeFileSync(join(cacheDir, 'b.json'), '{}'), () => cacheDir],
    ['a token rewritten in place', () => writeFileSync(join(cacheDir, 'a.json'), '{"x": 1}'), () => cacheDir],
    ['a token removed', () => rmSync(join(cacheDir, 'a.json')), () => cacheDir],
    ['a folder renamed away', () => renameSync(cacheDir, `${cacheDir}.old`), () => cacheDir],
  ])('%s is told within a second', async (_, change, path) => {
    await start(openWakes);
    change();
    await pass(1_000);
    expect(told.flat()).toContain(path());
    expect(times(path())).toBe(1);
  });

  test('a file and its folder that come later are told, and go, and come again', async () => {
    await start(openWakes);
    rmSync(join(home, '.aws'), { recursive: true });
    await pass(1_000);
    mkdirSync(join(home, '.aws'));
    writeFileSync(config, 'new');
    await pass(1_000);
    rmSync(config);
    await pass(1_000);
    writeFileSync(config, 'newer');
    await pass(1_000);
    expect(times(config)).toBe(4);
  });

  test('folders that come one after the other are followed down to the file', async () => {
    const far = join(home, 'one', 'two', 'three', 'four', 'five', 'config');
    await start(openWakes, [far]);
    for (const depth of [1, 2, 3, 4, 5]) {
      mkdirSync(join(home, ...['one', 'two', 'three', 'four', 'five'].slice(0, depth)));
      await pass(500);
    }
    writeFileSync(far, 'x');
    await pass(1_000);
    expect(times(far)).toBe(1);
  });

  test('in the place of a replaced folder the new one is watched', async () => {
    await start(openWakes);
    renameSync(join(home, '.aws'), join(home, 'old'));
    mkdirSync(cacheDir, { recursive: true });
    writeFileSync(config, '[default]\n');
    await pass(1_000);
    told = [];
    writeFileSync(config, 'an edit of the new file');
    writeFileSync(join(home, 'old', 'config'), 'an edit of the old file');
    writeFileSync(join(cacheDir, 'new.json'), '{}');
    await pass(1_000);
    expect([times(config), times(cacheDir)]).toEqual([1, 1]);
  });

  test('behind a link the file itself is watched, and the link', async () => {
    const dotfiles = join(home, 'dotfiles');
    mkdirSync(dotfiles);
    writeFileSync(join(dotfiles, 'one'), '1');
    writeFileSync(join(dotfiles, 'two'), '2');
    unlinkSync(config);
    symlinkSync(join(dotfiles, 'one'), config);
    await start(openWakes);
    writeFileSync(join(dotfiles, 'one'), 'edited');
    await pass(1_000);
    expect(times(config)).toBe(1);
    unlinkSync(config);
    symlinkSync(join(dotfiles, 'two'), config);
    await pass(1_000);
    writeFileSync(join(dotfiles, 'two'), 'edited');
    await pass(1_000);
    expect(times(config)).toBe(3);
  });

  test('a folder that is a link may lead elsewhere from one moment to the next', async () => {
    const [one, two] = [join(home, 'one'), join(home, 'two')];
    for (const folder of [one, two]) {
      mkdirSync(folder);
      writeFileSync(join(folder, 'config'), folder);
    }
    const link = join(home, 'link');
    symlinkSync(one, link);
    await start(openWakes, [join(link, 'config')]);
    symlinkSync(two, `${link}.new`);
    renameSync(`${link}.new`, link);
    await pass(1_000);
    expect(times(join(link, 'config'))).toBe(1);
    writeFileSync(join(two, 'config'), 'edited');
    await pass(1_000);
    expect(times(join(link, 'config'))).toBe(2);
  });

  test('a file that is truncated and rewritten is told once, when it is whole', async () => {
    const seen: number[] = [];
    watch = watchFiles([config], () => seen.push(statSync(config).size), clock, openWakes);
    await watch.ready;
    await pass(380);
    writeFileSync(config, '');
    await pass(30);
    writeFileSync(config, '[default]\nreg');
    await pass(60);
    writeFileSync(config, '[default]\nregion = x\n');
    await pass(1_000);
    expect(seen).toEqual([21]);
  });

  test('what goes on beside a file that is being written does not make it seem calm', async () => {
    const seen: number[] = [];
    const onChange = (changed: readonly string[]): void => {
      seen.push(...changed.filter((path) => path === config).map(() => statSync(config).size));
    };
    watch = watchFiles([config, cacheDir], onChange, clock, openWakes);
    await watch.ready;
    writeFileSync(config, '');
    for (let turn = 0; turn < 4; turn += 1) {
      await pass(20);
      writeFileSync(join(cacheDir, 'a.json'), 'x'.repeat(turn));
    }
    writeFileSync(config, '[default]\nregion = x\n');
    await pass(1_000);
    expect(seen).toEqual([21]);
  });

  test('a file that changes all the time is told all the same', async () => {
    await start(openWakes);
    for (let turn = 0; turn < 40; turn += 1) {
      writeFileSync(config, 'x'.repeat(turn));
      await pass(50);
    }
    expect(told.length).toBeGreaterThanOrEqual(1);
  });

  test('a change that is taken back before it was told is not told', async () => {
    await start(openWakes);
    const { mtime } = statSync(config);
    utimesSync(config, new Date(0), new Date(0));
    await pass(420);
    utimesSync(config, mtime, mtime);
    await pass(50);
    expect(told.length).toBeLessThanOrEqual(1);
  });

  test('after closing nothing is told and no timer waits', async () => {
    await start(openWakes);
    watch.close();
    writeFileSync(config, 'changed');
    await clock.advance(2_000);
    expect([told, clock.pending]).toEqual([[], 0]);
  });
});

test('while the system tells, nobody looks but once in half a minute', async () => {
  await start(folderWakes);
  expect(clock.nextDelayMs).toBe(30_000);
  await clock.advance(30_000);
  await pass(10);
  writeFileSync(join(home, 'beside'), 'no file of interest');
  await pass(500);
  expect(clock.nextDelayMs).toBeGreaterThan(29_000);
});

test('what the system does not tell, as on network file systems, is told after the next look', async () => {
  await start(() => ({ arm: () => Promise.resolve(true), close: () => undefined }));
  writeFileSync(config, 'by another machine');
  writeFileSync(join(cacheDir, 'a.json'), '{"by": "another machine"}');
  await pass(31_000);
  expect([times(config), times(cacheDir)]).toEqual([1, 1]);
});

test('a system that could tell nothing is asked again', async () => {
  const answers = [false, false, true];
  await start(() => ({ arm: () => Promise.resolve(answers.shift() ?? true), close: () => undefined }));
  expect(clock.nextDelayMs).toBe(400);
  await pass(1_000);
  expect(clock.nextDelayMs).toBeGreaterThan(1_000);
});

function replace(text: string): void {
  writeFileSync(`${config}.new`, text);
  renameSync(`${config}.new`, config);
}

/** File systems tell times in ticks of some milliseconds. */
function touchLater(change: () => void): void {
  change();
  const later = new Date(Date.now() + 5_000);
  utimesSync(config, later, later);
}

function pass(ms: number): Promise<void> {
  return passTime(clock, ms, 10);
}
