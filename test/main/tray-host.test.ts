import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { TrayIcon } from '../../src/main/tray.ts';
import { isTrayHostThere, lateTray, untilTrayHost } from '../../src/main/tray-host.ts';
import { FakeClock, settle } from '../helpers/fake-clock.ts';
import { scratchFolder } from '../helpers/surroundings.ts';

/** An environment in which just these programs are found. */
async function withPrograms(programs: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const folder = await scratchFolder();
  for (const [name, script] of Object.entries(programs)) {
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return { PATH: folder };
}

describe('whether a panel takes icons', () => {
  test.each([
    [{ gdbus: 'echo "(<true>,)"' }, true],
    [{ gdbus: 'echo "(<false>,)"' }, false],
    [{ gdbus: 'echo "Error: The name is not activatable" >&2; exit 1', busctl: 'echo "b true"' }, false],
    [{ busctl: 'echo "b true"' }, true],
    [{ busctl: 'echo "b false"' }, false],
    [{}, undefined],
  ] as const)('%j: %j', async (programs, expected) => {
    expect(await isTrayHostThere(await withPrograms(programs))).toBe(expected);
  });
});

describe('waiting for a panel', () => {
  function waiting(...answers: readonly (boolean | undefined)[]) {
    const clock = new FakeClock();
    const ending = new AbortController();
    const looks: number[] = [];
    const told = { how: 'waits' };
    const look = (): Promise<boolean | undefined> => {
      looks.push(clock.now().getTime());
      return Promise.resolve(answers[Math.min(looks.length, answers.length) - 1]);
    };
    void untilTrayHost(look, clock, ending.signal).then(
      () => (told.how = 'ready'),
      () => (told.how = 'ended'),
    );
    return { clock, ending, looks, told };
  }

  test('ends when it is there', async () => {
    const { clock, told } = waiting(false, false, true);
    await clock.advance(1_000);
    expect(told.how).toBe('waits');
    await clock.advance(1_000);
    expect(told.how).toBe('ready');
  });

  test('does not begin where nobody can be asked', async () => {
    const { told } = waiting(undefined);
    await settle();
    expect(told.how).toBe('ready');
  });

  test('goes on for a minute on a desktop without one', async () => {
    const { clock, looks, told } = waiting(false);
    await clock.advance(59_000);
    expect(told.how).toBe('waits');
    await clock.advance(2_000);
    expect([told.how, looks.length, clock.pending]).toEqual(['ready', 60, 0]);
  });

  test('ends with the app, and leaves no timer', async () => {
    const { clock, ending, told } = waiting(false);
    await settle();
    ending.abort();
    await settle();
    expect([told.how, clock.pending]).toEqual(['ended', 0]);
  });
});

test('an icon that waits is nowhere, then where it is made; one that was closed first is not made', async () => {
  const made: string[] = [];
  const icon = { x: 1, y: 2, width: 3, height: 4 };
  const make = (): TrayIcon => {
    made.push('made');
    return { bounds: () => icon, refresh: () => made.push('refreshed'), close: () => made.push('closed') };
  };
  const gate = { open: (): void => undefined };
  const tray = lateTray(() => new Promise((resolve) => (gate.open = resolve)), make);
  tray.refresh();
  expect([tray.bounds().width, made]).toEqual([0, []]);
  gate.open();
  await settle();
  tray.refresh();
  tray.close();
  expect([tray.bounds(), made]).toEqual([icon, ['made', 'refreshed', 'closed']]);

  const never = lateTray((signal) => untilTrayHost(() => Promise.resolve(false), new FakeClock(), signal), make);
  never.close();
  await settle();
  expect(made.length).toBe(3);
});
