import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { takeThrowawayProfile } from '../../src/main/throwaway-profile.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { scratchFolder } from '../helpers/surroundings.ts';

async function take() {
  const parent = await scratchFolder();
  const electron = new ElectronStandIn({ userData: '/home/user/.config/rolecall' });
  takeThrowawayProfile(electron.apis.app, parent);
  return { app: electron.app, parent };
}

test('Chromium gets a folder of its own, which goes with the app', async () => {
  const { app, parent } = await take();
  const folder = app.getPath('userData');
  expect([path.dirname(folder), fs.readdirSync(parent)]).toEqual([parent, [path.basename(folder)]]);
  fs.writeFileSync(path.join(folder, 'Cookies'), '');
  app.emit('quit');
  expect(fs.readdirSync(parent)).toEqual([]);
});

test('where Chromium still holds files in it, as on Windows, the end shows no fault', async () => {
  const { app } = await take();
  const rm = vi.spyOn(fs, 'rmSync').mockImplementation(() => {
    throw Object.assign(new Error('EBUSY: resource busy or locked'), { code: 'EBUSY' });
  });
  onTestFinished(() => rm.mockRestore());
  expect(() => app.emit('quit')).not.toThrow();
});
