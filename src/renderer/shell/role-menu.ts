import type { AppState } from '../../shared/app-state.ts';
import { COPY_FORMATS } from '../../shared/copy-format.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { isolated } from '../model/display-text.ts';
import { shortcutKeys, type Shortcut } from '../model/shortcuts.ts';
import type { IconName } from '../components/icon-paths.ts';
import type { MenuEntry } from '../state/menu.ts';
import type { Shell } from './shell.ts';

/** Everything that can be done with a role, for its menu. */
export function roleMenu(shell: Shell, state: AppState, entry: RoleEntry, anchor: HTMLElement): readonly MenuEntry[] {
  const { t } = shell.text.get();
  const { actions, dialogs } = shell;
  const keys = (shortcut: Shortcut): readonly string[] => shortcutKeys(shortcut, state.app.platform);
  const canFederate = entry.profile?.canFederate ?? true;
  const live = state.liveRoles.some((role) => role.key === entry.key);
  const marks = state.marks[entry.key];
  const console: MenuEntry[] = [
    {
      kind: 'item',
      id: 'console',
      label: t.menu.openConsole,
      icon: 'open',
      keys: keys('console'),
      disabled: !canFederate,
      run: () => actions.openConsole(entry),
    },
    {
      kind: 'item',
      id: 'destination',
      label: t.menu.openAt,
      icon: 'globe',
      keys: keys('destination'),
      disabled: !canFederate,
      run: () => dialogs.open({ kind: 'destination', entry }),
    },
    {
      kind: 'item',
      id: 'link',
      label: t.menu.copyLink,
      icon: 'link',
      disabled: !canFederate,
      run: () => actions.copyConsoleLink(entry),
    },
    {
      kind: 'item',
      id: 'instances',
      label: t.instances.menu,
      icon: 'terminal',
      run: () => dialogs.open({ kind: 'instances', entry }),
    },
  ];
  const copying: MenuEntry[] = [
    {
      kind: 'item',
      id: 'copy',
      label: t.menu.copyAs(t.copyFormats[state.settings.copyFormat]),
      icon: 'copy',
      keys: keys('copy'),
      run: () => actions.copy(entry),
    },
    {
      kind: 'item',
      id: 'copy-as',
      label: t.keys.shortcuts['copy-as'],
      icon: 'copy',
      keys: keys('copy-as'),
      run: () => openCopyMenu(shell, entry, anchor),
    },
    ...plainCopies(shell, entry),
  ];
  const time: MenuEntry[] = [
    { kind: 'line', id: 'line-time' },
    ...(live ? whileLive(shell, entry) : []),
    {
      kind: 'item',
      id: 'long-job',
      label: t.longJob.menu,
      icon: 'clock',
      run: () => dialogs.open({ kind: 'long-job', entry }),
    },
  ];
  const own: MenuEntry[] = [
    { kind: 'line', id: 'line-own' },
    {
      kind: 'item',
      id: 'pin',
      label: marks?.pinned === true ? t.menu.unpin : t.menu.pin,
      icon: 'star',
      keys: keys('pin'),
      run: () => togglePin(shell, entry),
    },
    {
      kind: 'item',
      id: 'edit',
      label: t.menu.edit,
      icon: 'edit',
      keys: keys('edit'),
      run: () => dialogs.open({ kind: 'marks', entry }),
    },
    ...profileItems(shell, state, entry),
    {
      kind: 'item',
      id: 'hide',
      label: marks?.hidden === true ? t.menu.unhide : t.menu.hide,
      icon: 'hide',
      run: () => toggleHidden(shell, entry),
    },
  ];
  return [...console, { kind: 'line', id: 'line-copy' }, ...copying, ...time, ...own];
}

/** What can be done with credentials that are held. */
function whileLive({ text, actions }: Shell, { target }: RoleEntry): readonly MenuEntry[] {
  const { t } = text.get();
  return [
    { kind: 'item', id: 'renew', label: t.menu.renew, icon: 'refresh', run: () => actions.renew(target) },
    { kind: 'item', id: 'forget', label: t.menu.forget, icon: 'trash', run: () => actions.forget(target) },
  ];
}

/** Opens the menu of formats. */
export function openCopyMenu(shell: Shell, entry: RoleEntry, anchor: HTMLElement): void {
  const state = shell.state.get();
  if (state !== undefined) {
    shell.menus.open({
      label: shell.text.get().t.menu.copyHeading,
      anchor,
      entries: copyMenu(shell, state, entry),
    });
  }
}

/** The formats to copy in, the one used last marked. */
function copyMenu(shell: Shell, state: AppState, entry: RoleEntry): readonly MenuEntry[] {
  const { t } = shell.text.get();
  return [
    { kind: 'heading', id: 'heading', label: t.menu.copyHeading },
    ...COPY_FORMATS.map((format): MenuEntry => ({
      kind: 'item',
      id: format,
      label: t.copyFormats[format],
      checked: state.settings.copyFormat === format,
      run: () => shell.actions.copy(entry, format),
    })),
  ];
}

/** Pins a role, or takes the pin off. */
export function togglePin(shell: Shell, entry: RoleEntry): void {
  const pinned = shell.state.get()?.marks[entry.key]?.pinned === true;
  shell.actions.setMarks(entry.key, { pinned: !pinned });
}

/** Puts a role out of sight, with a word on how to get it back; or back into sight. */
function toggleHidden(shell: Shell, entry: RoleEntry): void {
  const hidden = shell.state.get()?.marks[entry.key]?.hidden === true;
  shell.actions.setMarks(entry.key, { hidden: !hidden });
  if (!hidden) {
    shell.toasts.add(
      'info',
      ({ t }) => ({ message: t.toast.hidden(isolated(entry.account.name.shown), isolated(entry.role.shown)) }),
      { label: ({ t }) => t.common.undo, run: () => shell.actions.setMarks(entry.key, { hidden: false }) },
    );
  }
}

/** What people paste into policies, tickets and forms: the account's id, and the role's ARN where a profile tells it. */
function plainCopies(shell: Shell, entry: RoleEntry): readonly MenuEntry[] {
  const { t } = shell.text.get();
  const { accountId } = entry.account;
  const roleArn = entry.profile?.roleArn;
  const copyItem = (id: string, label: string, icon: IconName, plain: string | undefined): readonly MenuEntry[] =>
    plain === undefined ? [] : [{ kind: 'item', id, label, icon, run: () => shell.actions.copyPlain(plain) }];
  return [
    ...copyItem('account-id', t.menu.copyAccountId, 'user', accountId),
    ...copyItem('role-arn', t.menu.copyRoleArn, 'shield', roleArn),
  ];
}

/** The way to the profile by which programs name this role, where there is one, and to a profile for a role that is reached from it. */
function profileItems(shell: Shell, state: AppState, entry: RoleEntry): readonly MenuEntry[] {
  const name = entry.profile?.name ?? shell.access(state).aliases.get(entry.key)?.[0];
  const { t } = shell.text.get();
  if (name === undefined) {
    return addProfileItem(shell, state, entry);
  }
  const addRole = (): void =>
    shell.dialogs.open({
      kind: 'role-profile',
      sourceProfile: name,
      suggestedName: '',
      roleArn: '',
      region: state.profiles.find((profile) => profile.name === name)?.region ?? '',
      onDone: (profile) => shell.openPage('profiles', profile),
    });
  return [
    {
      kind: 'item',
      id: 'profile',
      label: t.menu.showProfile,
      icon: 'profiles',
      run: () => shell.openPage('profiles', name),
    },
    { kind: 'item', id: 'add-role', label: t.menu.addRole, icon: 'plus', run: addRole },
  ];
}

/** A profile for this role alone; an Identity Center of the older form has no section for one to name. */
function addProfileItem(shell: Shell, { ssoSessions }: AppState, { target }: RoleEntry): readonly MenuEntry[] {
  if (target.kind !== 'sso-role') {
    return [];
  }
  const { ssoSession, accountId, roleName } = target;
  const run = (): void => {
    const roles = [{ roleName, accountIds: [accountId] }];
    shell.dialogs.open({ kind: 'profiles', dialog: { kind: 'sync', ssoSession, roles } });
  };
  return ssoSessions.some(({ id, form }) => id === ssoSession && form === 'sso-session')
    ? [{ kind: 'item', id: 'add-profile', label: shell.text.get().t.menu.addProfile, icon: 'profiles', run }]
    : [];
}
