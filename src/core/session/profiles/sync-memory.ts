import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { JsonStateFile } from '../../files/json-state-file.ts';
import type { Clock } from '../../model/clock.ts';
import { SyncOptionsSchema, type SyncOptions } from './sync-options.ts';

/** What the memory of syncs works with. */
export interface SyncMemoryParts {
  /** Where the options and names of the last time are kept. */
  readonly statePath: string;
  readonly lockDir: string;
  readonly clock: Clock;
}

/** What a sync leaves for the next one. */
export interface LastSync {
  readonly options: SyncOptions;
  /** The profiles' names by `roleIdentity`. */
  readonly names: ReadonlyMap<string, string>;
}

/** A keeping that is begun before its names are final. */
export interface Keeping {
  readonly begin: () => void;
  /** Resolves once the names that hold then are kept. */
  readonly end: () => Promise<void>;
}

// Thousands of names, read twice for each sync: a schema for each of them would cost more than all the rest of the reading.
const NamesSchema = v.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((name) => typeof name === 'string'),
);
const StateSchema = v.record(v.string(), v.object({ options: SyncOptionsSchema, names: NamesSchema }));
type State = v.InferOutput<typeof StateSchema>;

/** Keeps options and names from one sync of an Identity Center to the next, also for other processes. */
export class SyncMemory {
  readonly #state: JsonStateFile<State>;

  constructor({ statePath, lockDir, clock }: SyncMemoryParts) {
    this.#state = new JsonStateFile<State>({
      path: statePath,
      lockDir,
      clock,
      version: 1,
      schema: StateSchema,
      defaults: () => ({}),
    });
  }

  /** By Identity Center. */
  async all(): Promise<ReadonlyMap<string, LastSync>> {
    const kept = Object.entries(await this.#state.load());
    return new Map(kept.map(([id, { options, names }]) => [id, { options, names: new Map(Object.entries(names)) }]));
  }

  /** The last time, or the defaults. */
  async lastTime(ssoSession: string): Promise<LastSync> {
    return (await this.all()).get(ssoSession) ?? { options: v.parse(SyncOptionsSchema, {}), names: new Map() };
  }

  /** Writes nothing where all of it is kept already: a sync that runs by the hour mostly finds nothing to do. */
  async keep(ssoSession: string, { options, names }: LastSync): Promise<void> {
    const kept = { options, names: Object.fromEntries(names) };
    await this.#state.update((state) => {
      if (isDeepStrictEqual(state[ssoSession], kept)) {
        return state;
      }
      const others = Object.entries(state).filter(([id]) => id !== ssoSession);
      return Object.fromEntries([...others, [ssoSession, kept]]);
    });
  }

  /** Keeps options and names while the editor still looks out for other writers; what those wrote may change the names. */
  keeping(ssoSession: string, options: SyncOptions, namesNow: () => LastSync['names'] | undefined): Keeping {
    let last: { readonly names: LastSync['names']; readonly done: Promise<void> } | undefined;
    const keepNow = (): Promise<void> => {
      const names = namesNow() ?? new Map<string, string>();
      if (last?.names !== names) {
        const before = last?.done.catch(() => undefined) ?? Promise.resolve();
        last = { names, done: before.then(() => this.keep(ssoSession, { options, names })) };
      }
      return last.done;
    };
    return { begin: () => void keepNow().catch(() => undefined), end: keepNow };
  }
}
