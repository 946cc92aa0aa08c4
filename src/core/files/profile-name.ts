import { createHash } from 'node:crypto';
import { isAccountId } from '../model/arn.ts';
import { BadInputError } from '../model/errors.ts';

/** A role for which a profile is to be named. */
export interface NameableRole {
  readonly accountId: string;
  /** As the organization gave it: any text. */
  readonly accountName: string;
  readonly roleName: string;
  /** The Identity Center's name. */
  readonly ssoSession: string;
}

/** How to name them. */
export interface ProfileNameOptions {
  /** With `{account}`, `{accountId}`, `{role}` and `{session}`. Default `{account}-{role}`. */
  readonly template?: string;
  /** Names that are taken by profiles of the user's own. Case does not count. */
  readonly taken?: Iterable<string>;
}

export const DEFAULT_NAME_TEMPLATE = '{account}-{role}';

const LONGEST_NAME = 64;
/** 0: as the template gives it. 1: with the account id. 2: with a part of a hash of all there is. 3: with 40 digits of it. */
const LONGEST_LEVEL = 3;
/** Enough of any text to name something by; what comes after it is left out before it is looked at. */
const LONGEST_INPUT = 256;
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/;
const PLACEHOLDER = /\{(account|accountId|role|session)\}/g;

/** Names that mean something to a parser, to JavaScript's objects, or to Windows. Compared in small letters. */
const RESERVED = new Set([
  'default',
  'profile',
  'sso-session',
  'services',
  'preview',
  'plugins',
  'con',
  'prn',
  'aux',
  'nul',
  ...Object.getOwnPropertyNames(Object.prototype).map((name) => name.toLowerCase()),
  ...Array.from({ length: 10 }, (_, digit) => [`com${digit}`, `lpt${digit}`]).flat(),
]);

/** Whether every AWS tool, every shell and every file system takes this profile name as it is. */
export function isSafeProfileName(name: string): boolean {
  return SAFE_NAME.test(name) && !isReserved(name);
}

/**
 * Any text as a part of a profile name: ASCII letters, digits and `._@+-`, accents dropped, everything else one hyphen; at most 64
 * characters; '' when nothing is left. The slug of a slug is itself.
 */
export function profileNameSlug(text: string): string {
  return text
    .slice(0, LONGEST_INPUT)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._@+-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}

/**
 * A profile name for each role, in their order. No two are alike (case does not count), none is reserved or taken, all are safe in
 * every tool. A name gets its account's id when it would otherwise be shared, or when the account's name holds more than ASCII (names
 * that look alike then stay apart); all that share it do, so that the order of the roles changes nothing. A role that is given twice
 * gets the same name twice.
 *
 * Throws BadInputError for an account id that is not 12 digits and for a template without any placeholder.
 */
export function profileNames(roles: readonly NameableRole[], options: ProfileNameOptions = {}): readonly string[] {
  const template = options.template ?? DEFAULT_NAME_TEMPLATE;
  checkTemplate(template);
  const taken = new Set([...(options.taken ?? [])].map((name) => name.toLowerCase()));
  const candidates = roles.map((role) => new NameCandidate(role, template));
  for (let clashing = clashes(candidates, taken); clashing.length > 0; clashing = clashes(candidates, taken)) {
    for (const candidate of clashing) {
      candidate.makeLonger();
    }
  }
  return candidates.map(({ name }) => name);
}

/** One role's name, which grows until it is the only one of its kind. */
class NameCandidate {
  readonly #role: NameableRole;
  readonly #base: string;
  #name: string;
  #level = 0;

  constructor(role: NameableRole, template: string) {
    if (!isAccountId(role.accountId)) {
      throw new BadInputError('An account id is not 12 digits.', 'Load the list of accounts again.');
    }
    this.#role = role;
    const parts: Readonly<Record<string, string>> = {
      account: profileNameSlug(role.accountName) || role.accountId,
      accountId: role.accountId,
      role: role.roleName,
      session: role.ssoSession,
    };
    const filled = template.replace(PLACEHOLDER, (whole, key: string) => parts[key]?.slice(0, LONGEST_INPUT) ?? whole);
    this.#base = profileNameSlug(filled);
    this.#name = this.#base;
    const names = template.includes('{account}') ? [role.accountName] : [];
    const isLossy = [...names, role.roleName].some((text) => /[^\x20-\x7e]/.test(text.slice(0, LONGEST_INPUT)));
    if ((isLossy && !this.#base.includes(role.accountId)) || isReserved(this.#base) || this.#base === '') {
      this.makeLonger();
    }
  }

  get name(): string {
    return this.#name;
  }

  get canGrow(): boolean {
    return this.#level < LONGEST_LEVEL;
  }

  /** The next longer form; the same when it is the longest, which holds the hash of all there is. */
  makeLonger(): void {
    const before = this.#name;
    while (this.canGrow && this.#name === before) {
      this.#level += 1;
      const suffix = this.#suffix();
      this.#name = this.#base === '' ? suffix : withSuffix(this.#base, suffix);
    }
  }

  #suffix(): string {
    const { accountId, roleName, ssoSession } = this.#role;
    const id = this.#base.includes(accountId) ? '' : accountId;
    if (this.#level === 1) {
      return id;
    }
    const hash = createHash('sha256')
      .update(JSON.stringify([ssoSession, accountId, roleName]))
      .digest('hex');
    if (this.#level === LONGEST_LEVEL) {
      return hash.slice(0, 40);
    }
    return id === '' ? hash.slice(0, 8) : `${id}-${hash.slice(0, 8)}`;
  }
}

/** The candidates whose name another has, or the user, and that can still be made longer. */
function clashes(candidates: readonly NameCandidate[], taken: ReadonlySet<string>): readonly NameCandidate[] {
  const byName = new Map<string, NameCandidate[]>();
  for (const candidate of candidates) {
    const key = candidate.name.toLowerCase();
    const group = byName.get(key);
    if (group === undefined) {
      byName.set(key, [candidate]);
    } else {
      group.push(candidate);
    }
  }
  return [...byName].flatMap(([key, group]) =>
    (group.length > 1 || taken.has(key) || isReserved(key)) && group.some((one) => one.canGrow) ? group : [],
  );
}

function withSuffix(base: string, suffix: string): string {
  if (suffix === '') {
    return base;
  }
  const room = LONGEST_NAME - suffix.length - 1;
  return `${base.slice(0, room).replace(/[^A-Za-z0-9]+$/, '')}-${suffix}`;
}

function isReserved(name: string): boolean {
  return RESERVED.has(name.toLowerCase());
}

function checkTemplate(template: string): void {
  const known = template.match(PLACEHOLDER) ?? [];
  if (known.length === 0 || template.length > LONGEST_INPUT || /[{}]/.test(template.replaceAll(PLACEHOLDER, ''))) {
    throw new BadInputError(
      'The template for profile names has no place for account or role.',
      'Use {account}, {accountId}, {role} and {session}, for example {account}-{role}.',
    );
  }
}
