import { expect, test } from 'vitest';
import type { PowerEvent } from '../../src/core/app/core.ts';
import { setUpPowerEvents } from '../../src/main/power-events.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

function setUp() {
  const electron = new ElectronStandIn({ userData: '' });
  const clock = new FakeClock();
  const events: PowerEvent[] = [];
  const end = setUpPowerEvents(electron.apis.powerMonitor, electron.apis.net, clock, (event) => events.push(event));
  return { electron, clock, events, end };
}

test('sleep, wake and lock are told to the core', () => {
  const { electron, events } = setUp();
  ['suspend', 'resume', 'lock-screen', 'unlock-screen'].forEach((name) => electron.powerMonitor.emit(name));
  expect(events).toEqual(['lock', 'resume', 'lock', 'unlock']);
});

test('the network coming and going is told once each', async () => {
  const { electron, clock, events } = setUp();
  await clock.advance(20_000);
  electron.isOnline = false;
  await clock.advance(20_000);
  electron.isOnline = true;
  await clock.advance(20_000);
  expect(events).toEqual(['offline', 'online']);
});

test('after waking the network is looked at at once', () => {
  const { electron, events } = setUp();
  electron.isOnline = false;
  electron.powerMonitor.emit('resume');
  expect(events).toEqual(['resume', 'offline']);
});

test('it ends', () => {
  const { clock, end } = setUp();
  end();
  expect(clock.pending).toBe(0);
});
