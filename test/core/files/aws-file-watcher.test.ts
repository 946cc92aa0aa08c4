import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchFiles, type FileWatch } from '../../../src/core/files/aws-file-watcher.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { passTime } from './ticking.ts';

let home = '';
let config = '';
let cacheDir = '';
let clock: FakeClock;
let told: string[][] = [];
let watch: FileWatch;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'rolecall-watch-'));
  mkdirSync(join(home, '.aws', 'sso', 'cache'), { recursive: true });
  config = join(home, '.aws', 'config');
  cacheDir = join(home, '.aws', 'sso', 'cache');
  writeFileSync(config, '[default]\n');
  writeFileSync(join(cacheDir, 'a.json'), '{}');
  clock = new FakeClock();
  told = [];
  watch = watchFiles([config, cacheDir], (changed) => told.push([...changed]), clock);
  await watch.ready;
});
afterEach(() => {
  watch.close();
  rmSync(home, { recursive: true, force: true });
});

test('nothing is told while nothing changes', async () => {
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
  ['a new token', () => writeFileSync(join(cacheDir, 'b.json'), '{}'), () => cacheDir],
  ['a token rewritten in place', () => writeFileSync(join(cacheDir, 'a.json'), '{"x": 1}'), () => cacheDir],
  ['a token removed', () => rmSync(join(cacheDir, 'a.json')), () => cacheDir],
  ['a folder renamed away', () => renameSync(cacheDir, `${cacheDir}.old`), () => cacheDir],
])('%s is told within a second', async (_, change, path) => {
  change();
  await pass(1_000);
  expect(told.flat()).toContain(path());
  expect(told.filter((changed) => changed.includes(path()))).toHaveLength(1);
});

test('a file and its folder that come later are told, and go, and come again', async () => {
  rmSync(join(home, '.aws'), { recursive: true });
  await pass(1_000);
  mkdirSync(join(home, '.aws'));
  writeFileSync(config, 'new');
  await pass(1_000);
  rmSync(config);
  await pass(1_000);
  writeFileSync(config, 'newer');
  await pass(1_000);
  expect(told.filter((changed) => changed.includes(config))).toHaveLength(4);
});

test('a file that is truncated and rewritten is told once, when it is whole', async () => {
  const seen: number[] = [];
  watch.close();
  watch = watchFiles([config], () => seen.push(statSync(config).size), clock);
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

test('a file that changes all the time is told all the same', async () => {
  for (let turn = 0; turn < 40; turn += 1) {
    writeFileSync(config, 'x'.repeat(turn));
    await pass(50);
  }
  expect(told.length).toBeGreaterThanOrEqual(1);
});

test('a change that is taken back before it was told is not told', async () => {
  const { mtime } = statSync(config);
  utimesSync(config, new Date(0), new Date(0));
  await pass(420);
  utimesSync(config, mtime, mtime);
  await pass(50);
  expect(told.length).toBeLessThanOrEqual(1);
});

test('after closing nothing is told and no timer waits', async () => {
  watch.close();
  writeFileSync(config, 'changed');
  await clock.advance(2_000);
  expect([told, clock.pending]).toEqual([[], 0]);
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
