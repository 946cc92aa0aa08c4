import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JsonStateFile, type JsonStateOptions } from '../../../src/core/files/json-state-file.ts';

const schema = v.object({ name: v.string(), count: v.number() });
type State = v.InferOutput<typeof schema>;

let home = '';
let path = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rolecall-state-'));
  path = join(home, 'own', 'settings.json');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function stateFile(options: Partial<JsonStateOptions<State>> = {}): JsonStateFile<State> {
  return new JsonStateFile({ path, version: 2, schema, defaults: () => ({ name: 'default', count: 0 }), ...options });
}

test('without a file the defaults hold, and nothing is written', async () => {
  expect(await stateFile().load()).toEqual({ name: 'default', count: 0 });
  expect(readdirSync(home)).toEqual([]);
});

test('what is saved is loaded again, from a file of 0600 in a folder of 0700, also when it was open to all', async () => {
  const file = stateFile();
  await file.save({ name: 'x', count: 1 });
  expect(await stateFile().load()).toEqual({ name: 'x', count: 1 });
  expect([mode(path), mode(join(home, 'own'))]).toEqual([0o600, 0o700]);
  chmodSync(path, 0o644);
  await file.save({ name: 'y', count: 2 });
  expect(mode(path)).toBe(0o600);
});

test('of many saves at once the last is what stays, all are told, and none overtakes another', async () => {
  const file = stateFile();
  await Promise.all(Array.from({ length: 50 }, (_, count) => file.save({ name: 'x', count })));
  expect(await file.load()).toEqual({ name: 'x', count: 49 });
  expect(readdirSync(join(home, 'own'))).toEqual(['settings.json']);
});

test('updates from several instances lose nothing', async () => {
  const lockDir = join(home, 'locks');
  const files = Array.from({ length: 10 }, () => stateFile({ lockDir }));
  await Promise.all(files.map((file) => file.update((state) => ({ ...state, count: state.count + 1 }))));
  expect(await stateFile().load()).toEqual({ name: 'default', count: 10 });
});

test('an update that changes nothing writes nothing', async () => {
  await stateFile({ lockDir: join(home, 'locks') }).update((state) => state);
  expect(readdirSync(home)).toEqual(['locks']);
});

describe('a file that cannot be used is put aside, kept, and told; the product goes on', () => {
  const good = JSON.stringify({ version: 2, value: { name: 'x', count: 1 } });

  test.each<[what: string, bytes: Buffer]>([
    ['no bytes', Buffer.from('')],
    ['zeros', Buffer.alloc(500)],
    ['noise', Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 7_919) % 256))],
    ['UTF-16', Buffer.from(good, 'utf16le')],
    ['latin-1', Buffer.from('{"version": 2, "value": {"name": "\u00e9", "count": 1}}', 'latin1')],
    ['another type', Buffer.from('[1, 2]')],
    ['null', Buffer.from('null')],
    ['another shape', Buffer.from('{"version": 2, "value": {"name": 5}}')],
    ['no version', Buffer.from('{"value": {"name": "x", "count": 1}}')],
    ['a version to come', Buffer.from(good.replace('2', '3'))],
    ['an old version without a way to migrate', Buffer.from(good.replace('2', '1'))],
    ['200,000 brackets', Buffer.from(`{"version": 2, "value": ${'['.repeat(200_000)}`)],
    ['200,000 brackets that end', Buffer.from(`{"version": 2, "value": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`)],
    ['a number too large', Buffer.from('{"version": 1e400, "value": {}}')],
    ['prototype tricks', Buffer.from('{"version": 2, "__proto__": {"value": {"name": "x", "count": 1}}}')],
    ['trailing garbage', Buffer.from(`${good}}`)],
    ['a web page', Buffer.from('<html>captive portal</html>')],
  ])('%s', async (_, bytes) => {
    given(bytes);
    const told: string[] = [];
    const file = stateFile({ onQuarantine: (aside) => told.push(aside) });
    expect(await file.load()).toEqual({ name: 'default', count: 0 });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/settings\.json\.unreadable-\d{8}T\d{9}Z$/);
    expect(Buffer.compare(readFileSync(told[0] ?? ''), bytes)).toBe(0);
    await file.save({ name: 'new', count: 5 });
    expect(await stateFile().load()).toEqual({ name: 'new', count: 5 });
    expect(({} as Record<string, unknown>)['value']).toBeUndefined();
  });

  test('cut at every byte', async () => {
    for (let length = 0; length < good.length; length += 1) {
      given(Buffer.from(good.slice(0, length)));
      expect(await stateFile().load()).toEqual({ name: 'default', count: 0 });
    }
    const kept = readdirSync(join(home, 'own'));
    expect(kept).toHaveLength(good.length);
  });

  test('a bit turned anywhere gives a working start', async () => {
    for (let bit = 0; bit < good.length * 8; bit += 5) {
      const bytes = Buffer.from(good);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      given(bytes);
      const state = await stateFile().load();
      expect(v.is(schema, state)).toBe(true);
    }
  });

  test('a second one does not take the place of the first', async () => {
    given(Buffer.from('first'));
    await stateFile().load();
    given(Buffer.from('second'));
    await stateFile().load();
    const kept = readdirSync(join(home, 'own')).map((name) => readFileSync(join(home, 'own', name), 'utf8'));
    expect(kept.toSorted()).toEqual(['first', 'second']);
  });

  test('where it cannot be put aside the product starts, and saving does not write over it', async (ctx) => {
    given(Buffer.from('precious'));
    const folder = join(home, 'own');
    try {
      execFileSync('chattr', ['+i', path], { stdio: 'ignore' });
    } catch {
      ctx.skip('making a file unmovable needs root and a file system with chattr');
    }
    try {
      const file = stateFile();
      expect(await file.load()).toEqual({ name: 'default', count: 0 });
      await expect(file.save({ name: 'x', count: 1 })).rejects.toMatchObject({ code: 'file-failed' });
      expect(readFileSync(path, 'utf8')).toBe('precious');
    } finally {
      execFileSync('chattr', ['-i', path]);
    }
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });
});

test('a file of an older version is migrated, and written in the new one', async () => {
  given(Buffer.from('{"version": 1, "value": {"title": "old"}}'));
  const file = stateFile({
    migrate: (value, fromVersion) => ({
      name: v.parse(v.object({ title: v.string() }), value).title,
      count: fromVersion,
    }),
  });
  expect(await file.load()).toEqual({ name: 'old', count: 1 });
  await file.save(await file.load());
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ version: 2, value: { name: 'old', count: 1 } });
});

test('a file that may not be read is an error: it must not be written over', async () => {
  mkdirSync(path, { recursive: true });
  await expect(stateFile().load()).rejects.toMatchObject({ code: 'file-failed' });
});

test('settings are laid out for people', async () => {
  await stateFile({ isPretty: true }).save({ name: 'x', count: 1 });
  expect(readFileSync(path, 'utf8')).toBe(
    '{\n  "version": 2,\n  "value": {\n    "name": "x",\n    "count": 1\n  }\n}\n',
  );
});

function given(bytes: Buffer): void {
  mkdirSync(join(home, 'own'), { recursive: true });
  writeFileSync(path, bytes);
}

function mode(of: string): number {
  return statSync(of).mode & 0o777;
}
