import type { JSX } from 'react';
import { targetKey, type RoleTarget } from '../../shared/role-target.ts';
import { AccountId } from '../components/account-id.tsx';
import { classes } from '../components/classes.ts';
import { displayText } from '../model/display-text.ts';
import { searchText } from '../model/match-word.ts';
import { useAccess } from '../shell/use-app-state.ts';

/** Which role of which account is asked for; the id always beside the name. */
export function TargetLine(props: {
  readonly target: RoleTarget;
  readonly accountId?: string | undefined;
  readonly guarded?: boolean;
}): JSX.Element {
  const { find } = useAccess();
  const { target } = props;
  const entry = find(targetKey(target));
  const name = entry?.account.name.shown ?? (target.kind === 'profile' ? displayText(target.profile) : '');
  const role = target.kind === 'profile' ? (entry?.role.shown ?? '') : displayText(target.roleName);
  const accountId = target.kind === 'profile' ? (props.accountId ?? entry?.account.accountId) : target.accountId;
  return (
    <p className={classes('prompt__target', props.guarded === true && 'prompt__target--guarded')}>
      {name !== '' && <bdi className="role-row__account">{name}</bdi>}
      {role !== '' && <bdi>{role}</bdi>}
      {accountId !== undefined && <AccountId id={searchText(accountId)} />}
    </p>
  );
}
