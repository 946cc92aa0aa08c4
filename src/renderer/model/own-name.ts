import type { AppState } from '../../shared/app-state.ts';
import { displayText } from './display-text.ts';
import { searchText, type SearchText } from './match-word.ts';

/** The user's own name for an account or role, by its key; undefined where there is none. One that was emptied is none. */
export function ownName(marks: AppState['marks'], key: string): SearchText | undefined {
  const alias = marks[key]?.alias;
  return alias === undefined || alias === '' ? undefined : searchText(displayText(alias));
}
