import type { ProfileState } from '../../shared/app-state.ts';
import { matchWord, searchText, type SearchText } from './match-word.ts';
import { queryWords } from './search-access.ts';

/** Finds profiles by name, account, role, kind or Identity Center. What they are searched by is made once for all searches. */
export function createProfileSearch(profiles: readonly ProfileState[]): (query: string) => readonly ProfileState[] {
  let entries: readonly (readonly [ProfileState, readonly SearchText[]])[] | undefined;
  return (query) => {
    const words = queryWords(query);
    if (words.length === 0) {
      return profiles;
    }
    entries ??= profiles.map((profile) => [profile, textsOf(profile)]);
    return entries
      .filter(([, texts]) => words.every((word) => texts.some((text) => matchWord(text, word) > 0)))
      .map(([profile]) => profile);
  };
}

function textsOf({ name, accountId, roleName, kind, ssoSession }: ProfileState): readonly SearchText[] {
  return [name, accountId, roleName, kind, ssoSession].flatMap((text) =>
    text === undefined ? [] : [searchText(text)],
  );
}
