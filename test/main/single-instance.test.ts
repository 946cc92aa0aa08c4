import { expect, test } from 'vitest';
import { setUpSingleInstance } from '../../src/main/single-instance.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';

test('the first instance goes on and is told when another is started', () => {
  const electron = new ElectronStandIn({ userData: '', isFirstInstance: true });
  const starts: (readonly string[])[] = [];
  expect(setUpSingleInstance(electron.apis.app, (argv) => starts.push(argv))).toBe(true);
  electron.app.emit('second-instance', {}, ['rolecall', '--x'], '/home/user');
  expect([starts, electron.app.exits]).toEqual([[['rolecall', '--x']], []]);
});

test('another instance ends with exit code 0', () => {
  const electron = new ElectronStandIn({ userData: '', isFirstInstance: false });
  expect(setUpSingleInstance(electron.apis.app, () => {})).toBe(false);
  expect(electron.app.exits).toEqual([0]);
});
