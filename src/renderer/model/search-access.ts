import type { Marks } from '../../shared/app-state.ts';
import type { AccountEntry, RoleName } from './access-entry.ts';
import { BestRoles, type FoundRole } from './best-roles.ts';
import { accountIdIn, type RoleTest } from './hidden-test.ts';
import { foldText } from '../../shared/fold-text.ts';
import { oncePerObject } from '../../shared/once-per-object.ts';
import { matchInitials, matchWord, searchText, type MatchScore } from './match-word.ts';
import { filterTest, filterWords, withoutFilters, type FilterScope, type UnknownFilter } from './role-filters.ts';

/** What a search looks through and by what it ranks. */
export interface SearchScope extends FilterScope {
  readonly accounts: readonly AccountEntry[];
  /** Gives every role name that occurs in the accounts; more do no harm. */
  readonly roleNames: () => readonly RoleName[];
  /** How much a target is used, 0 to 1, by its key. */
  readonly usage: ReadonlyMap<string, number>;
}

/** What a search found. */
export interface SearchResult {
  /** The likeliest first; at most as many as were asked for. */
  readonly roles: readonly FoundRole[];
  /** How many there are in all. */
  readonly total: number;
  /** The accounts with something found in them, in their own order. */
  readonly accounts: readonly AccountEntry[];
  /** The first filter in the query that nothing can fit, for its value means nothing here. */
  readonly unknown: UnknownFilter | undefined;
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

/** The words of a query that look for names, folded. */
export function nameWords(query: string): readonly string[] {
  return queryWords(withoutFilters(query));
}

/**
 * The roles that fit the query's filters and in which every other word is found: in the account's name, id, email, alias or tags, or
 * in the role's name, alias, tags or profiles.
 *
 * Each word is held against each account once, and against each role name once however many accounts have that role.
 */
export function searchAccess(scope: SearchScope, query: string, limit = Infinity): SearchResult {
  return searchAmong(scope.accounts, scope, query, limit);
}

function searchAmong(
  accounts: readonly AccountEntry[],
  scope: SearchScope,
  query: string,
  limit: number,
): SearchResult {
  const search = new RunningSearch(scope, query, limit);
  for (const account of accounts) {
    search.lookInto(account);
  }
  return search.result();
}

/** A search that remembers those before it. */
export type Search = (scope: SearchScope, query: string, limit?: number) => SearchResult;

/** A query of a row of them, each of which goes on from the one before. */
interface Step {
  readonly query: string;
  /** Its filters, as text. */
  readonly filters: string;
  readonly limit: number;
  readonly result: SearchResult;
}

/**
 * A search for someone who types: while each query goes on from the one before, only accounts in which that one found something are
 * looked at. Every letter more can only narrow what is found, save one that makes a filter of a word, or another of a filter. What was
 * found before the last letters is there again when they are taken back.
 */
export function createSearch(): Search {
  let steps: readonly Step[] = [];
  let searched: SearchScope | undefined;
  return (scope, query, limit = Infinity) => {
    const asked = filters(query);
    const goesOn = (step: Step): boolean =>
      step.limit === limit && step.filters === asked && query.startsWith(step.query);
    const before = searched === scope ? steps.slice(0, steps.findLastIndex(goesOn) + 1) : [];
    const last = before.at(-1);
    if (last?.query === query) {
      steps = before;
      return last.result;
    }
    const result = searchAmong(last?.result.accounts ?? scope.accounts, scope, query, limit);
    steps = [...before, { query, filters: asked, limit, result }];
    searched = scope;
    return result;
  };
}

function filters(query: string): string {
  return JSON.stringify(filterWords(query));
}

/** One pass over the accounts, and what it has found so far. */
class RunningSearch {
  readonly #scope: SearchScope;
  readonly #words: readonly string[];
  readonly #roleScores: RoleScores;
  readonly #extras: Extras;
  readonly #fits: RoleTest | undefined;
  readonly #unknown: UnknownFilter | undefined;
  readonly #accountScores: Float64Array;
  readonly #best: BestRoles;
  readonly #accounts: AccountEntry[] = [];

  constructor(scope: SearchScope, query: string, limit: number) {
    const words = nameWords(query);
    const { test, unknown } = filterTest(filterWords(query), scope);
    this.#scope = scope;
    this.#words = words;
    this.#roleScores = new RoleScores(words, scope.roleNames());
    this.#extras = extrasOf(scope);
    this.#fits = test;
    this.#unknown = unknown;
    this.#best = new BestRoles(limit);
    this.#accountScores = new Float64Array(words.length);
  }

  lookInto(account: AccountEntry): void {
    const { accountId } = account;
    const extra =
      account.ssoSession === undefined || accountId === undefined
        ? this.#extras.all
        : this.#extras.byAccount.get(accountId);
    // Whatever is said of an account of an Identity Center or its roles stands under keys with its id, so most accounts need no look at the marks.
    const marks = extra === undefined ? undefined : this.#scope.guard.marks[account.key];
    if (!this.#scoreAccount(account, marks) && extra === undefined) {
      return;
    }
    const before = this.#best.total;
    const { roleNames } = account;
    const fits = this.#fits;
    for (let roleAt = 0; roleAt < roleNames.length; roleAt += 1) {
      const role = roleNames[roleAt];
      const entry = extra === undefined ? undefined : account.roles[roleAt];
      const own = entry === undefined ? undefined : extra?.get(entry.key);
      const fit = role === undefined ? undefined : this.#fit(role, own);
      if (fit !== undefined && (fits === undefined || fits(account, roleAt))) {
        this.#best.add(account, roleAt, fit + (own?.boost ?? 0));
      }
    }
    if (this.#best.total > before) {
      this.#accounts.push(account);
    }
  }

  result(): SearchResult {
    const { total } = this.#best;
    return { roles: this.#best.roles(), total, accounts: this.#accounts, unknown: this.#unknown };
  }

  /** Writes how well each word fits the account itself; false as soon as one fits neither it nor any role there is. */
  #scoreAccount(account: AccountEntry, marks: Marks | undefined): boolean {
    for (let at = 0; at < this.#words.length; at += 1) {
      const word = this.#words[at] ?? '';
      const direct = account.haystack.includes(word) ? scoreTexts(account, word) : scoreInitials(account, word);
      const score = marks === undefined ? direct : Math.max(direct, bestOf(markTexts(marks), word));
      this.#accountScores[at] = score;
      if (score === 0 && !this.#roleScores.fitsAny(at)) {
        this.#accountScores.fill(0, at);
        return false;
      }
    }
    return true;
  }

  /** The sum over the words of their best fit: to the account, to the role's name, or to what else is known of the role. */
  #fit(role: RoleName, own: Extra | undefined): number | undefined {
    const roleScores = this.#roleScores.of(role);
    let sum = 0;
    for (let at = 0; at < roleScores.length; at += 1) {
      const named = Math.max(roleScores[at] ?? 0, this.#accountScores[at] ?? 0);
      const best = own === undefined ? named : Math.max(named, bestOf(own.texts, this.#words[at] ?? ''));
      if (best === 0) {
        return undefined;
      }
      sum += best;
    }
    return sum;
  }
}

function scoreTexts(account: AccountEntry, word: string): MatchScore {
  return Math.max(
    matchWord(account.name, word),
    account.id.folded.includes(word) ? matchWord(account.id, word) : 0,
    account.email.folded.includes(word) ? matchWord(account.email, word) * EMAIL_WEIGHT : 0,
  );
}

function scoreInitials(account: AccountEntry, word: string): MatchScore {
  return account.initials.includes(word.charAt(0)) ? matchInitials(account.name, word) : 0;
}

/** How well the words fit each role name. */
class RoleScores {
  readonly #byNumber: (readonly MatchScore[])[] = [];
  readonly #best: MatchScore[];

  constructor(words: readonly string[], roleNames: readonly RoleName[]) {
    this.#best = words.map(() => 0);
    for (const role of roleNames) {
      const scores = words.map((word) => matchWord(role, word));
      this.#byNumber[role.number] = scores;
      scores.forEach((score, at) => {
        this.#best[at] = Math.max(this.#best[at] ?? 0, score);
      });
    }
  }

  of(role: RoleName): readonly MatchScore[] {
    return this.#byNumber[role.number] ?? [];
  }

  /** Whether a word fits the name of any role. */
  fitsAny(wordAt: number): boolean {
    return (this.#best[wordAt] ?? 0) > 0;
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

/** The same for every letter that is typed while the scope stays. */
const extrasOf = oncePerObject(extraTexts);

/** Marks, profiles and use of roles, by the account that their key names. */
function extraTexts(scope: SearchScope): Extras {
  const all = new Map<string, Extra>();
  const byAccount = new Map<string, Map<string, Extra>>();
  const allMarks = scope.guard.marks;
  for (const key of new Set([...Object.keys(allMarks), ...scope.aliases.keys(), ...scope.usage.keys()])) {
    const marks = allMarks[key];
    const extra: Extra = {
      texts: [...(marks === undefined ? [] : markTexts(marks)), ...(scope.aliases.get(key) ?? [])],
      boost: (marks?.pinned === true ? PIN_WEIGHT : 0) + (scope.usage.get(key) ?? 0) * USAGE_WEIGHT,
    };
    all.set(key, extra);
    const accountId = accountIdIn(key);
    byAccount.set(accountId, (byAccount.get(accountId) ?? new Map<string, Extra>()).set(key, extra));
  }
  return { all, byAccount };
}

function markTexts(marks: Marks): readonly string[] {
  return [marks.alias ?? '', ...(marks.tags ?? [])];
}

function bestOf(texts: readonly string[], word: string): MatchScore {
  return Math.max(0, ...texts.map((text) => matchWord(searchText(text), word)));
}
