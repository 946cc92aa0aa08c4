import { accountNames, type NamedDirectories } from '../../shared/account-names.ts';
import type { AppState, Marks } from '../../shared/app-state.ts';
import { parseOpener, type Opener, type OpenerId } from '../../shared/console-opener.ts';
import { matchesPattern } from '../../shared/matches-pattern.ts';
import { markKeys, roleSubject } from '../../shared/role-subject.ts';
import type { RoleTarget } from '../../shared/role-target.ts';
import type { Settings } from '../../shared/settings.ts';
import type { BrowserPlace } from '../session/ports.ts';
import { plainText } from './plain-text.ts';

/** What decides where consoles open. */
export type PlaceState = Pick<AppState, 'marks' | 'profiles' | 'settings'> & {
  readonly directories: NamedDirectories;
};

/**
 * Where the console of a target opens: where was said just now, else what is marked on the role or its account, else the first rule
 * that matches, else the setting.
 */
export function consolePlace(target: RoleTarget, state: PlaceState, said?: OpenerId): BrowserPlace {
  const opener = parseOpener(said ?? markedOpener(target, state) ?? ruledOpener(target, state)) ?? DEFAULT_OPENER;
  return { opener, container: containerOf(target, state) };
}

/**
 * Where the sign-in page of an Identity Center opens: in the browser or profile in which all its consoles do, by the first rule that
 * takes every account and role of it, else by the setting. There a portal link finds the sign-in, and nobody is asked as the person of
 * another company. Private windows and containers are for one console each: a sign-in kept there would be lost, so it opens in the
 * default browser.
 */
export function signInPlace(ssoSession: string, settings: Settings): BrowserPlace | undefined {
  const rule = settings.consoleRules.find(
    (each) =>
      each.account === '*' &&
      each.role === '*' &&
      each.tag === undefined &&
      matchesPattern(ssoSession, each.ssoSession ?? '*'),
  );
  const opener = parseOpener(rule?.opener ?? settings.consoleOpener);
  return opener?.kind === 'browser' ? { opener, container: { name: '', colour: undefined } } : undefined;
}

const DEFAULT_OPENER: Opener = { kind: 'default' };
/** Longer names do not fit on a tab. */
const MAX_NAME = 64;

function markedOpener(target: RoleTarget, state: PlaceState): OpenerId | undefined {
  return marksOf(target, state).find(({ opener }) => opener !== undefined)?.opener;
}

function ruledOpener(target: RoleTarget, state: PlaceState): OpenerId {
  const { consoleRules, consoleOpener } = state.settings;
  if (consoleRules.length === 0) {
    return consoleOpener;
  }
  const { accountId, role, ssoSession = '' } = roleSubject(target, state.profiles);
  const accounts = [accountId, ...accountNames(accountId, state.directories)];
  const tags = marksOf(target, state).flatMap((marks) => marks.tags ?? []);
  const rule = consoleRules.find(
    (each) =>
      accounts.some((account) => matchesPattern(account, each.account)) &&
      matchesPattern(role, each.role) &&
      matchesPattern(ssoSession, each.ssoSession ?? '*') &&
      (each.tag === undefined || tags.some((tag) => matchesPattern(tag, each.tag ?? ''))),
  );
  return rule?.opener ?? consoleOpener;
}

/** One container for each role: two roles of one account are two sign-ins. */
function containerOf(target: RoleTarget, state: PlaceState): BrowserPlace['container'] {
  const { accountId, role } = roleSubject(target, state.profiles);
  const [listedName] = accountNames(accountId, state.directories);
  const marks = marksOf(target, state);
  const account = plainText(marks.at(-1)?.alias ?? listedName ?? accountId, MAX_NAME);
  const names = target.kind === 'profile' && role === '' ? [target.profile] : [account, role];
  return {
    name: names.filter((name) => name !== '').join(' '),
    colour: marks.find(({ colour }) => colour !== undefined)?.colour,
  };
}

/** What is marked on the target, its role and its account, in this order. */
function marksOf(target: RoleTarget, state: PlaceState): readonly Marks[] {
  const { marks } = state;
  return markKeys(target, state.profiles).map((key) => (Object.hasOwn(marks, key) ? (marks[key] ?? {}) : {}));
}
