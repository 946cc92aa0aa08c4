import { foldText } from '../../shared/fold-text.ts';
import { REGIONS } from '../../shared/regions.ts';
import { BadInputError, NotFoundError } from './errors.ts';

/** More would be a list and no hint. */
const MOST_SHOWN = 3;
/** Beyond that, words are others and not mistyped. */
const MOST_SLIPS = 3;

/**
 * The names that somebody who typed `text` most likely meant, three at most: those with the fewest slips, without regard to case and
 * accents; else those that hold it, where they are few.
 */
export function likelyNames(text: string, names: Iterable<string>): readonly string[] {
  const typed = foldText(text);
  const limit = Math.min(MOST_SLIPS, Math.floor(typed.length / 3));
  const known = [...new Set(names)].map((name) => ({ name, slips: slipsBetween(typed, foldText(name), limit) }));
  const least = Math.min(...known.map(({ slips }) => slips));
  const near = known.filter(({ slips }) => slips === least && slips <= limit);
  const holding = known.filter(({ name }) => typed.length >= MOST_SHOWN && foldText(name).includes(typed));
  const likely = near.length > 0 ? near : holding.length <= MOST_SHOWN ? holding : [];
  return likely.slice(0, MOST_SHOWN).map(({ name }) => name);
}

/** `Did you mean X? `, to stand before a hint; empty where nothing is near. */
export function didYouMean(text: string, names: Iterable<string>): string {
  const likely = likelyNames(text, names);
  return likely.length === 0 ? '' : `Did you mean ${likely.join(' or ')}? `;
}

/** For a profile that is not there. */
export function unknownProfile(
  name: string,
  known: readonly { readonly name: string }[],
  hint = 'Run "rolecall profiles" for those there are.',
): NotFoundError {
  return new NotFoundError(`There is no profile ${name}.`, `${didYouMean(name, known.map(nameOf))}${hint}`);
}

/** For an Identity Center that is not there. */
export function unknownSsoSession(
  name: string,
  known: readonly { readonly name: string }[],
  hint = 'Run "rolecall status" for those there are.',
): NotFoundError {
  return new NotFoundError(
    `There is no Identity Center named ${name}.`,
    `${didYouMean(name, known.map(nameOf))}${hint}`,
  );
}

/** For text that is no region of AWS; people also know regions by their cities, and have them by those on the screen. */
export function notARegion(text: string): BadInputError {
  return new BadInputError(
    'That is not an AWS region.',
    `${likelyRegions(text)}Give a region such as us-east-1 or eu-central-1.`,
  );
}

/** `Did you mean ap-northeast-1 (Tokyo)? `, or nothing. */
export function likelyRegions(text: string): string {
  const ids = REGIONS.flatMap(({ id, names }) => [id, ...Object.values(names)].map((name) => [name, id] as const));
  const likely = likelyNames(
    text,
    ids.map(([name]) => name),
  );
  const meant = new Set(likely.flatMap((name) => ids.filter(([known]) => known === name).map(([, id]) => id)));
  const shown = REGIONS.filter(({ id }) => meant.has(id)).map(({ id, names }) => `${id} (${names.en})`);
  return shown.length === 0 ? '' : `Did you mean ${shown.join(' or ')}? `;
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}

/**
 * How many letters have to be added, left out, changed or swapped with the next; anything above `limit` where it is more.
 * Source: https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
function slipsBetween(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) {
    return Number.POSITIVE_INFINITY;
  }
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const changed = (row[j - 1] ?? 0) + (isSame ? 0 : 1);
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : changed;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed, swapped));
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}
