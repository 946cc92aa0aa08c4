import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { childKeyring } from '../../../src/core/secrets/keyring-child.ts';
import type { Keyring } from '../../../src/core/secrets/keyring.ts';
import { CANARY } from './canary-search.ts';
import { temporaryFolder } from './store-io.ts';

/** The keyring through a real child process that loads this module text instead of the native one. */
async function keyringOver(entryBody: string, timeoutMs = 10_000): Promise<{ keyring: Keyring; folder: string }> {
  const folder = await temporaryFolder();
  const modulePath = path.join(folder, 'module.cjs');
  await writeFile(
    modulePath,
    `const fs = require('node:fs'); const path = require('node:path');
     const note = (name, text) => fs.writeFileSync(path.join(__dirname, name), text);
     const stored = (account) => path.join(__dirname, 'stored-' + account);
     exports.Entry = class { constructor(service, account, options) { this.account = account; note('args', JSON.stringify([service, account, options])); note('pid', String(process.pid)); }
       ${entryBody} };`,
  );
  return { folder, keyring: childKeyring({ clock: systemClock(), modulePath, timeoutMs }) };
}

const WORKING = `
  getPassword() { try { return fs.readFileSync(stored(this.account), 'utf8'); } catch { return null; } }
  setPassword(text) { fs.writeFileSync(stored(this.account), text); note('seen', JSON.stringify([process.argv, process.execArgv, process.env])); }
  deleteCredential() { const there = fs.existsSync(stored(this.account)); fs.rmSync(stored(this.account), { force: true }); return there; }`;

test('reads, writes and removes through the child, pinned to the Secret Service', async () => {
  const { keyring, folder } = await keyringOver(WORKING);
  await keyring.probe();
  expect(await keyring.read('a')).toBeUndefined();
  await keyring.write('a', new Secret('välue "\n'));
  expect((await keyring.read('a'))?.reveal()).toBe('välue "\n');
  expect(await keyring.remove('a')).toBe(true);
  expect(await keyring.remove('a')).toBe(false);
  expect(await readFile(path.join(folder, 'args'), 'utf8')).toBe(
    '["Rolecall","a",{"linux":{"store":"secret-service"}}]',
  );
});

test('the key is in neither command line nor environment of the child, and no debugger of ours starts in it', async () => {
  const { keyring, folder } = await keyringOver(WORKING);
  vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=4096');
  await keyring.write('a', new Secret(CANARY)).finally(() => vi.unstubAllEnvs());
  const seen = await readFile(path.join(folder, 'seen'), 'utf8');
  expect(seen).not.toContain(CANARY);
  expect(seen).toContain('"NODE_OPTIONS":""');
});

test('a child that waits for ever is killed at the time limit', async () => {
  const { keyring, folder } = await keyringOver(
    'getPassword() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); }',
    700,
  );
  await expect(keyring.read('a')).rejects.toMatchObject({ code: 'store-locked', reason: 'slow' });
  const pid = Number(await readFile(path.join(folder, 'pid'), 'utf8'));
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
});

test.each([
  [
    'throws',
    `getPassword() { throw new Error("Couldn't access platform storage: Secret Service: no result found"); }`,
    'store-missing',
  ],
  ['throws no error', 'getPassword() { throw null; }', 'store-failed'],
  ['dies', 'getPassword() { process.kill(process.pid, "SIGKILL"); }', 'store-failed'],
  ['exits', 'getPassword() { process.exit(0); }', 'store-failed'],
  ['prints something else', `getPassword() { process.stdout.write('${CANARY}'); return 'x'; }`, 'store-failed'],
  ['gives a number', 'getPassword() { return 5; }', 'store-failed'],
  ['gives far too much', 'getPassword() { return "x".repeat(5_000_000); }', 'store-failed'],
])('a child that %s is an error that repeats nothing of it', async (_what, body, code) => {
  const { keyring } = await keyringOver(body);
  const failure = await keyring.read('a').catch((error: unknown) => error as Error & { hint: string });
  expect(failure).toMatchObject({ code });
  const shown =
    failure instanceof Error
      ? `${failure.message} ${failure.hint} ${failure.stack ?? ''} ${String(failure.cause)}`
      : '';
  expect(shown).not.toContain(CANARY);
});

test('a module that cannot be loaded, or no program to load it, is a missing store', async () => {
  const clock = systemClock();
  const missing = { code: 'store-missing', reason: 'no-module' };
  await expect(childKeyring({ clock, modulePath: '/nowhere/keyring.js' }).probe()).rejects.toMatchObject(missing);
  await expect(childKeyring({ clock, nodePath: '/nowhere/node' }).probe()).rejects.toMatchObject(missing);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
