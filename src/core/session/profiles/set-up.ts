import * as v from 'valibot';
import { MARK_COLOURS } from '../../../shared/app-state.ts';
import { requirePartition, type Env } from '../../aws/endpoints.ts';
import { isSafeProfileName } from '../../files/profile-name.ts';
import { BadInputError } from '../../model/errors.ts';
import { parseStartUrl } from '../sso/start-url.ts';
import { markSubject } from './mark-subject.ts';
import { checkProfileKey } from './profile-keys.ts';
import { parseSyncOptions, RoleRuleSchema, SyncOptionsSchema } from './sync-options.ts';

/** The largest set-up file, in bytes. */
export const MAX_SET_UP_BYTES = 1024 * 1024;

/** How many of each one file may hold. */
const MOST = { ssoSessions: 200, profileSync: 200, profiles: 1_000, guardRules: 200 } as const;

const NOUNS = {
  ssoSessions: 'Identity Centers',
  profileSync: 'rules for profiles of all roles',
  profiles: 'profiles',
  guardRules: 'guard rules',
} as const;

const FORMAT = 'rolecall-set-up';
const VERSION = 1;
const EXPORT_HINT = 'Choose fewer Identity Centers or profiles, or share them in several files.';
const NAME_HINT = 'Ask whoever made the file for another one.';

const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const SCOPE = /^[\w:.-]{1,128}$/;
const MOST_SCOPES = 20;

/** Shown to people, so nothing in it may be invisible or turn the text around it. */
const shownText = (length: number) =>
  v.pipe(
    v.string(),
    v.maxLength(length),
    v.check((text) => text.search(UNSHOWN) === -1),
  );
const sessionName = v.pipe(v.string(), v.check(isSafeProfileName));
const profileName = v.pipe(v.string(), v.check(isSafeProfileName));

/** What may be shared of a mark. Leave to use a role unasked (`allow`) is nobody's to give but the user's. */
const MarksSchema = v.object({
  pinned: v.optional(v.boolean()),
  alias: v.optional(shownText(128)),
  colour: v.optional(v.picklist(MARK_COLOURS)),
  tags: v.optional(v.pipe(v.array(shownText(64)), v.maxLength(32))),
  hidden: v.optional(v.boolean()),
  guarded: v.optional(v.boolean()),
  use: v.optional(v.picklist(['ask', 'ask-hourly', 'refuse'])),
  order: v.optional(v.pipe(v.number(), v.finite())),
});

const SetUpSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  ssoSessions: v.optional(
    v.pipe(
      v.array(
        v.object({
          name: sessionName,
          startUrl: v.pipe(v.string(), v.maxLength(1024)),
          region: v.pipe(v.string(), v.maxLength(64)),
          scopes: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(SCOPE))), v.maxLength(MOST_SCOPES)), []),
        }),
      ),
      v.maxLength(MOST.ssoSessions),
    ),
    [],
  ),
  /** How profiles are made for each, by `ProfileSync`. */
  profileSync: v.optional(
    v.pipe(v.array(v.object({ ssoSession: sessionName, options: SyncOptionsSchema })), v.maxLength(MOST.profileSync)),
    [],
  ),
  profiles: v.optional(
    v.pipe(
      v.array(
        v.object({
          name: profileName,
          keys: v.record(v.pipe(v.string(), v.maxLength(128)), v.pipe(v.string(), v.maxLength(4096))),
        }),
      ),
      v.maxLength(MOST.profiles),
    ),
    [],
  ),
  /** By `targetKey` or `account:<ssoSession>/<accountId>`. */
  marks: v.optional(
    v.record(
      v.pipe(
        v.string(),
        v.check((key) => markSubject(key) !== undefined),
      ),
      MarksSchema,
    ),
    {},
  ),
  guardRules: v.optional(v.pipe(v.array(RoleRuleSchema), v.maxLength(MOST.guardRules)), []),
});

/**
 * A set-up to share with a team: Identity Centers, how profiles are made, chosen profiles, marks and guard rules. It has no place for a
 * secret, a command or an address other than an Identity Center's.
 */
export type SetUp = Omit<v.InferOutput<typeof SetUpSchema>, 'format' | 'version'>;
export type SharedSession = SetUp['ssoSessions'][number];
export type SharedMarks = v.InferOutput<typeof MarksSchema>;

/**
 * The file's text: sorted and laid out, so that versions of it can be compared. Throws BadInputError for what no import would take: whoever
 * gets the file could do nothing about it.
 */
export function setUpText(setUp: SetUp, env: Env = {}): string {
  for (const key of ['ssoSessions', 'profileSync', 'profiles', 'guardRules'] as const) {
    const [count, most] = [setUp[key].length, MOST[key]];
    if (count > most) {
      throw new BadInputError(
        `The set-up would hold ${count} ${NOUNS[key]}, and no import takes more than ${most}.`,
        EXPORT_HINT,
      );
    }
  }
  const text = `${JSON.stringify({ format: FORMAT, version: VERSION, ...setUp }, undefined, 2)}\n`;
  try {
    parseSetUp(new TextEncoder().encode(text), env);
  } catch (cause) {
    const why = cause instanceof BadInputError ? cause.message : '';
    throw new BadInputError(`No import would take this set-up. ${why}`, EXPORT_HINT, cause);
  }
  return text;
}

/**
 * Reads a set-up file, whoever wrote it: nothing in it can become a command, a secret, a foreign address or a line of its own in
 * `~/.aws`. Throws BadInputError that says what is wrong with it, and where.
 */
export function parseSetUp(bytes: Uint8Array, env: Env = {}): SetUp {
  if (bytes.byteLength > MAX_SET_UP_BYTES) {
    throw new BadInputError('The set-up file is larger than 1 MB.', 'Check whether it is the right file.');
  }
  const json = parseJson(bytes);
  refuseOtherFormat(json);
  const parsed = v.safeParse(SetUpSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new BadInputError(`The set-up file has something wrong at ${v.getDotPath(issue) ?? 'its top'}.`, NAME_HINT);
  }
  const { format: _, version: __, ...setUp } = parsed.output;
  return checked(setUp, env);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new BadInputError(
      'The set-up file is not JSON.',
      'Check the file or address: a log-in page may have come instead.',
    );
  }
}

function refuseOtherFormat(json: unknown): void {
  const head = v.safeParse(v.object({ format: v.literal(FORMAT), version: v.number() }), json);
  if (!head.success) {
    throw new BadInputError('This is not a set-up file of Rolecall.', 'Check the file or address.');
  }
  if (head.output.version > VERSION) {
    throw new BadInputError('The set-up file was made by a newer Rolecall.', 'Update Rolecall, then import it.');
  }
}

function checked(setUp: SetUp, env: Env): SetUp {
  const ssoSessions = setUp.ssoSessions.map((session) => checkedSession(session, env));
  for (const { name, keys } of setUp.profiles) {
    checkKeys(name, keys);
  }
  setUp.profileSync.forEach(({ options }) => parseSyncOptions(options));
  refuseTwice(
    'Identity Center',
    ssoSessions.map(({ name }) => name),
  );
  refuseTwice(
    'profile',
    setUp.profiles.map(({ name }) => name),
  );
  return { ...setUp, ssoSessions };
}

/** An Identity Center as a set-up file may hold it. Throws BadInputError. */
export function checkedSession(session: SharedSession, env: Env): SharedSession {
  try {
    requirePartition(session.region);
    const { kind, url } = parseStartUrl(session.startUrl, env);
    if (kind !== 'own-domain') {
      return { ...session, startUrl: url };
    }
  } catch (cause) {
    const why = cause instanceof BadInputError ? cause.message : '';
    throw new BadInputError(
      `The Identity Center ${session.name} cannot stand in a set-up file. ${why}`,
      NAME_HINT,
      cause,
    );
  }
  throw new BadInputError(
    `The start URL of ${session.name} in the set-up file is not one of AWS's own hosts.`,
    'Add that Identity Center by hand if you know it.',
  );
}

/** A text as a set-up file may show it. */
export function withoutUnshown(text: string): string {
  return text.replace(UNSHOWN, '').trim();
}

/** The scopes that a set-up file may name. */
export function sharedScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => SCOPE.test(scope)).slice(0, MOST_SCOPES);
}

function checkKeys(profile: string, keys: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(keys)) {
    try {
      checkProfileKey(key, value, { isTyped: false });
    } catch (cause) {
      const why = cause instanceof BadInputError ? cause.message : '';
      throw new BadInputError(`The profile ${profile} of the set-up file cannot be used. ${why}`, NAME_HINT, cause);
    }
  }
}

function refuseTwice(what: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names.map((each) => each.toLowerCase())) {
    if (seen.has(name)) {
      throw new BadInputError(`The set-up file has the ${what} ${name} twice.`, NAME_HINT);
    }
    seen.add(name);
  }
}
