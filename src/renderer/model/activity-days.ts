import type { ActivityEntry } from '../../shared/app-state.ts';
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

/** The entries in which every word of a query is found: who asked, from where, for what. */
export function matchActivity(entries: readonly ActivityEntry[], query: string): readonly ActivityEntry[] {
  const words = queryWords(query);
  return words.length === 0
    ? entries
    : entries.filter((entry) => {
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
    String(asker.pid ?? ''),
    entry.what,
    entry.outcome,
    entry.detail,
    entry.ssoSession ?? '',
    ...ofTarget,
  ];
}
