import { targetKey, type RoleTarget } from '../shared/role-target.ts';
import type { AppState, SsoSessionState } from '../shared/app-state.ts';
import type { CopyFormat } from '../shared/copy-format.ts';
import { menuLabel, plainName } from './menu-label.ts';
import { roleEntry } from './role-entry.ts';
import { pinnedTargets } from './target-names.ts';
import { awsNowMs, formatRemaining, remainingMs } from './time-left.ts';
import type { Texts } from './texts.ts';

/** What a click in the menu asks for. */
export type TrayAction =
  | { readonly kind: 'open-window' | 'find' | 'answer' | 'open-settings' | 'quit' }
  | { readonly kind: 'copy-link' | 'renew' | 'forget'; readonly target: RoleTarget }
  | { readonly kind: 'open-console'; readonly target: RoleTarget; readonly destination?: string }
  | { readonly kind: 'pin'; readonly target: RoleTarget; readonly pinned: boolean }
  | { readonly kind: 'copy'; readonly target: RoleTarget; readonly format: CopyFormat }
  | { readonly kind: 'sign-in' | 'cancel-sign-in' | 'sign-out' | 'open-portal'; readonly ssoSession: string };

/** One line of the menu. A line without action or submenu only tells something. */
export type MenuEntry =
  | 'separator'
  | {
      readonly label: string;
      readonly action?: TrayAction;
      readonly submenu?: readonly MenuEntry[];
      /** What macOS shows where the pointer rests on the line. */
      readonly toolTip?: string;
    };

const MAX_RECENT = 5;
const MAX_IN_SECTION = 15;

/** The native menu of the tray icon, for the state of this moment. */
export function trayMenu(state: AppState, now: Date, texts: Texts): readonly MenuEntry[] {
  const live = liveTargets(state, now);
  const pinned = pinnedTargets(state).slice(0, MAX_IN_SECTION);
  const shown = new Set(pinned.map(targetKey));
  const recent = state.recentTargets.filter((target) => !shown.has(targetKey(target))).slice(0, MAX_RECENT);
  recent.forEach((target) => shown.add(targetKey(target)));
  const others = [...live.values()].filter((target) => !shown.has(targetKey(target.target)));
  const role = (target: RoleTarget) => roleEntry(target, state, live.get(targetKey(target))?.leftMs, texts);
  return [
    ...(state.prompts.length > 0 ? [{ label: texts.asking, action: { kind: 'answer' } } as const] : []),
    { label: texts.openApp, action: { kind: 'open-window' } },
    { label: texts.find, action: { kind: 'find' } },
    ...section(texts.pinned, pinned.map(role)),
    ...section(texts.recent, recent.map(role)),
    ...section(
      texts.live,
      others.slice(0, MAX_IN_SECTION).map(({ target }) => role(target)),
    ),
    ...section(texts.identityCenters, sessionEntries(state, now, texts)),
    'separator',
    { label: texts.settings, action: { kind: 'open-settings' } },
    quitEntry(live.size > 0, texts),
  ];
}

function section(title: string, entries: readonly MenuEntry[]): readonly MenuEntry[] {
  return entries.length === 0 ? [] : ['separator', { label: title }, ...entries];
}

function quitEntry(hasLiveRoles: boolean, texts: Texts): MenuEntry {
  const action = { kind: 'quit' } as const;
  return hasLiveRoles
    ? { label: texts.quitWithLiveRoles, action, toolTip: texts.quitWithLiveRolesHint }
    : { label: texts.quit, action };
}

interface LiveTarget {
  readonly target: RoleTarget;
  readonly leftMs: number;
}

/** Targets that hold credentials now, by their keys; the one that ends first comes first. */
function liveTargets(state: AppState, now: Date): ReadonlyMap<string, LiveTarget> {
  const nowMs = awsNowMs(state, now);
  const live = state.liveRoles
    .map(({ target, expiresAt }) => ({ target, leftMs: remainingMs(expiresAt, nowMs) }))
    .filter(({ leftMs }) => leftMs > 0)
    .sort((a, b) => a.leftMs - b.leftMs);
  return new Map(live.map((each) => [targetKey(each.target), each]));
}

function sessionEntries(state: AppState, now: Date, texts: Texts): readonly MenuEntry[] {
  if (state.ssoSessions.length === 0) {
    return [{ label: texts.noneYet, action: { kind: 'open-window' } }];
  }
  return state.ssoSessions.slice(0, MAX_IN_SECTION).map((session) => ({
    label: menuLabel(`${plainName(session.name)} · ${accessNote(session, awsNowMs(state, now), texts)}`),
    submenu: [...sessionActions(session, texts), portalEntry(session, texts)],
  }));
}

function accessNote({ access, signIn }: SsoSessionState, nowMs: number, texts: Texts): string {
  if (signIn !== undefined) {
    return texts.signingIn;
  }
  switch (access.kind) {
    case 'signed-out':
      return texts.signedOut;
    case 'expired':
      return texts.signInExpired;
    case 'signed-in':
      return access.renewsByItself
        ? texts.renewsByItself
        : texts.timeLeft(formatRemaining(remainingMs(access.tokenExpiresAt, nowMs), texts));
  }
}

function sessionActions({ id, access, signIn }: SsoSessionState, texts: Texts): readonly MenuEntry[] {
  if (signIn !== undefined) {
    return [{ label: texts.cancelSignIn, action: { kind: 'cancel-sign-in', ssoSession: id } }];
  }
  const signInEntry: MenuEntry = { label: texts.signIn, action: { kind: 'sign-in', ssoSession: id } };
  const signOutEntry: MenuEntry = { label: texts.signOut, action: { kind: 'sign-out', ssoSession: id } };
  return access.kind === 'signed-in' ? [signOutEntry] : [signInEntry];
}

function portalEntry({ id }: SsoSessionState, texts: Texts): MenuEntry {
  return { label: texts.openPortal, action: { kind: 'open-portal', ssoSession: id } };
}
