import type { ActivityEntry } from '../../shared/app-state.ts';
import { targetKey } from '../../shared/role-target.ts';
import { matchWord, searchText } from './match-word.ts';
import { queryWords } from './search-access.ts';

/** What happened on one day, newest first. */
export interface ActivityDay {
  readonly day: string;
  readonly entries: readonly ActivityEntry[];
}

/** Groups entries by the day they fall on, in the order they come. */
export function groupByDay(entries: readonly ActivityEntry[], dayOf: (iso: string) => string): readonly ActivityDay[] {
  const days: { readonly day: string; readonly entries: ActivityEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at);
    const last = days.at(-1);
    if (last?.day === day) {
      last.entries.push(entry);
    } else {
      days.push({ day, entries: [entry] });
    }
  }
  return days;
}

/** Which entries are shown: what programs asked for in the background, what the user did on a screen, what did not go well. */
export const ACTIVITY_FILTERS = ['all', 'programs', 'screen', 'trouble'] as const;

/** One of `ACTIVITY_FILTERS`. */
export type ActivityFilter = (typeof ACTIVITY_FILTERS)[number];

/** How our own screens call themselves when they ask. */
const OWN_SCREEN = 'Rolecall';

function passes({ asker, outcome }: ActivityEntry, filter: ActivityFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'programs':
      return asker.program !== OWN_SCREEN;
    case 'screen':
      return asker.program === OWN_SCREEN;
    case 'trouble':
      return outcome !== 'ok';
  }
}

/** The entries of one target, by its key, and of the profiles that lead to the same role. */
export function ofTarget(
  entries: readonly ActivityEntry[],
  key: string,
  profiles: readonly string[],
): readonly ActivityEntry[] {
  return entries.filter(
    ({ target }) =>
      target !== undefined &&
      (targetKey(target) === key || (target.kind === 'profile' && profiles.includes(target.profile))),
  );
}

/** The entries that pass the filter and in which every word of a query is found: who asked, from where, for what. */
export function matchActivity(
  entries: readonly ActivityEntry[],
  query: string,
  filter: ActivityFilter = 'all',
): readonly ActivityEntry[] {
  const words = queryWords(query);
  const passed = filter === 'all' ? entries : entries.filter((entry) => passes(entry, filter));
  return words.length === 0
    ? passed
    : passed.filter((entry) => {
        const texts = searchedTexts(entry).map((text) => searchText(text));
        return words.every((word) => texts.some((text) => matchWord(text, word) > 0));
      });
}

function searchedTexts(entry: ActivityEntry): readonly string[] {
  const { asker, target } = entry;
  const ofTarget =
    target === undefined ? [] : target.kind === 'profile' ? [target.profile] : [target.accountId, target.roleName];
  return [
    asker.program,
    asker.folder ?? '',
    ...asker.parents,
    String(asker.pid ?? ''),
    entry.what,
    entry.outcome,
    entry.detail,
    entry.ssoSession ?? '',
    ...ofTarget,
  ];
}
