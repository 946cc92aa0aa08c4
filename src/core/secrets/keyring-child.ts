import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import * as v from 'valibot';
import type { Clock } from '../model/clock.ts';
import { Secret } from '../model/secret.ts';
import { KEYRING_CHILD_SCRIPT, type KeyringChildRequest } from './keyring-child-script.ts';
import { keyringFailure } from './keyring-failure.ts';
import { DEFAULT_KEYRING_TIMEOUT_MS, KEYRING_OPTIONS, KEYRING_SERVICE, type Keyring } from './keyring.ts';
import { StoreFailedError, StoreLockedError, StoreMissingError } from './store-errors.ts';

const MAX_ANSWER_LENGTH = 65_536;

const Answer = v.object({
  error: v.optional(v.string()),
  value: v.optional(v.string()),
  removed: v.optional(v.boolean()),
});

interface ChildOptions {
  readonly clock: Clock;
  readonly timeoutMs?: number;
  /** The program that runs the script; this process's own Node unless told otherwise. */
  readonly nodePath?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the keyring module is. */
  readonly modulePath?: string;
}

/**
 * The system keyring through a child process, one for each operation.
 *
 * A keyring that is locked asks the user and blocks until answered, in native code that nothing can call off; a Node process with
 * such a call in it does not even exit. A child can be killed: the time limit holds, no thread of ours ever waits, and a command
 * ends when it wants to. It costs one start of Node, once per process, as the key is then remembered.
 */
export function childKeyring(options: ChildOptions): Keyring {
  const ask = async (
    account: string,
    operation: KeyringChildRequest['operation'],
    value?: string,
  ): Promise<v.InferOutput<typeof Answer>> => {
    const modulePath = options.modulePath ?? findModule();
    const request: KeyringChildRequest = {
      modulePath,
      service: KEYRING_SERVICE,
      account,
      options: KEYRING_OPTIONS,
      operation,
      ...(value === undefined ? {} : { value }),
    };
    const answer = parseAnswer(await runChild(options, request));
    if (answer.error !== undefined) {
      throw failureOfChild(answer.error);
    }
    return answer;
  };
  return {
    probe: async () => void (await ask('probe', 'probe')),
    read: async (account) => {
      const { value } = await ask(account, 'read');
      return value === undefined ? undefined : new Secret(value);
    },
    write: async (account, value) => void (await ask(account, 'write', value.reveal())),
    remove: async (account) => (await ask(account, 'remove')).removed === true,
  };
}

function findModule(): string {
  try {
    return createRequire(import.meta.url).resolve('@napi-rs/keyring');
  } catch (error) {
    throw new StoreMissingError('no-module', error);
  }
}

function failureOfChild(message: string): Error {
  const noModule = /cannot find (?:module|native binding)|\.node\b.*(?:no such file|cannot open)|GLIBC/i.test(message);
  return noModule ? new StoreMissingError('no-module', new Error(message)) : keyringFailure(new Error(message));
}

function parseAnswer(text: string): v.InferOutput<typeof Answer> {
  try {
    return v.parse(Answer, JSON.parse(text));
  } catch {
    // No cause: the text could hold the key.
    throw new StoreFailedError(
      'The program that asks the system keyring gave no answer.',
      'Try again, or choose a passphrase.',
    );
  }
}

/** Gives what the child wrote. Rejects with StoreLockedError when it takes longer than the limit; it is killed then. */
function runChild(options: ChildOptions, request: KeyringChildRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(options.nodePath ?? process.execPath, ['-e', KEYRING_CHILD_SCRIPT], {
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
      // A debugger or loader meant for our own process must not start in the child.
      env: { ...(options.env ?? process.env), NODE_OPTIONS: '' },
    });
    const stopTimer = options.clock.setTimer(options.timeoutMs ?? DEFAULT_KEYRING_TIMEOUT_MS, () => {
      reject(new StoreLockedError('slow'));
      child.kill('SIGKILL');
    });
    let answer = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      answer = (answer + piece).slice(0, MAX_ANSWER_LENGTH);
    });
    child.on('error', (error) => {
      stopTimer();
      reject(new StoreMissingError('no-module', error));
    });
    child.on('close', () => {
      stopTimer();
      resolve(answer);
    });
    // A child that ended early has closed its end; what it has to say is its answer, or that there is none.
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(request));
  });
}
