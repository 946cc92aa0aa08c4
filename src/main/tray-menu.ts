import { isGuarded } from '../core/app/guard-rules.ts';
import { COPY_FORMATS, COPY_FORMAT_LABELS, type CopyFormat } from '../shared/copy-format.ts';
import { targetKey, type RoleTarget } from '../shared/role-target.ts';
import type { AppState, SsoSessionState } from '../shared/app-state.ts';
import { menuLabel, plainName } from './menu-label.ts';
import { pinnedTargets, targetName } from './target-names.ts';
import { awsNowMs, formatRemaining, remainingMs } from './time-left.ts';
import type { Texts } from './texts.ts';

/** What a click in the menu asks for. */
export type TrayAction =
  | { readonly kind: 'open-window' | 'answer' | 'quit' }
  | { readonly kind: 'open-console' | 'renew' | 'forget'; readonly target: RoleTarget }
  | { readonly kind: 'copy'; readonly target: RoleTarget; readonly format: CopyFormat }
  | { readonly kind: 'sign-in' | 'cancel-sign-in' | 'sign-out'; readonly ssoSession: string };

/** One line of the menu. A line without action or submenu only tells something. */
export type MenuEntry =
  | 'separator'
  | {
      readonly label: string;
      readonly action?: TrayAction;
      readonly submenu?: readonly MenuEntry[];
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
  const others = live.filter(({ target }) => !shown.has(targetKey(target))).map(({ target }) => target);
  const role = (target: RoleTarget) => roleEntry(target, state, live, texts);
  return [
    ...(state.prompts.length > 0 ? [{ label: texts.asking, action: { kind: 'answer' } } as const] : []),
    { label: texts.openApp, action: { kind: 'open-window' } },
    ...section(texts.pinned, pinned.map(role)),
    ...section(texts.recent, recent.map(role)),
    ...section(texts.live, others.slice(0, MAX_IN_SECTION).map(role)),
    ...section(texts.identityCenters, sessionEntries(state, now, texts)),
    'separator',
    { label: live.length > 0 ? texts.quitWithLiveRoles : texts.quit, action: { kind: 'quit' } },
  ];
}

function section(title: string, entries: readonly MenuEntry[]): readonly MenuEntry[] {
  return entries.length === 0 ? [] : ['separator', { label: title }, ...entries];
}

interface LiveTarget {
  readonly target: RoleTarget;
  readonly leftMs: number;
}

/** Targets that hold credentials now; the one that ends first comes first. */
function liveTargets(state: AppState, now: Date): readonly LiveTarget[] {
  const nowMs = awsNowMs(state, now);
  return state.liveRoles
    .map(({ target, expiresAt }) => ({ target, leftMs: remainingMs(expiresAt, nowMs) }))
    .filter(({ leftMs }) => leftMs > 0)
    .sort((a, b) => a.leftMs - b.leftMs);
}

function roleEntry(target: RoleTarget, state: AppState, live: readonly LiveTarget[], texts: Texts): MenuEntry {
  const leftMs = live.find((each) => targetKey(each.target) === targetKey(target))?.leftMs;
  const notes = [
    ...(isGuarded(target, state) ? [texts.guarded] : []),
    ...(leftMs === undefined ? [] : [texts.timeLeft(formatRemaining(leftMs, texts))]),
  ];
  const copies = copyFormats(state).map((format) => ({
    label: menuLabel(COPY_FORMAT_LABELS[format]),
    action: { kind: 'copy', target, format } as const,
  }));
  const whileLive = [
    'separator',
    { label: texts.renew, action: { kind: 'renew', target } },
    { label: texts.forget, action: { kind: 'forget', target } },
  ] as const;
  return {
    label: menuLabel([targetName(target, state), ...notes].join(' · ')),
    submenu: [
      { label: texts.openConsole, action: { kind: 'open-console', target } },
      { label: texts.copy, submenu: copies },
      ...(leftMs === undefined ? [] : whileLive),
    ],
  };
}

/** The user's own format first. */
function copyFormats(state: AppState): readonly CopyFormat[] {
  const { copyFormat } = state.settings;
  return [copyFormat, ...COPY_FORMATS.filter((format) => format !== copyFormat)];
}

function sessionEntries(state: AppState, now: Date, texts: Texts): readonly MenuEntry[] {
  if (state.ssoSessions.length === 0) {
    return [{ label: texts.noneYet, action: { kind: 'open-window' } }];
  }
  return state.ssoSessions.slice(0, MAX_IN_SECTION).map((session) => ({
    label: menuLabel(`${plainName(session.name)} · ${accessNote(session, awsNowMs(state, now), texts)}`),
    submenu: sessionActions(session, texts),
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
