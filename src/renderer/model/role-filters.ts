import type { AppState } from '../../shared/app-state.ts';
import { accountRules, type GuardFacts } from '../../shared/guarded.ts';
import type { AccountEntry, RoleEntry } from './access-entry.ts';
import { displayText } from './display-text.ts';
import { timeLeft, urgency } from './expiry.ts';
import { guardedTest } from './guard.ts';
import { accountIdsIn, hiddenTest, NOTHING_HIDDEN, type RoleTest } from './hidden-test.ts';
import { foldText } from '../../shared/fold-text.ts';
import { oncePerObject } from '../../shared/once-per-object.ts';
import { REGIONS } from '../../shared/regions.ts';

/** What a word of the search may ask for besides names: `is:live`, `in:acme`, `type:chained`, `region:tokyo`, `profile:dev`. */
export const FILTER_KEYS = ['is', 'in', 'type', 'region', 'profile'] as const;

export type FilterKey = (typeof FILTER_KEYS)[number];

/** What can be asked for with `is:`. */
export const ROLE_STATES = ['pinned', 'live', 'expiring', 'guarded', 'hidden'] as const;

export type RoleState = (typeof ROLE_STATES)[number];

/** A word of the search that asks for what a role is; without a value it is being written, and asks for nothing yet. */
export interface FilterWord {
  readonly key: FilterKey;
  readonly value: string;
}

/** What filters look at besides the roles themselves. */
export interface FilterScope {
  readonly guard: GuardFacts;
  /** The profiles that lead somewhere by themselves. */
  readonly profiles: readonly AccountEntry[];
  readonly ssoSessions: AppState['ssoSessions'];
  /** Names of the profiles that lead to a role, by its key. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  /** Regions of the profiles that lead to a role, by its key. */
  readonly regions: ReadonlyMap<string, readonly string[]>;
  /** Where consoles open when nothing else is said; may be empty. */
  readonly consoleRegion: string;
  /** When the credentials held for a target end, by its key. */
  readonly live: ReadonlyMap<string, string>;
  /** The present by AWS's clock, epoch milliseconds. */
  readonly nowMs: number;
}

/** A value that something has, as it is written after the colon, and what else it may be called. */
export interface FilterChoice {
  readonly value: string;
  /** What roles have: the id of an Identity Center, the kind of a profile, a region. */
  readonly id: string;
  readonly names: readonly string[];
}

/** A filter that no choice fits, and what there is to choose. */
export interface UnknownFilter extends FilterWord {
  readonly choices: readonly FilterChoice[];
}

const FILTER = new RegExp(`(?<!\\S)(${FILTER_KEYS.join('|')})[:：](\\S*)`, 'gi');

/** The filters of a query, folded. */
export function filterWords(query: string): readonly FilterWord[] {
  return [...foldText(query).matchAll(FILTER)].map(([, key, value = '']) => ({ key: key as FilterKey, value }));
}

/** The query without its filters, folded. */
export function withoutFilters(query: string): string {
  return foldText(query).replaceAll(FILTER, '');
}

/** The query with its filters of this key replaced by this one, or taken out. */
export function withFilter(query: string, key: FilterKey, value = ''): string {
  const rest = query.replaceAll(FILTER, (word, known: string) => (known.toLowerCase() === key ? '' : word)).trim();
  return value === '' ? rest : `${key}:${value} ${rest}`;
}

/**
 * What fits all filters, undefined where everything does; where `is:` is not asked, what is hidden does not. `unknown` is the first
 * filter that means nothing here.
 */
export function filterTest(
  filters: readonly FilterWord[],
  scope: FilterScope,
): { readonly test: RoleTest | undefined; readonly unknown: UnknownFilter | undefined } {
  const asked = filters.filter(({ value }) => value !== '');
  const picked = asked.map((filter) => {
    const choices = filterChoices(filter.key, scope);
    return { ...filter, choices, ids: pick(choices, filter.value) };
  });
  const tests = picked.map(({ key, ids }) => choiceTest(key, ids, scope));
  if (!asked.some(({ key }) => key === 'is')) {
    const isHidden = hiddenTest(scope.guard.marks);
    if (isHidden !== NOTHING_HIDDEN) {
      tests.push((account, roleAt) => !isHidden(account, roleAt));
    }
  }
  return {
    test: tests.length <= 1 ? tests[0] : (account, roleAt) => tests.every((test) => test(account, roleAt)),
    unknown: picked.find(({ ids }) => ids.size === 0),
  };
}

/** The choice that a query holds for a key, if it is one alone. */
export function chosen(query: string, key: FilterKey, choices: readonly FilterChoice[]): string | undefined {
  const values = filterWords(query).filter((filter) => filter.key === key && filter.value !== '');
  const ids = values.length === 1 ? pick(choices, values[0]?.value ?? '') : undefined;
  return ids?.size === 1 ? [...ids][0] : undefined;
}

/** What is called so, or begins so, or else has it somewhere in a name. */
function pick(choices: readonly FilterChoice[], value: string): ReadonlySet<string> {
  const fits = [
    (name: string) => name === value,
    (name: string) => name.startsWith(value),
    (name: string) => name.includes(value),
  ];
  const found = fits.map((fit) => choices.filter(({ names }) => names.some(fit))).find(({ length }) => length > 0);
  return new Set(found?.map(({ id }) => id));
}

/** The values that there are. */
export function filterChoices(key: FilterKey, scope: FilterScope): readonly FilterChoice[] {
  const { ssoSessions, profiles } = scope;
  switch (key) {
    case 'is':
      return ROLE_STATES.map((state) => choice(state));
    case 'in':
      return [
        ...ssoSessions.map(({ id, name }) => choice(id, name)),
        ...(profiles.length > 0 ? [{ ...choice('profiles'), id: '' }] : []),
      ];
    case 'type': {
      const kinds = new Set(profiles.map((account) => kindOf(account)));
      return [...(ssoSessions.length > 0 ? ['sso'] : []), ...kinds].map((kind) => choice(kind, TYPES[kind]));
    }
    case 'region':
      return [...usedRegions(scope)].sort().map((region) => choice(region, region, regionNames(region)));
    case 'profile': {
      const own = profiles.map(({ roles }) => roles[0]?.profile?.name ?? '');
      return [...new Set([...own, ...[...scope.aliases.values()].flat()])].map((name) => choice(name));
    }
  }
}

/** Kinds of profiles as they are written, where they have a shorter name. */
const TYPES: Readonly<Record<string, string>> = { 'assume-role': 'chained', static: 'user', 'web-identity': 'web' };

function choice(id: string, written = id, more: readonly string[] = []): FilterChoice {
  const names = [written, id, ...more].map((name) => foldText(displayText(name)).replaceAll(/\s+/g, '-'));
  return { id, names, value: names[0] ?? '' };
}

function regionNames(region: string): readonly string[] {
  return Object.values(REGIONS.find(({ id }) => id === region)?.names ?? {});
}

function usedRegions({ regions, guard, profiles, consoleRegion }: FilterScope): ReadonlySet<string> {
  const used = [
    consoleRegion,
    ...[...regions.values()].flat(),
    ...Object.values(guard.marks).map(({ region = '' }) => region),
    ...profiles.map(({ roles }) => roles[0]?.profile?.region ?? ''),
  ];
  return new Set(used.filter((region) => region !== ''));
}

function choiceTest(key: FilterKey, ids: ReadonlySet<string>, scope: FilterScope): RoleTest {
  switch (key) {
    case 'is': {
      const tests = ROLE_STATES.filter((state) => ids.has(state)).map((state) => stateTest(state, scope));
      return (account, roleAt) => tests.some((test) => test(account, roleAt));
    }
    case 'in':
      return ({ ssoSession = '' }) => ids.has(ssoSession);
    case 'type':
      return (account) => ids.has(kindOf(account));
    case 'region':
      return entryTest(
        [...scope.regions.keys(), ...Object.keys(scope.guard.marks)],
        (entry) => regionsOf(entry, scope).some((region) => ids.has(region)),
        ids.has(scope.consoleRegion),
      );
    case 'profile':
      return entryTest(scope.aliases.keys(), (entry) => profilesOf(entry, scope).some((name) => ids.has(name)));
  }
}

function stateTest(state: RoleState, scope: FilterScope): RoleTest {
  const { guard, live, nowMs } = scope;
  const { marks } = guard;
  switch (state) {
    case 'pinned':
      return entryTest(Object.keys(marks), ({ key }) => marks[key]?.pinned === true);
    case 'live':
      return entryTest(live.keys(), ({ key }) => live.has(key));
    case 'expiring':
      return entryTest(live.keys(), ({ key }) => /last|soon/.test(urgency(timeLeft(live.get(key), nowMs))));
    case 'guarded':
      return guardedRoles(guard);
    case 'hidden':
      return hiddenTest(marks);
  }
}

/** Kept while marks and rules stay: it learns about every account there is, which is too much for each letter that is typed. */
const guardedRoles = oncePerObject(guardedRolesTest);

function guardedRolesTest(guard: GuardFacts): RoleTest {
  const rules = accountRules(guard);
  const test = guardedTest(guard);
  const marked = entryTest(Object.keys(guard.marks), test);
  const ruled = entryTest(undefined, test);
  return (account, roleAt) => (rules(account.accountId ?? '').size > 0 ? ruled : marked)(account, roleAt);
}

/**
 * A test of roles of which something is said under these keys, or of all. Roles of accounts that no key names need not even be made:
 * there it is what `otherwise` says.
 */
function entryTest(
  keys: Iterable<string> | undefined,
  test: (entry: RoleEntry) => boolean,
  otherwise = false,
): RoleTest {
  const named = keys && accountIdsIn(keys);
  return (account, roleAt) => {
    if (named !== undefined && account.ssoSession !== undefined && !named.has(account.accountId ?? '')) {
      return otherwise;
    }
    const entry = account.roles[roleAt];
    return entry !== undefined && test(entry);
  };
}

/** What kind of access an account's row gives; `sso` for all of an Identity Center. */
export function kindOf(account: AccountEntry): string {
  // Roles are made when they are asked for; those of an Identity Center need not be.
  return account.ssoSession === undefined ? (account.roles[0]?.profile?.kind ?? '') : 'sso';
}

/** Names of the profiles that lead to a role. */
export function profilesOf({ key, profile }: RoleEntry, { aliases }: Pick<FilterScope, 'aliases'>): readonly string[] {
  return profile === undefined ? (aliases.get(key) ?? []) : [profile.name];
}

/** Tags of a role: those of its account, and its own. */
export function tagsOf({ key, account }: RoleEntry, marks: AppState['marks']): readonly string[] {
  return [...(marks[account.key]?.tags ?? []), ...(marks[key]?.tags ?? [])];
}

/** Where a role is used: what its profiles say and where its account's console was opened last, else where consoles open at all. */
export function regionsOf(
  { key, account, profile }: RoleEntry,
  { regions, guard, consoleRegion }: Pick<FilterScope, 'regions' | 'guard' | 'consoleRegion'>,
): readonly string[] {
  const said = [
    ...(profile === undefined ? (regions.get(key) ?? []) : [profile.region]),
    guard.marks[account.key]?.region,
  ];
  const known = new Set(said.filter((region) => region !== undefined));
  return known.size > 0 ? [...known] : [consoleRegion];
}
