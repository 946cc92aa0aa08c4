import { expect, test } from 'vitest';
import { openAppHost } from '../../src/cli/app-host.ts';
import type { CliContext } from '../../src/cli/cli-context.ts';
import { systemClock } from '../../src/core/model/clock.ts';
import { CancelledError } from '../../src/core/model/errors.ts';
import { scratchSurroundings } from '../helpers/surroundings.ts';

test('told to end while it starts, it ends once it has started', async () => {
  const surroundings = await scratchSurroundings({ clock: systemClock() });
  const stop = new AbortController();
  const told: string[] = [];
  const context: CliContext = {
    surroundings,
    version: '1',
    services: () => Promise.reject(new Error('not asked for')),
    openByLink: () => Promise.reject(new Error('not asked for')),
    // The demo is said to be there before the app in it is put together: somebody presses Ctrl-C.
    out(text) {
      told.push(text);
      stop.abort(new CancelledError('The command'));
    },
    note: () => undefined,
    json: false,
    signal: stop.signal,
    call: () => ({
      asker: { program: 'rolecall', pid: 1, folder: '/', parents: [] },
      userAsked: false,
      signal: stop.signal,
    }),
  };
  await openAppHost(context, { screen: undefined, isSandbox: true });
  expect(told.at(-1)).toContain('serves credentials');
}, 30_000);
