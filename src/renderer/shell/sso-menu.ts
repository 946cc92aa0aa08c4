import type { SsoSessionState } from '../../shared/app-state.ts';
import type { MenuEntry } from '../state/menu.ts';
import type { Shell } from './shell.ts';

/** Fetches accounts and roles of every Identity Center that is signed in. */
export function refreshDirectories({ state, actions }: Shell): void {
  for (const { id, access } of state.get()?.ssoSessions ?? []) {
    if (access.kind === 'signed-in') {
      void actions.run('refreshDirectory', { ssoSession: id });
    }
  }
}

/** Everything that can be done with an Identity Center. */
export function ssoMenu(shell: Shell, session: SsoSessionState): readonly MenuEntry[] {
  const ssoSession = session.id;
  const { t } = shell.text.get();
  const { actions } = shell;
  const signedIn = session.access.kind === 'signed-in';
  const access: readonly MenuEntry[] = signedIn
    ? [
        {
          kind: 'item',
          id: 'refresh',
          label: t.sso.refresh,
          icon: 'refresh',
          run: () => void actions.run('refreshDirectory', { ssoSession }),
        },
        {
          kind: 'item',
          id: 'renew',
          label: t.sso.renewNow,
          icon: 'clock',
          run: () => void actions.run('renewSsoToken', { ssoSession }),
        },
        {
          kind: 'item',
          id: 'sign-out',
          label: t.sso.signOut,
          icon: 'sign-out',
          run: () => void actions.run('signOut', { ssoSession }),
        },
      ]
    : [
        {
          kind: 'item',
          id: 'browser',
          label: t.sso.signInBrowser,
          icon: 'sign-in',
          run: () => actions.signIn(ssoSession, 'browser'),
        },
        {
          kind: 'item',
          id: 'device',
          label: t.sso.signInDevice,
          icon: 'phone',
          run: () => actions.signIn(ssoSession, 'device'),
        },
      ];
  return [
    ...access,
    { kind: 'line', id: 'line' },
    {
      kind: 'item',
      id: 'portal',
      label: t.sso.openPortal,
      icon: 'globe',
      run: () => void actions.run('openLink', { link: 'portal', ssoSession }),
    },
    { kind: 'item', id: 'clocks', label: t.sso.clocks, icon: 'activity', run: () => shell.openPage('sessions') },
    {
      kind: 'item',
      id: 'add',
      label: t.sso.addAnother,
      icon: 'plus',
      run: () => shell.dialogs.open({ kind: 'add-sso-session' }),
    },
    ...profileItems(shell, session),
    { kind: 'line', id: 'line-remove' },
    {
      kind: 'item',
      id: 'remove',
      label: t.sso.remove,
      icon: 'trash',
      tone: 'danger',
      run: () => shell.dialogs.open({ kind: 'remove-sso-session', ssoSession }),
    },
  ];
}

/** What is done with the profiles and the token of an Identity Center that has a section of its own. */
function profileItems(shell: Shell, { id: ssoSession, form, mode }: SsoSessionState): readonly MenuEntry[] {
  const { t } = shell.text.get();
  return form === 'legacy'
    ? []
    : [
        { kind: 'line', id: 'line-profiles' },
        {
          kind: 'item',
          id: 'profiles',
          label: t.sso.profiles,
          icon: 'profiles',
          run: () => shell.dialogs.open({ kind: 'profiles', dialog: { kind: 'sync', ssoSession } }),
        },
        {
          kind: 'item',
          id: 'vault',
          label: mode === 'vault' ? t.sso.vaultOff : t.sso.vaultOn,
          icon: 'lock',
          run: () => shell.dialogs.open({ kind: 'profiles', dialog: { kind: 'vault-mode', ssoSession } }),
        },
      ];
}
