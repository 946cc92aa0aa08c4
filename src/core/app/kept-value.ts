import type { JsonStateFile } from '../files/json-state-file.ts';
import { toFailure } from '../model/errors.ts';

/** A value kept in a file of ours that other processes may change too. */
export interface KeptValue<Value> {
  /** What the file holds now, or its default. Never throws: a file that cannot be used counts as empty, and is told in the log. */
  read(): Promise<Value>;
  /** Changes it under the file's lock, and resolves to what is kept then. Throws what writing throws; then nothing is changed. */
  update(change: (value: Value) => Value): Promise<Value>;
}

/** The value in a file. */
export function keptValue<Value>(
  file: JsonStateFile<Value>,
  defaults: () => Value,
  log: (line: string) => void,
): KeptValue<Value> {
  return {
    read: () =>
      file.load().catch((error: unknown) => {
        log(toFailure(error).message);
        return defaults();
      }),
    update: (change) => file.update(change),
  };
}
