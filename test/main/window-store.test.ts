import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { WindowStore } from '../../src/main/window-store.ts';
import { provideElectron } from '../helpers/electron-module.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { scratchFolder } from '../helpers/surroundings.ts';

const place = { x: 40, y: 60, width: 900, height: 700, maximized: true };

let openWindowStore: (folder: string) => WindowStore;

beforeAll(async () => {
  provideElectron(new ElectronStandIn({ userData: '/nonexistent' }));
  ({ openWindowStore } = await import('../../src/main/window-store.ts'));
});

test('a place is kept from run to run, in a file of the user alone', async () => {
  const folder = path.join(await scratchFolder(), 'not there yet');
  expect(openWindowStore(folder).load()).toBeUndefined();
  openWindowStore(folder).save(place);
  expect(openWindowStore(folder).load()).toEqual(place);
  expect(fs.statSync(path.join(folder, 'windows.json')).mode & 0o777).toBe(0o600);
});

test('a file that is broken while the app runs does not keep the window from opening again', async () => {
  const folder = await scratchFolder();
  const store = openWindowStore(folder);
  store.save(place);
  fs.writeFileSync(path.join(folder, 'windows.json'), '{"mainWindow":');
  expect(store.load()).toBeUndefined();
});

test('a place that cannot be written down is forgotten, and the window closes all the same', async () => {
  const folder = path.join(await scratchFolder(), 'data');
  const store = openWindowStore(folder);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.writeFileSync(folder, 'a file in the way');
  expect(() => store.save(place)).not.toThrow();
});

describe('a file that holds something else', () => {
  const whole = JSON.stringify({ mainWindow: place });

  test.each([
    ['nothing', ''],
    ['half of it', whole.slice(0, 30)],
    ['zeros', '\0'.repeat(200)],
    ['another type', '[1, 2, 3]'],
    ['a number', '5'],
    ['a place of the wrong types', '{"mainWindow":{"x":"a","y":null}}'],
    ['deep nesting', '['.repeat(100_000)],
    ['not text', '\u00ff\u00fe\u0000\u0001'],
  ])(
    '%s: the window opens as the first time, and what was there is kept aside unless it could be read',
    async (_name, content) => {
      const folder = await scratchFolder();
      const file = path.join(folder, 'windows.json');
      fs.writeFileSync(file, content, 'latin1');
      const store = openWindowStore(folder);
      expect(store.load()).toBeUndefined();
      store.save(place);
      expect(openWindowStore(folder).load()).toEqual(place);
      const kept = fs.existsSync(`${file}.unreadable`) ? fs.readFileSync(`${file}.unreadable`, 'latin1') : undefined;
      expect([undefined, content]).toContain(kept);
    },
  );

  test('cut at every byte, it never keeps the app from starting', async () => {
    const folder = await scratchFolder();
    for (let length = 0; length < whole.length; length += 1) {
      fs.writeFileSync(path.join(folder, 'windows.json'), whole.slice(0, length));
      expect(openWindowStore(folder).load()).toBeUndefined();
    }
  });
});
