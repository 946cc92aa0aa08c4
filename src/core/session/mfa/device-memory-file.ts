import * as v from 'valibot';
import { FileFailedError } from '../../files/file-errors.ts';
import { JsonStateFile } from '../../files/json-state-file.ts';
import type { DeviceMemories, DeviceMemory } from './device-memory.ts';

/** Where device memories are kept. */
export interface DeviceMemoryFile {
  /** JSON; not secret. */
  readonly path: string;
  /** The folder of our locks. */
  readonly lockDir: string;
  readonly log: (line: string) => void;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const MemorySchema = v.object({
  strategy: v.optional(v.picklist(['session', 'per-role'])),
  strategyAtMs: v.optional(count),
  lastWindow: v.optional(count),
});
const DevicesSchema = v.record(v.string(), MemorySchema);
/** More devices than any user has; the oldest entries go first. */
const MAX_DEVICES = 200;

/**
 * Device memories in a file of our own, changed under a lock, so that two processes do not send the same code. A file that cannot be
 * understood is put aside, and nothing is known any more: at worst one call of AWS's more.
 */
export function deviceMemoryFile({ path, lockDir, log }: DeviceMemoryFile): DeviceMemories {
  const file = new JsonStateFile<Readonly<Record<string, DeviceMemory>>>({
    path,
    lockDir,
    version: 1,
    schema: DevicesSchema,
    defaults: () => ({}),
    onQuarantine: (aside) => log(`What was known of MFA devices could not be read; it was put aside as ${aside}.`),
  });
  /** What could not be written. */
  const unsaved = new Map<string, DeviceMemory>();
  const known = async (mfaSerial: string): Promise<DeviceMemory> =>
    unsaved.get(mfaSerial) ?? new Map(Object.entries(await file.load())).get(mfaSerial) ?? {};
  return {
    read: known,
    async update(mfaSerial, change) {
      try {
        await file.update((devices) => withDevice(devices, mfaSerial, change));
        unsaved.delete(mfaSerial);
      } catch (error) {
        if (!(error instanceof FileFailedError)) {
          throw error;
        }
        // A read-only home is no reason to refuse access: this process at least still remembers.
        log(`What is known of MFA devices could not be kept. ${error.message}`);
        unsaved.set(mfaSerial, change(await known(mfaSerial).catch(() => ({}))));
      }
    },
  };
}

function withDevice(
  devices: Readonly<Record<string, DeviceMemory>>,
  mfaSerial: string,
  change: (memory: DeviceMemory) => DeviceMemory,
): Readonly<Record<string, DeviceMemory>> {
  const all = new Map(Object.entries(devices));
  const next = change(all.get(mfaSerial) ?? {});
  all.delete(mfaSerial);
  return Object.fromEntries([...all.set(mfaSerial, next)].slice(-MAX_DEVICES));
}
