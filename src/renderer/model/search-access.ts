import type { Marks } from '../../shared/app-state.ts';
import type { AccountEntry, RoleName } from './access-entry.ts';
import { hiddenTest } from './hidden-test.ts';
import { foldText, matchWord, searchText, type MatchScore } from './match-word.ts';

/** What a search looks through and by what it ranks. */
export interface SearchScope {
  readonly accounts: readonly AccountEntry[];
  readonly marks: Readonly<Record<string, Marks>>;
  /** How much a target is used, 0 to 1, by its key. */
  readonly usage: ReadonlyMap<string, number>;
  /** More texts by which a target may be found (names of its profiles), by its key. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly showHidden: boolean;
}

/** A role that was found, named by its place among its account's roles. */
export interface FoundRole {
  readonly account: AccountEntry;
  readonly roleAt: number;
}

/** Names say more than addresses: the same fit in an email counts for less. */
const EMAIL_WEIGHT = 0.5;
/** A habit outweighs a slightly better fit, never a much better one. */
const USAGE_WEIGHT = 45;
const PIN_WEIGHT = 15;
/** More words than anyone types; each costs a pass over the accounts. */
const MOST_WORDS = 8;

/** The folded words of a query. */
export function queryWords(query: string): readonly string[] {
  return foldText(query)
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

/**
 * The roles in which every word of the query is found, the likeliest first: in the account's name, id, email, alias or tags, or in
 * the role's name, alias, tags or profiles.
 *
 * Each word is held against each account once, and against each role name once however many accounts have that role.
 */
export function searchAccess(scope: SearchScope, query: string): readonly FoundRole[] {
  const words = queryWords(query);
  const isHidden = scope.showHidden ? () => false : hiddenTest(scope.marks);
  const roleScores = new RoleScores(words);
  const extras = extraTexts(scope);
  const found: FoundRole[] = [];
  const scores: number[] = [];
  const accountScores = new Float64Array(words.length);
  for (const account of scope.accounts) {
    scoreAccount(account, scope.marks[account.key], words, accountScores);
    const extra = account.accountId === undefined ? extras.all : extras.byAccount.get(account.accountId);
    account.roleNames.forEach((role, roleAt) => {
      const fit =
        extra === undefined
          ? roleScores.sum(role, accountScores)
          : sumWithExtras(account, roleAt, { words, accountScores, roleScores, extra });
      if (fit !== undefined && !isHidden(account, roleAt)) {
        found.push({ account, roleAt });
        scores.push(fit + (extra?.get(account.roles[roleAt]?.key ?? '')?.boost ?? 0));
      }
    });
  }
  return byScore(found, scores);
}

/** Writes how well each word fits the account itself. */
function scoreAccount(
  account: AccountEntry,
  marks: Marks | undefined,
  words: readonly string[],
  scores: Float64Array,
): void {
  words.forEach((word, at) => {
    const direct = Math.max(
      matchWord(account.name, word),
      account.id.folded.includes(word) ? matchWord(account.id, word) : 0,
      account.email.folded.includes(word) ? matchWord(account.email, word) * EMAIL_WEIGHT : 0,
    );
    scores[at] = marks === undefined ? direct : Math.max(direct, bestOf(markTexts(marks), word));
  });
}

/** How well the words fit each role name; looked up once per name. */
class RoleScores {
  readonly #words: readonly string[];
  readonly #byNumber: (readonly MatchScore[] | undefined)[] = [];

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  of(role: RoleName): readonly MatchScore[] {
    const known = this.#byNumber[role.number];
    if (known !== undefined) {
      return known;
    }
    const scores = this.#words.map((word) => matchWord(role, word));
    this.#byNumber[role.number] = scores;
    return scores;
  }

  /** The sum over the words of their better fit, to the role or to its account; undefined as soon as one fits neither. */
  sum(role: RoleName, accountScores: Float64Array): number | undefined {
    const scores = this.of(role);
    let sum = 0;
    for (let at = 0; at < scores.length; at += 1) {
      const best = Math.max(scores[at] ?? 0, accountScores[at] ?? 0);
      if (best === 0) {
        return undefined;
      }
      sum += best;
    }
    return sum;
  }
}

/** What else is known of a role besides its names: few roles have any of it. */
interface Extra {
  readonly texts: readonly string[];
  readonly boost: number;
}

interface Extras {
  readonly all: ReadonlyMap<string, Extra>;
  readonly byAccount: ReadonlyMap<string, ReadonlyMap<string, Extra>>;
}

/** Marks, profiles and use of roles, by the account that their key names. */
function extraTexts(scope: SearchScope): Extras {
  const all = new Map<string, Extra>();
  const byAccount = new Map<string, Map<string, Extra>>();
  for (const key of new Set([...Object.keys(scope.marks), ...scope.aliases.keys(), ...scope.usage.keys()])) {
    const marks = scope.marks[key];
    const extra: Extra = {
      texts: [...(marks === undefined ? [] : markTexts(marks)), ...(scope.aliases.get(key) ?? [])],
      boost: (marks?.pinned === true ? PIN_WEIGHT : 0) + (scope.usage.get(key) ?? 0) * USAGE_WEIGHT,
    };
    all.set(key, extra);
    const accountId = /\d{12}/.exec(key)?.[0] ?? '';
    byAccount.set(accountId, (byAccount.get(accountId) ?? new Map<string, Extra>()).set(key, extra));
  }
  return { all, byAccount };
}

function sumWithExtras(
  account: AccountEntry,
  roleAt: number,
  known: {
    readonly words: readonly string[];
    readonly accountScores: Float64Array;
    readonly roleScores: RoleScores;
    readonly extra: ReadonlyMap<string, Extra>;
  },
): number | undefined {
  const entry = account.roles[roleAt];
  if (entry === undefined) {
    return undefined;
  }
  const texts = known.extra.get(entry.key)?.texts ?? [];
  const roleScores = known.roleScores.of(entry.role);
  const best = known.words.map((word, at) =>
    Math.max(roleScores[at] ?? 0, known.accountScores[at] ?? 0, bestOf(texts, word)),
  );
  return best.includes(0) ? undefined : best.reduce((sum, score) => sum + score, 0);
}

function markTexts(marks: Marks): readonly string[] {
  return [marks.alias ?? '', ...(marks.tags ?? [])];
}

function bestOf(texts: readonly string[], word: string): MatchScore {
  return Math.max(0, ...texts.map((text) => matchWord(searchText(text), word)));
}

/** Best first; equals keep the order of the accounts. Sorts plain numbers, for that is what engines do fastest. */
function byScore(found: readonly FoundRole[], scores: readonly number[]): readonly FoundRole[] {
  const places = 2 ** 20;
  const order = new Float64Array(found.length);
  for (let at = 0; at < found.length; at += 1) {
    order[at] = Math.round((scores[at] ?? 0) * 16) * places - at;
  }
  order.sort();
  const sorted: FoundRole[] = [];
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const place = (places - ((order[at] ?? 0) % places)) % places;
    const role = found[place];
    if (role !== undefined) {
      sorted.push(role);
    }
  }
  return sorted;
}
