import { spawn } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { CANARY, canaryHits } from './canary-search.ts';
import { buildChildProgram, type ChildProgram } from './child-process.ts';
import { missingProgram, startSession, type DesktopSession, type SessionOptions } from './desktop-session.ts';
import type { Answer, Job, Step } from './store-child.ts';
import { temporaryFolder } from './store-io.ts';

/** GNOME Keyring for real, in a D-Bus session of the test's own, asked through the very module the product uses. */
const unavailable =
  process.platform === 'linux'
    ? missingProgram(['dbus-run-session', 'gnome-keyring-daemon', 'dbus-send'])
    : 'not Linux';

let program: ChildProgram;

beforeAll(async () => {
  program = await buildChildProgram();
});

afterAll(() => program.remove());

/** A user with a home; each `login` is a session of theirs. */
async function user(context: TestContext) {
  if (unavailable !== undefined) {
    context.skip(unavailable);
  }
  const home = await temporaryFolder();
  const login = async (keyring: SessionOptions['keyring'], display?: string): Promise<DesktopSession> => {
    const session = await startSession({ home, keyring, ...(display === undefined ? {} : { display }) });
    onTestFinished(() => session.stop());
    return session;
  };
  const run = async (env: NodeJS.ProcessEnv, steps: readonly Step[], job: Partial<Job> = {}) =>
    program.run({ home: path.join(home, 'rolecall'), keyring: 'system', steps, ...job }, env);
  return { home, login, run };
}

const values = (answers: readonly Answer[]): unknown[] =>
  answers.map((answer) => (answer.ok ? answer.value : answer.code));

describe('an unlocked keyring', () => {
  test('keeps secrets over processes and logins, and shows none of them on disk', async (context) => {
    const { home, login, run } = await user(context);
    const first = await login('unlocked');
    const wrote = await run(first.env, [['set', 'k', CANARY], ['get', 'k'], ['status']]);
    expect(values(wrote.answers).slice(0, 2)).toEqual([undefined, CANARY]);
    expect(values(wrote.answers)[2]).toMatchObject({ backend: 'keyring', state: 'ready' });
    expect(values((await run(first.env, [['get', 'k']])).answers)).toEqual([CANARY]);
    await first.stop();
    const next = await login('unlocked');
    expect(values((await run(next.env, [['get', 'k'], ['names']])).answers)).toEqual([CANARY, ['k']]);
    expect(await readdir(path.join(home, '.local/share/keyrings'))).toContain('login.keyring');
    expect(await canaryHits(home, [CANARY])).toEqual([]);
  });

  test('serves processes that start at once, also those that make the first key', async (context) => {
    const { login, run } = await user(context);
    const { env } = await login('unlocked');
    const runs = await Promise.all(['a', 'b', 'c'].map((id) => run(env, [['set', id, `value ${id}`]])));
    expect(runs.flatMap(({ answers }) => values(answers))).toEqual([undefined, undefined, undefined]);
    const { answers } = await run(env, [['names'], ['get', 'a'], ['get', 'b'], ['get', 'c']]);
    expect(new Set(values(answers)[0] as string[])).toEqual(new Set(['a', 'b', 'c']));
    expect(values(answers).slice(1)).toEqual(['value a', 'value b', 'value c']);
  });

  test('works without a child process too, as within Electron', async (context) => {
    const { login, run } = await user(context);
    const { env } = await login('unlocked');
    const { answers } = await run(env, [['refresh'], ['set', 'k', 'v'], ['get', 'k']], { keyring: 'in-process' });
    expect(values(answers)[2]).toBe('v');
    expect(values((await run(env, [['get', 'k']])).answers)).toEqual(['v']);
  });

  test('that is emptied, as by a reset, makes for one clear error and then a working store; the old file stays', async (context) => {
    const { home, login, run } = await user(context);
    const first = await login('unlocked');
    await run(first.env, [['set', 'old', 'value']]);
    await first.stop();
    await rm(path.join(home, '.local/share/keyrings'), { recursive: true });
    const { env } = await login('unlocked');
    const { answers } = await run(env, [
      ['get', 'old'],
      ['status'],
      ['set', 'new', 'value'],
      ['get', 'new'],
      ['get', 'old'],
    ]);
    expect(answers[0]).toMatchObject({ ok: false, name: 'StoreChangedError' });
    expect(values(answers)[1]).toMatchObject({ backend: 'keyring', state: 'changed' });
    expect(values(answers).slice(2)).toEqual([undefined, 'value', undefined]);
    expect(
      (await readdir(path.join(home, 'rolecall/secrets'))).filter((name) => name.includes('.replaced-')),
    ).toHaveLength(1);
  });
});

describe('no keyring', () => {
  const operations: Step[] = [['get', 'k'], ['set', 'k', 'v'], ['status']];
  const useMemory: Step[] = [['useMemory'], ['set', 'k', 'v'], ['get', 'k']];

  test.each(['system', 'in-process'] as const)(
    'for want of D-Bus (%s) is told, and memory can be chosen',
    async (keyring) => {
      const home = await temporaryFolder();
      const env = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home };
      const steps = [...operations, ...useMemory];
      const { answers, exitCode } = await program.run({ home: path.join(home, 'rolecall'), keyring, steps }, env);
      expect(answers[0]).toMatchObject({ code: 'store-missing', reason: 'no-bus' });
      expect(answers[1]).toMatchObject({ code: 'store-missing', reason: 'no-bus' });
      expect(values(answers)[2]).toMatchObject({ backend: 'none', state: 'missing' });
      expect(values(answers).slice(4)).toEqual([undefined, 'v']);
      expect(exitCode).toBe(0);
    },
  );

  test('service is told apart from no D-Bus', async (context) => {
    const { login, run } = await user(context);
    const { answers } = await run((await login('none')).env, operations);
    expect(answers[0]).toMatchObject({ code: 'store-missing', reason: 'no-service' });
    expect(answers[1]).toMatchObject({ code: 'store-missing', reason: 'no-service' });
  });

  test('collection in a running service: nothing is sealed with a key that could not be kept', async (context) => {
    const { home, login, run } = await user(context);
    const { answers } = await run((await login('empty')).env, operations);
    expect(answers[1]).toMatchObject({ code: 'store-missing', reason: 'no-collection' });
    expect(values(answers)[2]).toMatchObject({ state: 'missing' });
    expect(await readdir(path.join(home, 'rolecall/secrets')).catch(() => [])).toEqual([]);
  });

  test('entry of the kernel is ever used instead', async (context) => {
    if (unavailable !== undefined) {
      context.skip(unavailable);
    }
    const home = await temporaryFolder();
    const env = { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: home };
    const job: Job = { home: path.join(home, 'rolecall'), keyring: 'system', steps: [['set', 'k', 'v']] };
    expect((await program.run(job, env)).answers[0]).toMatchObject({ ok: false });
    expect((await program.run({ ...job, steps: [['get', 'k']] }, env)).answers[0]).toMatchObject({ ok: false });
  });
});

describe('a locked keyring', () => {
  const lockedHome = async (context: TestContext) => {
    const one = await user(context);
    const first = await one.login('unlocked');
    await one.run(first.env, [['set', 'k', 'the secret']]);
    await first.stop();
    return one;
  };

  test('that nobody can unlock is told; the secrets are there when it is open', async (context) => {
    const { login, run } = await lockedHome(context);
    const locked = await login('locked');
    const { answers } = await run(locked.env, [['get', 'k'], ['set', 'k', 'other'], ['status']]);
    expect(answers[0]).toMatchObject({ code: 'store-locked', reason: 'dismissed' });
    expect(answers[1]).toMatchObject({ code: 'store-locked', reason: 'dismissed' });
    expect(values(answers)[2]).toMatchObject({ backend: 'keyring', state: 'locked' });
    await locked.stop();
    expect(values((await run((await login('unlocked')).env, [['get', 'k']])).answers)).toEqual(['the secret']);
  });

  test('whose window waits for a password nobody types is given up in time, and the process ends', async (context) => {
    const noDisplay = missingProgram(['Xvfb']);
    if (noDisplay !== undefined) {
      context.skip(noDisplay);
    }
    const { login, run } = await lockedHome(context);
    const { env } = await login('locked', await startDisplay());
    const { answers, exitCode, exitMs } = await run(env, [['get', 'k'], ['status']], { timeoutMs: 1500 });
    expect(answers[0]).toMatchObject({ code: 'store-locked', reason: 'slow' });
    expect(values(answers)[1]).toMatchObject({ state: 'locked' });
    expect(answers[0]?.ms).toBeGreaterThanOrEqual(1499);
    expect(exitCode).toBe(0);
    expect(exitMs).toBeLessThan(10_000);
  });
});

test('a keyring that one may not talk to is told as refused', async (context) => {
  const { login, run } = await user(context);
  const { answers } = await run((await login('denied')).env, [['set', 'k', 'v'], ['status']]);
  expect(answers[0]).toMatchObject({ code: 'store-locked', reason: 'denied' });
  expect(values(answers)[1]).toMatchObject({ state: 'locked' });
});

test('a keyring service that never answers is given up in time, without holding up this process', async (context) => {
  const { login, run } = await user(context);
  const { answers } = await run((await login('hanging')).env, [['get', 'k']], { timeoutMs: 500 });
  expect(answers[0]).toMatchObject({ code: 'store-locked', reason: 'slow' });
  // D-Bus itself gives up after 2 s.
  expect(answers[0]?.ms).toBeLessThan(1900);
});

/** An X display that nobody sits at. */
async function startDisplay(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '640x480x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    cwd: folder,
  });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => server.on('close', resolve));
    server.kill();
    await ended;
  });
  const number = await new Promise<string>((resolve) => {
    server.stdio[3]?.once('data', (piece: Buffer) => resolve(piece.toString().trim()));
  });
  return `:${number}`;
}
