import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CANARY, canaryHits } from './canary-search.ts';
import { buildChildProgram, type ChildProgram } from './child-process.ts';
import type { Step } from './store-child.ts';
import { temporaryFolder } from './store-io.ts';

const PASSPHRASE = 'correct horse battery staple';

let program: ChildProgram;

beforeAll(async () => {
  program = await buildChildProgram();
});

afterAll(() => program.remove());

test('four processes that write different names at once lose none, from the very first secret on', async () => {
  const home = await temporaryFolder();
  const jobs = ['a', 'b', 'c', 'd'].map((letter) => {
    const steps = Array.from({ length: 15 }, (_, at): Step => ['set', `${letter}${at}`, `value of ${letter}${at}`]);
    return program.run({ home, keyring: 'file', steps });
  });
  const runs = await Promise.all(jobs);
  expect(runs.flatMap(({ answers }) => answers.filter(({ ok }) => !ok))).toEqual([]);
  const { answers } = await program.run({ home, keyring: 'file', steps: [['names'], ['get', 'a0'], ['get', 'd14']] });
  expect(answers[0]).toMatchObject({ ok: true });
  expect(answers.map((answer) => (answer.ok ? answer.value : undefined)).slice(1)).toEqual([
    'value of a0',
    'value of d14',
  ]);
  expect((answers[0] as { value: string[] }).value).toHaveLength(60);
});

test('a process killed in the middle of saving loses no kept secret and does not stop the next', async () => {
  const home = await temporaryFolder();
  const kills = 15;
  let kept = 0;
  for (let round = 0; round < kills; round += 1) {
    const { child, lines, ended } = program.start({ home, keyring: 'file', steps: [['set-many', 'n', 10_000]] });
    const after = 1 + ((round * 7) % 5);
    await waitUntil(() => lines.length >= after);
    await new Promise((resolve) => setTimeout(resolve, (round * 3) % 8));
    child.kill('SIGKILL');
    await ended;
    kept = lines.length;
  }
  const { answers } = await program.run({
    home,
    keyring: 'file',
    steps: [['get', 'n'], ['names'], ['set', 'after', 'x'], ['get', 'after']],
  });
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  const [current, names, , after] = answers.map((answer) => (answer.ok ? answer.value : undefined));
  const reached = Number(/^value (\d+)$/.exec(String(current))?.[1]);
  expect([kept, kept + 1]).toContain(reached);
  expect(names).toEqual(expect.arrayContaining(Array.from({ length: kept }, (_, at) => `n${at + 1}`)));
  expect(after).toBe('x');
  expect((await readdir(path.join(home, 'secrets'))).filter((name) => /damaged|replaced/.test(name))).toEqual([]);
});

test('nothing secret stands anywhere on disk, whatever the umask, after keeping, moving, damage and kills', async () => {
  const home = await temporaryFolder();
  const steps: Step[] = [
    ['set', 'k', CANARY],
    ['usePassphrase', PASSPHRASE],
    ['set', 'k2', CANARY],
    ['useMemory'],
    ['set', 'k3', CANARY],
    ['useKeyring'],
    ['get', 'k3'],
  ];
  const { answers } = await program.run({ home, keyring: 'file', umask: 0, steps });
  expect(answers.at(-1)).toMatchObject({ ok: true, value: CANARY });
  const killed = program.start({
    home,
    keyring: 'file',
    umask: 0,
    steps: [
      ['set', 'x', CANARY],
      ['set-many', CANARY, 10_000],
    ],
  });
  await waitUntil(() => killed.lines.length > 3);
  killed.child.kill('SIGKILL');
  await killed.ended;
  expect(await canaryHits(home, [CANARY, PASSPHRASE])).toEqual([]);
  expect(await modesIn(path.join(home, 'secrets'))).toEqual(
    new Map([
      ['folder', new Set([0o700])],
      ['file', new Set([0o600])],
    ]),
  );
});

/** Waits for a child: real time, as a real process takes it. */
async function waitUntil(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

async function modesIn(folder: string): Promise<Map<string, Set<number>>> {
  const modes = new Map<string, Set<number>>();
  for (const name of ['.', ...(await readdir(folder))]) {
    const found = await stat(path.join(folder, name));
    const kind = found.isDirectory() ? 'folder' : 'file';
    modes.set(kind, (modes.get(kind) ?? new Set()).add(found.mode & 0o777));
  }
  return modes;
}
