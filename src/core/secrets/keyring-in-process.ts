import type { AsyncEntry } from '@napi-rs/keyring';
import type { Clock } from '../model/clock.ts';
import { Secret } from '../model/secret.ts';
import { keyringFailure } from './keyring-failure.ts';
import { DEFAULT_KEYRING_TIMEOUT_MS, KEYRING_OPTIONS, KEYRING_SERVICE, type Keyring } from './keyring.ts';
import { StoreLockedError, StoreMissingError } from './store-errors.ts';

/** What is used of the keyring module. */
export interface KeyringModule {
  readonly AsyncEntry: new (
    service: string,
    account: string,
    options: typeof KEYRING_OPTIONS,
  ) => Pick<AsyncEntry, 'getPassword' | 'setPassword' | 'deleteCredential'>;
}

type Entry = InstanceType<KeyringModule['AsyncEntry']>;

/**
 * The system keyring through the module in this very process. For Electron, whose program runs no child script.
 *
 * Two things of the module cannot be helped here: making an entry connects to D-Bus and blocks the thread (up to 2 s when the service
 * hangs), and a call that waits on the user's answer cannot be called off: it keeps a thread, and an ending process waits for it.
 * Plain Node has `childKeyring`, which has neither.
 */
export function inProcessKeyring(options: {
  readonly clock: Clock;
  readonly timeoutMs?: number;
  readonly load?: () => Promise<KeyringModule>;
}): Keyring {
  const { clock, timeoutMs = DEFAULT_KEYRING_TIMEOUT_MS, load = () => import('@napi-rs/keyring') } = options;
  const ask = async <T>(account: string, operation: (entry: Entry, signal: AbortSignal) => Promise<T>): Promise<T> => {
    const module = await load().catch((error: unknown) => {
      throw new StoreMissingError('no-module', error);
    });
    try {
      const entry = new module.AsyncEntry(KEYRING_SERVICE, account, KEYRING_OPTIONS);
      return await withTimeLimit(clock, timeoutMs, (signal) => operation(entry, signal));
    } catch (error) {
      throw keyringFailure(error);
    }
  };
  return {
    probe: () => ask('probe', async () => undefined),
    read: (account) =>
      ask(account, async (entry, signal) => {
        const text = await entry.getPassword(signal);
        return text === null || text === undefined ? undefined : new Secret(text);
      }),
    write: (account, value) => ask(account, (entry, signal) => entry.setPassword(value.reveal(), signal)),
    remove: (account) => ask(account, (entry, signal) => entry.deleteCredential(signal)),
  };
}

async function withTimeLimit<T>(
  clock: Clock,
  timeoutMs: number,
  operation: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const running = operation(controller.signal);
  return new Promise<T>((resolve, reject) => {
    const stopTimer = clock.setTimer(timeoutMs, () => {
      reject(new StoreLockedError('slow'));
      controller.abort();
    });
    // Once the limit has passed, what the call says later is not heard any more.
    running.then(resolve, reject).finally(stopTimer);
  });
}
