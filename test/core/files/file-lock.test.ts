import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { withFileLock } from '../../../src/core/files/file-lock.ts';
import { thisOwner } from '../../../src/core/files/lock-owner.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { passTime, tickUntil } from './ticking.ts';
import { bundleChild } from './children/bundle.ts';

const scripts = mkdtempSync(join(tmpdir(), 'rolecall-lock-script-'));
/** The name under which `key` is locked: the start of its SHA-256. */
const LOCK_NAME = '2c70e12b7a0646f92279f427c7b38e73.lock';
let script = '';
let lockDir = '';
let children: ChildProcess[] = [];

beforeAll(async () => {
  script = await bundleChild('lock-writer', scripts);
});
afterAll(() => rmSync(scripts, { recursive: true, force: true }));
beforeEach(() => {
  lockDir = join(mkdtempSync(join(tmpdir(), 'rolecall-lock-')), 'locks');
  children = [];
});
afterEach(() => {
  for (const child of children) {
    child.kill('SIGKILL');
  }
  rmSync(join(lockDir, '..'), { recursive: true, force: true });
});

test('calls in one process take turns, in and out of order of length', async () => {
  let inside = 0;
  let most = 0;
  const results = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      withFileLock(lockDir, 'key', async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        return index;
      }),
    ),
  );
  expect([most, results]).toEqual([1, Array.from({ length: 30 }, (_, index) => index)]);
  expect(readdirSync(lockDir)).toEqual([]);
});

test('other keys do not wait', async () => {
  const inner = await withFileLock(lockDir, 'a', () => withFileLock(lockDir, 'b', () => Promise.resolve('in both')));
  expect(inner).toBe('in both');
});

test('an action that throws frees the lock', async () => {
  await expect(withFileLock(lockDir, 'key', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withFileLock(lockDir, 'key', () => Promise.resolve('again'))).toBe('again');
});

test('the folder and the lock are for the user only', async () => {
  const modes = await withFileLock(lockDir, 'key', () => {
    const [name = ''] = readdirSync(lockDir);
    const [owner = ''] = readdirSync(join(lockDir, name));
    return Promise.resolve(
      [lockDir, join(lockDir, name), join(lockDir, name, owner)].map((path) => statSync(path).mode & 0o777),
    );
  });
  expect(modes).toEqual([0o700, 0o700, 0o600]);
});

test('what is found meanwhile ends the wait: no turn is taken, and nothing of the waiting is left', async () => {
  let release = (): void => undefined;
  const held = withFileLock(lockDir, 'key', () => new Promise<void>((resolve) => (release = resolve)));
  await expect.poll(() => existsSync(join(lockDir, LOCK_NAME))).toBe(true);
  let looks = 0;
  const taken = vi.fn(async () => 'by turn');
  const meanwhile = async (): Promise<string | undefined> => {
    looks += 1;
    return looks < 3 ? undefined : 'meanwhile';
  };
  expect(await withFileLock(lockDir, 'key', taken, { meanwhile })).toBe('meanwhile');
  expect([looks, taken.mock.calls.length, readdirSync(lockDir)]).toEqual([3, 0, [LOCK_NAME]]);
  release();
  await held;
  expect(await withFileLock(lockDir, 'key', taken, { meanwhile: async () => 'never asked' })).toBe('by turn');
});

test('eight processes count to 200 without losing one, and never two are in', async () => {
  const counter = join(lockDir, '..', 'counter');
  writeFileSync(counter, '0');
  await Promise.all(Array.from({ length: 8 }, () => finished(start(counter, '25'))));
  expect(readFileSync(counter, 'utf8')).toBe('200');
  expect(existsSync(`${counter}.broken`)).toBe(false);
});

test('the lock of a process killed with -9 is taken over within a second, by one of many who wait', async () => {
  const counter = join(lockDir, '..', 'counter');
  writeFileSync(counter, '0');
  for (let round = 0; round < 3; round += 1) {
    const holder = start(counter, '1', 'hang');
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    const waiting = Array.from({ length: 20 }, () => countUp(counter));
    await new Promise((resolve) => setTimeout(resolve, 30));
    const killedAt = performance.now();
    holder.kill('SIGKILL');
    await Promise.all(waiting);
    expect(performance.now() - killedAt).toBeLessThan(3_000);
  }
  expect(readFileSync(counter, 'utf8')).toBe('60');
  expect(existsSync(`${counter}.broken`)).toBe(false);
  // What the killed ones left is gone too.
  expect(readdirSync(lockDir)).toEqual([]);
});

test('what killed waiters left is swept up after the next one that died in the lock', async () => {
  const dead = join(lockDir, 'x.abc.new');
  mkdirSync(dead, { recursive: true });
  writeFileSync(join(dead, 'owner-abc'), JSON.stringify({ ...thisOwner(), pid: 2 ** 22 - 1, started: '1' }));
  plantOwner({ ...thisOwner(), pid: 2 ** 22 - 1, started: '1' });
  await withFileLock(lockDir, 'key', () => Promise.resolve());
  expect(readdirSync(lockDir)).toEqual([]);
});

test('a process that is stopped, as by a sleeping machine, keeps its lock', async () => {
  const counter = join(lockDir, '..', 'counter');
  writeFileSync(counter, '0');
  const holder = start(counter, '1', 'hang');
  await new Promise((resolve) => holder.stdout?.once('data', resolve));
  holder.kill('SIGSTOP');
  makeOld(3_600_000);
  await expect(withFileLock(lockDir, 'key', () => Promise.resolve(), { timeoutMs: 200 })).rejects.toMatchObject({
    code: 'busy',
  });
});

test('waiting ends at the time given, and when cancelled; neither leaves anything behind', async () => {
  await withFileLock(lockDir, 'key', async () => {
    await expect(withFileLock(lockDir, 'key', () => Promise.resolve(), { timeoutMs: 60 })).rejects.toThrow(
      'Another Rolecall',
    );
    const abort = new AbortController();
    const waiting = withFileLock(lockDir, 'key', () => Promise.resolve(), { signal: abort.signal });
    setTimeout(() => abort.abort(new Error('user closed it')), 20);
    await expect(waiting).rejects.toThrow('user closed it');
    expect(readdirSync(lockDir)).toHaveLength(1);
  });
});

test('the signal of the caller reaches the action', async () => {
  const abort = new AbortController();
  const seen = await withFileLock(
    lockDir,
    'key',
    (signal) => {
      abort.abort();
      return Promise.resolve(signal.aborted);
    },
    { signal: abort.signal },
  );
  expect(seen).toBe(true);
});

test('an owner on another machine is given up only when its heartbeat has stood still for ten seconds of looking', async () => {
  plantOwner({ ...thisOwner(), space: 'another machine', host: 'other' });
  const clock = new FakeClock();
  let isIn = false;
  const waiting = withFileLock(
    lockDir,
    'key',
    () => {
      isIn = true;
      return Promise.resolve();
    },
    { clock },
  );
  await passTime(clock, 9_000, 50);
  expect(isIn).toBe(false);
  touchOwner();
  await passTime(clock, 9_000, 50);
  expect(isIn).toBe(false);
  await tickUntil(clock, waiting, 50);
  expect(isIn).toBe(true);
});

test('a lock whose record was lost with the power is given up in the same way', async () => {
  plantOwner('');
  const clock = new FakeClock();
  const waiting = withFileLock(lockDir, 'key', () => Promise.resolve('in'), { clock });
  expect(await tickUntil(clock, waiting, 50)).toBe('in');
});

test('a process id that came round again does not keep a lock', async (ctx) => {
  if (thisOwner().started === undefined) {
    ctx.skip('this system does not tell when a process began');
  }
  plantOwner({ ...thisOwner(), started: '1' });
  expect(await withFileLock(lockDir, 'key', () => Promise.resolve('in'), { timeoutMs: 1_000 })).toBe('in');
});

test('a holder whose lock was taken by another machine is told', async () => {
  const clock = new FakeClock();
  const reason = await withFileLock(
    lockDir,
    'key',
    async (signal) => {
      const [name = ''] = readdirSync(lockDir);
      rmSync(join(lockDir, name), { recursive: true });
      await clock.advance(2_000);
      await vi.waitFor(() => expect(signal.aborted).toBe(true));
      return signal.reason as unknown;
    },
    { clock },
  );
  expect(reason).toMatchObject({ code: 'busy' });
});

test('a folder that cannot be written is an error that says so', async () => {
  writeFileSync(lockDir, 'a file in the way');
  await expect(withFileLock(lockDir, 'key', () => Promise.resolve())).rejects.toMatchObject({ code: 'file-failed' });
});

function start(counter: string, ...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [script, lockDir, counter, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
  children.push(child);
  return child;
}

function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once('close', () => resolve()));
}

async function countUp(counter: string): Promise<void> {
  await withFileLock(lockDir, 'key', async () => {
    const value = Number(readFileSync(counter, 'utf8'));
    await new Promise((resolve) => setImmediate(resolve));
    writeFileSync(counter, String(value + 1));
  });
}

/** A lock as some other process would have left it. */
function plantOwner(owner: unknown): void {
  const path = join(lockDir, LOCK_NAME);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'owner-abc'), owner === '' ? '' : JSON.stringify(owner));
}

function touchOwner(): void {
  const [name = ''] = readdirSync(lockDir).filter((each) => each.endsWith('.lock'));
  utimesSync(join(lockDir, name, 'owner-abc'), new Date(), new Date(Date.now() + 5_000));
}

function makeOld(ms: number): void {
  const [name = ''] = readdirSync(lockDir).filter((each) => each.endsWith('.lock'));
  const [owner = ''] = readdirSync(join(lockDir, name));
  const then = new Date(Date.now() - ms);
  utimesSync(join(lockDir, name, owner), then, then);
}
