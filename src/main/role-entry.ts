import { isGuarded } from '../core/app/guard-rules.ts';
import { CONSOLE_SERVICES } from '../shared/console-services.ts';
import { COPY_FORMATS, type CopyFormat } from '../shared/copy-format.ts';
import { targetKey, type RoleTarget } from '../shared/role-target.ts';
import type { AppState } from '../shared/app-state.ts';
import { menuLabel, plainName } from './menu-label.ts';
import { targetName } from './target-names.ts';
import { formatRemaining } from './time-left.ts';
import type { MenuEntry } from './tray-menu.ts';
import { copyFormatName, type Texts } from './texts.ts';

const MAX_SERVICES = 6;
const MAX_CUSTOM = 10;

/**
 * The line of a role, with all that can be done with it beneath.
 *
 * @param leftMs how long its credentials last; undefined when it holds none
 */
export function roleEntry(target: RoleTarget, state: AppState, leftMs: number | undefined, texts: Texts): MenuEntry {
  const notes = [
    ...(isGuarded(target, state) ? [texts.guarded] : []),
    ...(leftMs === undefined ? [] : [texts.timeLeft(formatRemaining(leftMs, texts))]),
  ];
  return {
    label: menuLabel([targetName(target, state), ...notes].join(' · ')),
    submenu: [
      ...consoleEntries(target, state, texts),
      { label: texts.copy, submenu: copyFormats(state).map((format) => copyEntry(target, format, texts)) },
      'separator',
      ...(leftMs === undefined ? [] : liveEntries(target, texts)),
      pinEntry(target, state, texts),
    ],
  };
}

/** Ways into the console; none for a profile whose credentials AWS takes for no console. */
function consoleEntries(target: RoleTarget, state: AppState, texts: Texts): readonly MenuEntry[] {
  if (target.kind === 'profile' && state.profiles.some((each) => each.name === target.profile && !each.canFederate)) {
    return [];
  }
  return [
    { label: texts.openConsole, action: { kind: 'open-console', target } },
    { label: texts.openConsoleAt, submenu: destinationEntries(target, state) },
    { label: texts.copyLink, action: { kind: 'copy-link', target } },
  ];
}

/** The services used last, filled up with those that most people use, then the user's own pages. */
function destinationEntries(target: RoleTarget, { settings }: AppState): readonly MenuEntry[] {
  const ids = new Set([...settings.recentDestinations, ...CONSOLE_SERVICES.map(({ id }) => id)]);
  const services = [...ids].flatMap((id) => CONSOLE_SERVICES.find((service) => service.id === id) ?? []);
  const entry = (name: string, destination: string): MenuEntry => ({
    label: menuLabel(plainName(name)),
    action: { kind: 'open-console', target, destination },
  });
  const custom = settings.customDestinations.slice(0, MAX_CUSTOM).map(({ name, url }) => entry(name, url));
  return [
    ...services.slice(0, MAX_SERVICES).map(({ name, id }) => entry(name, id)),
    ...(custom.length === 0 ? [] : (['separator', ...custom] as const)),
  ];
}

/** The user's own format first. */
function copyFormats(state: AppState): readonly CopyFormat[] {
  const { copyFormat } = state.settings;
  return [copyFormat, ...COPY_FORMATS.filter((format) => format !== copyFormat)];
}

function copyEntry(target: RoleTarget, format: CopyFormat, texts: Texts): MenuEntry {
  return { label: menuLabel(copyFormatName(format, texts)), action: { kind: 'copy', target, format } };
}

function liveEntries(target: RoleTarget, texts: Texts): readonly MenuEntry[] {
  return [
    { label: texts.renew, action: { kind: 'renew', target } },
    { label: texts.forget, action: { kind: 'forget', target } },
    'separator',
  ];
}

function pinEntry(target: RoleTarget, { marks }: AppState, texts: Texts): MenuEntry {
  const key = targetKey(target);
  const isPinned = Object.hasOwn(marks, key) && marks[key]?.pinned === true;
  return { label: isPinned ? texts.unpin : texts.pin, action: { kind: 'pin', target, pinned: !isPinned } };
}
