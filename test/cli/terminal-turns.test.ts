import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Terminal } from '../../src/cli/terminal-prompt.ts';
import { terminalPrompts } from '../../src/cli/terminal-prompts.ts';
import { terminalTurns } from '../../src/cli/terminal-turns.ts';
import { CancelledError } from '../../src/core/model/errors.ts';
import { systemClock } from '../../src/core/model/clock.ts';
import { Secret } from '../../src/core/model/secret.ts';
import type { PermissionQuestion } from '../../src/core/session/ports.ts';
import { scratchSurroundings } from '../helpers/surroundings.ts';

const never = new AbortController().signal;
const guarded = (profile: string): PermissionQuestion => ({
  kind: 'confirm-use',
  asker: { program: 'terraform', pid: 1, folder: '/', parents: [] },
  target: { kind: 'profile', profile },
  title: profile,
  ssoSession: undefined,
  guarded: true,
  userAsked: false,
});

/** A person at terminals, who sees questions and answers the oldest that stands there. */
function person() {
  const standing: { readonly question: string; readonly type: (text: string) => void }[] = [];
  const terminal: Terminal = {
    write: () => undefined,
    readHidden: (question) =>
      new Promise((resolve) => {
        standing.push({ question, type: (text) => resolve(new Secret(text)) });
      }),
    close: () => undefined,
  };
  return { terminal, standing, answer: (text: string) => standing.shift()?.type(text) };
}

test('two commands on one terminal ask one after the other, and each gets its own answer', async () => {
  const surroundings = await scratchSurroundings({ clock: systemClock() });
  const { terminal, standing, answer } = person();
  const command = () => terminalPrompts(() => terminal, surroundings.clock, terminalTurns(surroundings, 7));
  const first = command().askPermission(guarded('one'), never);
  await expect.poll(() => standing.length).toBe(1);
  const second = command().askPermission(guarded('two'), never);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(standing.map(({ question }) => question)).toEqual([expect.stringContaining('one')]);
  answer('y');
  expect(await first).toBe('accept');
  await expect.poll(() => standing.map(({ question }) => question)).toEqual([expect.stringContaining('two')]);
  answer('n');
  expect(await second).toBe('refuse');
});

test('one that waits for its turn can be stopped, and another terminal waits for none', async () => {
  const surroundings = await scratchSurroundings({ clock: systemClock() });
  const { terminal, standing, answer } = person();
  const command = (id: number) => terminalPrompts(() => terminal, surroundings.clock, terminalTurns(surroundings, id));
  const first = command(7).askPermission(guarded('one'), never);
  await expect.poll(() => standing.length).toBe(1);
  const stop = new AbortController();
  const second = command(7).askPermission(guarded('two'), stop.signal);
  stop.abort(new CancelledError('The command'));
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  const elsewhere = command(8).askPermission(guarded('three'), never);
  await expect.poll(() => standing.length).toBe(2);
  answer('y');
  answer('y');
  expect(await Promise.all([first, elsewhere])).toEqual(['accept', 'accept']);
});

test('a home that cannot be written to keeps no question back', async () => {
  const surroundings = await scratchSurroundings({ clock: systemClock() });
  const rolecallHome = `${surroundings.homeDir}/file`;
  await writeFile(rolecallHome, '');
  const { terminal, standing, answer } = person();
  const turns = terminalTurns({ ...surroundings, rolecallHome }, 7);
  const asked = terminalPrompts(() => terminal, surroundings.clock, turns).askPermission(guarded('one'), never);
  await expect.poll(() => standing.length).toBe(1);
  answer('y');
  expect(await asked).toBe('accept');
});
