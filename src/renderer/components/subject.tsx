import type { JSX } from 'react';
import type { RoleEntry } from '../model/access-entry.ts';
import { isGuarded } from '../model/guard.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { AccountId } from './account-id.tsx';
import { classes } from './classes.ts';

/** Which role of which account a dialog is about; the id always beside the name. */
export function Subject({ entry }: { readonly entry: RoleEntry }): JSX.Element {
  const marks = useAppState((state) => state.marks);
  const rules = useAppState((state) => state.settings.guardRules);
  return (
    <p className={classes('subject', isGuarded(marks, rules, entry) && 'subject--guarded')}>
      <bdi className="subject__account truncate">{entry.account.name.shown}</bdi>
      {entry.account.accountId !== undefined && <AccountId id={entry.account.id} />}
      <bdi className="subject__role truncate">{entry.role.shown}</bdi>
    </p>
  );
}
