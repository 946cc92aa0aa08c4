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
/** What `profileNameSlug` leaves as it is. */
const SLUG = /^(?!.*--)[A-Za-z0-9](?:[A-Za-z0-9._@+-]{0,62}[A-Za-z0-9])?$/;
const BEYOND_ASCII = /[^\x20-\x7e]/;

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
  if (text.length <= LONGEST_NAME && SLUG.test(text)) {
    return text;
  }
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
  const fill = templateFiller(template);
  const namesAccount = template.includes('{account}');
  const candidates = roles.map((role) => newCandidate(role, fill(role), namesAccount));
  for (let clashing = clashes(candidates, taken); clashing.length > 0; clashing = clashes(candidates, taken)) {
    for (const candidate of clashing) {
      makeLonger(candidate);
    }
  }
  return candidates.map(({ name }) => name);
}

/** One role's name, which grows until it is the only one of its kind. */
interface Candidate {
  readonly role: NameableRole;
  readonly base: string;
  name: string;
  /** The name in small letters: by it names are compared. */
  key: string;
  level: number;
}

function newCandidate(role: NameableRole, base: string, namesAccount: boolean): Candidate {
  if (!isAccountId(role.accountId)) {
    throw new BadInputError('An account id is not 12 digits.', 'Load the list of accounts again.');
  }
  const candidate: Candidate = { role, base, name: base, key: base.toLowerCase(), level: 0 };
  const isLossy = isBeyondAscii(role.roleName) || (namesAccount && isBeyondAscii(role.accountName));
  if ((isLossy && !base.includes(role.accountId)) || RESERVED.has(candidate.key) || base === '') {
    makeLonger(candidate);
  }
  return candidate;
}

/** Gives it the next longer form; the same when it is the longest, which holds the hash of all there is. */
function makeLonger(candidate: Candidate): void {
  const before = candidate.name;
  while (canGrow(candidate) && candidate.name === before) {
    candidate.level += 1;
    const suffix = suffixOf(candidate);
    candidate.name = candidate.base === '' ? suffix : withSuffix(candidate.base, suffix);
  }
  candidate.key = candidate.name.toLowerCase();
}

function canGrow({ level }: Candidate): boolean {
  return level < LONGEST_LEVEL;
}

function suffixOf({ role, base, level }: Candidate): string {
  const { accountId, roleName, ssoSession } = role;
  const id = base.includes(accountId) ? '' : accountId;
  if (level === 1) {
    return id;
  }
  const hash = createHash('sha256')
    .update(JSON.stringify([ssoSession, accountId, roleName]))
    .digest('hex');
  if (level === LONGEST_LEVEL) {
    return hash.slice(0, 40);
  }
  return id === '' ? hash.slice(0, 8) : `${id}-${hash.slice(0, 8)}`;
}

/** What a template gives for a role, as a slug. The template is taken apart once for all of them. */
function templateFiller(template: string): (role: NameableRole) => string {
  // Literal text and placeholders in turns.
  const parts = template.split(PLACEHOLDER);
  // The roles of an account come together, and its name is long to make a slug of.
  let account = { name: '', slug: '' };
  return ({ accountId, accountName, roleName, ssoSession }) => {
    if (account.name !== accountName) {
      account = { name: accountName, slug: profileNameSlug(accountName) };
    }
    const values: Readonly<Record<string, string>> = {
      account: account.slug || accountId,
      accountId,
      role: roleName,
      session: ssoSession,
    };
    const filled = parts.reduce(
      (text, part, index) => text + (index % 2 === 0 ? part : (values[part] ?? '').slice(0, LONGEST_INPUT)),
      '',
    );
    return profileNameSlug(filled);
  };
}

/** The candidates whose name another has, or the user, and that can still be made longer. */
function clashes(candidates: readonly Candidate[], taken: ReadonlySet<string>): readonly Candidate[] {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { key } of candidates) {
    if (seen.size === seen.add(key).size) {
      shared.add(key);
    }
  }
  const clashing = candidates.filter(({ key }) => shared.has(key) || taken.has(key) || RESERVED.has(key));
  const growing = new Set(clashing.filter(canGrow).map(({ key }) => key));
  return clashing.filter(({ key }) => growing.has(key));
}

function isBeyondAscii(text: string): boolean {
  return BEYOND_ASCII.test(text.slice(0, LONGEST_INPUT));
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
