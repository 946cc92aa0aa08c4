import type { WaitingProgram } from '../../shared/app-state.ts';
import { targetKey } from '../../shared/role-target.ts';

/** More names than fit a popup tell nobody more; how many wait is said beside them. */
const MAX_NAMED = 8;

/** The programs that wait besides the first one, each with its role once, in the order in which they came; at most eight. */
export function othersWaiting(first: WaitingProgram, callers: Iterable<WaitingProgram>): readonly WaitingProgram[] {
  const byName = new Map([...callers].map((caller) => [nameOf(caller), caller]));
  byName.delete(nameOf(first));
  return [...byName.values()].slice(0, MAX_NAMED);
}

function nameOf({ asker, target }: WaitingProgram): string {
  return JSON.stringify([asker.program, targetKey(target)]);
}
