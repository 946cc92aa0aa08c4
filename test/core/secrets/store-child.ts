/*
 * A process of its own that opens the store and does what it is told: bundled by `child-process.ts`, run by plain Node.
 *
 * The job comes as JSON on stdin, as it holds secrets; each step is answered by one line of JSON on stdout.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { writeFileAtomic } from '../../../src/core/files/atomic-file.ts';
import { withFileLock } from '../../../src/core/files/file-lock.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { CoreError } from '../../../src/core/model/errors.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { inProcessKeyring } from '../../../src/core/secrets/keyring-in-process.ts';
import { systemKeyring } from '../../../src/core/secrets/keyring-key.ts';
import type { Keyring } from '../../../src/core/secrets/keyring.ts';
import { openSecretStore } from '../../../src/core/secrets/open-secret-store.ts';
import type { SwitchableSecretStore } from '../../../src/core/secrets/switchable-secret-store.ts';

/** One step of a job: an operation of the store and its arguments as text. */
export type Step =
  | readonly ['get' | 'delete', string]
  | readonly ['set', string, string]
  | readonly ['set-many', string, number]
  | readonly ['usePassphrase' | 'unlock', string]
  | readonly ['names' | 'status' | 'useMemory' | 'useKeyring' | 'unlock' | 'recover' | 'refresh'];

/** What such a process does. */
export interface Job {
  /** Holds the folders `secrets` and `locks`. */
  readonly home: string;
  /** The system's keyring as the product reaches it, the same without a child process, or a plain file for tests without a desktop. */
  readonly keyring: 'system' | 'in-process' | 'file';
  readonly timeoutMs?: number;
  readonly umask?: number;
  readonly steps: readonly Step[];
}

/** The answer to a step. */
export type Answer =
  | { readonly ok: true; readonly value?: unknown; readonly ms: number }
  | { readonly ok: false; readonly code: string; readonly reason?: string; readonly name: string; readonly ms: number };

function keyringOf(job: Job): Keyring {
  const options = { clock: systemClock(), ...(job.timeoutMs === undefined ? {} : { timeoutMs: job.timeoutMs }) };
  if (job.keyring === 'file') {
    return fileKeyring(path.join(job.home, 'keyring'));
  }
  return job.keyring === 'system' ? systemKeyring(options) : inProcessKeyring(options);
}

/** Each entry a file: what a keyring is to two processes, without a desktop. */
function fileKeyring(prefix: string): Keyring {
  return {
    probe: async () => undefined,
    read: (account) =>
      readFile(`${prefix}-${account}`, 'utf8').then(
        (value) => new Secret(value),
        () => undefined,
      ),
    write: (account, value) => writeFile(`${prefix}-${account}`, value.reveal(), { mode: 0o600 }),
    remove: async () => false,
  };
}

async function perform(store: SwitchableSecretStore, [operation, first, second]: Step): Promise<unknown> {
  const name = { kind: 'access-key', id: String(first) } as const;
  switch (operation) {
    case 'get':
      return (await store.get(name))?.reveal();
    case 'set':
      return store.set(name, new Secret(second));
    case 'set-many':
      return setMany(store, first, second);
    case 'delete':
      return store.delete(name);
    case 'usePassphrase':
      return store.usePassphrase(new Secret(first));
    case 'unlock':
      return store.unlock(first === undefined ? undefined : new Secret(first));
    case 'names':
      return (await store.names()).map(({ id }) => id);
    default:
      return store[operation]();
  }
}

/** One after another; says each number once it is kept, so that a killer knows how far it came. */
async function setMany(store: SwitchableSecretStore, id: string, count: number): Promise<void> {
  for (let round = 1; round <= count; round += 1) {
    await store.set({ kind: 'access-key', id: `${id}${round}` }, new Secret(`value ${round}`));
    await store.set({ kind: 'access-key', id }, new Secret(`value ${round}`));
    process.stdout.write(`${JSON.stringify({ kept: round })}\n`);
  }
}

async function answerTo(store: SwitchableSecretStore, step: Step): Promise<Answer> {
  const started = performance.now();
  const ms = (): number => Math.round(performance.now() - started);
  try {
    return { ok: true, value: await perform(store, step), ms: ms() };
  } catch (error) {
    if (!(error instanceof CoreError)) {
      throw error;
    }
    const reason = 'reason' in error ? { reason: String(error.reason) } : {};
    return { ok: false, code: error.code, name: error.name, ...reason, ms: ms() };
  }
}

const job = JSON.parse(await text(process.stdin)) as Job;
process.umask(job.umask ?? 0o022);
const store = await openSecretStore({
  folder: path.join(job.home, 'secrets'),
  io: {
    writeFileAtomic: (file, bytes) => writeFileAtomic(file, bytes, { mode: 0o600 }),
    withFileLock: (file, action) => withFileLock(path.join(job.home, 'locks'), file, action),
  },
  clock: systemClock(),
  keyring: keyringOf(job),
  probe: false,
});
for (const step of job.steps) {
  process.stdout.write(`${JSON.stringify(await answerTo(store, step))}\n`);
}
process.exit(0);
