import type { MarkColour } from '../../shared/app-state.ts';
import type { GuardFacts } from '../../shared/guarded.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { isGuarded } from '../model/guard.ts';
import { useAccess } from '../shell/use-app-state.ts';
import { useCell } from '../shell/use-cell.ts';
import { useGuardFacts } from '../shell/use-guard-facts.ts';
import { useShell } from '../shell/shell-context.tsx';

/** What rows show besides names; read once for a list, not once for each of its rows. */
export interface RowContext {
  readonly guard: GuardFacts;
  readonly live: ReadonlyMap<string, string>;
  readonly busy: ReadonlySet<string>;
}

/** What is known of one role, in plain values. */
export interface RoleFacts {
  readonly pinned: boolean;
  readonly guarded: boolean;
  readonly busy: boolean;
  readonly expiresAt: string | undefined;
  readonly accountAlias: string | undefined;
  readonly roleAlias: string | undefined;
  readonly colour: MarkColour | undefined;
}

/** The context of the rows of a list. */
export function useRowContext(): RowContext {
  const shell = useShell();
  const guard = useGuardFacts();
  const { live } = useAccess();
  const busy = useCell(shell.busy.keys);
  return { guard, live, busy };
}

/** What is known of a role. An alias that was emptied is none. */
export function roleFacts(entry: RoleEntry, { guard, live, busy }: RowContext): RoleFacts {
  const { marks } = guard;
  const own = marks[entry.key];
  const ofAccount = marks[entry.account.key];
  return {
    pinned: own?.pinned === true,
    guarded: isGuarded(entry, guard),
    busy: busy.has(entry.key),
    expiresAt: live.get(entry.key),
    accountAlias: ofAccount?.alias === '' ? undefined : ofAccount?.alias,
    roleAlias: own?.alias === '' ? undefined : own?.alias,
    colour: own?.colour ?? ofAccount?.colour,
  };
}
