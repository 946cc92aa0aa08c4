import type { JSX } from 'react';
import type { RoleEntry } from '../model/access-entry.ts';
import { isGuarded } from '../model/guard.ts';
import { useGuardFacts } from '../shell/use-guard-facts.ts';
import { AccountId } from './account-id.tsx';
import { classes } from './classes.ts';

/** Which role of which account a dialog is about; the id always beside the name. */
export function Subject({ entry }: { readonly entry: RoleEntry }): JSX.Element {
  const facts = useGuardFacts();
  return (
    <p className={classes('subject', isGuarded(entry, facts) && 'subject--guarded')}>
      <bdi className="subject__account truncate">{entry.account.name.shown}</bdi>
      {entry.account.accountId !== undefined && <AccountId id={entry.account.id} />}
      <bdi className="subject__role truncate">{entry.role.shown}</bdi>
    </p>
  );
}
