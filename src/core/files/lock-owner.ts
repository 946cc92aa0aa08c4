import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import * as v from 'valibot';

const ownerSchema = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  host: v.string(),
  /** One boot of one machine and one process-id namespace in it: within it a process id means one process at a time. */
  space: v.string(),
  /** When the process began, in the kernel's own unit; process ids come round again, pairs of both do not. */
  started: v.optional(v.string()),
});

/** Which process holds a lock. */
export type LockOwner = v.InferOutput<typeof ownerSchema>;

/** Whether the process that wrote this is there: `unknown` from another machine or container, or where the system does not tell. */
export type OwnerState = 'alive' | 'dead' | 'unknown';

/** This process. */
export function thisOwner(): LockOwner {
  const started = startOf(process.pid);
  return { pid: process.pid, host: hostname(), space: pidSpace(), ...(started === undefined ? {} : { started }) };
}

/** Reads an owner's record; undefined for anything else, such as one that lost its content with the power. */
export function parseLockOwner(text: string): LockOwner | undefined {
  try {
    const result = v.safeParse(ownerSchema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a lock's owner still runs, as far as process `me` can tell. */
export function ownerState(owner: LockOwner, me: LockOwner): OwnerState {
  if (owner.space !== me.space) {
    return 'unknown';
  }
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    // EPERM: the id now belongs to someone else's process. The start below tells, where there is one.
    if (code === 'ESRCH') {
      return 'dead';
    }
  }
  const started = startOf(owner.pid);
  if (owner.started === undefined || started === undefined) {
    return 'unknown';
  }
  return started === owner.started ? 'alive' : 'dead';
}

/** What to keep of this process, so that another can tell by `isOtherLiving` whether it still runs. */
export function ownerText(): string {
  return JSON.stringify(thisOwner());
}

/**
 * Whether what `ownerText` gave is of another process that still runs. One of another boot or machine is not waited for, nor is what is no
 * such text.
 */
export function isOtherLiving(text: string): boolean {
  const [owner, me] = [parseLockOwner(text), thisOwner()];
  const isSpaceOurs = owner !== undefined && owner.space === me.space && owner.host === me.host;
  const isUs = owner?.pid === me.pid && owner.started === me.started;
  return isSpaceOurs && !isUs && ownerState(owner, me) !== 'dead';
}

/** Field 22 of `/proc/PID/stat`, counted from behind the program's name, which may hold anything. Linux only. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function pidSpace(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
