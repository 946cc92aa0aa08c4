import type { Marks } from '../../../shared/app-state.ts';
import type { Env } from '../../aws/endpoints.ts';
import { isSafeProfileName } from '../../files/profile-name.ts';
import { unknownProfile, unknownSsoSession } from '../../model/did-you-mean.ts';
import { BadInputError } from '../../model/errors.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';
import { markSubject } from './mark-subject.ts';
import { checkProfileKey, KNOWN_PROFILE_KEYS } from './profile-keys.ts';
import {
  checkedSession,
  sharedScopes,
  withoutUnshown,
  type SetUp,
  type SharedMarks,
  type SharedSession,
} from './set-up.ts';
import type { RoleRule, SyncOptions } from './sync-options.ts';

/** What is there to share. */
export interface SetUpSources {
  readonly profiles: AwsProfiles;
  readonly marks: Readonly<Record<string, Marks>>;
  readonly guardRules: readonly RoleRule[];
  readonly syncOptions: ReadonlyMap<string, SyncOptions>;
}

/** What to share of it. */
export interface SetUpChoice {
  /** Names of `[sso-session]` sections; all when left out. */
  readonly ssoSessions?: readonly string[];
  /** Names of profiles; none when left out. */
  readonly profiles?: readonly string[];
  /** They were named one by one: a profile that cannot be shared is told, where it else is left out. */
  readonly holdsAll?: boolean;
  /** Also what is one person's own: MFA devices and session names of the profiles, pins and order. */
  readonly includesPersonal?: boolean;
}

const PERSONAL_KEYS = new Set(['mfa_serial', 'role_session_name']);

/**
 * A set-up file's content. Only keys known to be no secret are taken from profiles, those of protected and vault profiles included. What
 * nobody could import is left out; throws BadInputError for an Identity Center or profile of that kind that was asked for by name, and for
 * names that differ only in case, NotFoundError for a name that is not there.
 */
export function buildSetUp(sources: SetUpSources, choice: SetUpChoice, env: Env): SetUp {
  const { includesPersonal = false } = choice;
  checkNames(sources.profiles, choice);
  const ssoSessions = sources.profiles.ssoSessions.flatMap(({ kind, name, startUrl, ssoRegion, scopes }) =>
    kind === 'named' && startUrl !== undefined && ssoRegion !== undefined && isSafeProfileName(name)
      ? [{ name, startUrl, region: ssoRegion, scopes: sharedScopes(scopes) }]
      : [],
  );
  const chosen =
    choice.ssoSessions === undefined
      ? ssoSessions.filter((session) => isShareable(session, env)).filter(isFirstOfItsName)
      : ssoSessions.filter(({ name }) => choice.ssoSessions?.includes(name));
  chosen.forEach((session) => checkedSession(session, env));
  refuseLeftOut('Identity Center', choice.ssoSessions, chosen);
  const names = new Set(chosen.map(({ name }) => name));
  const wanted = new Set(choice.profiles);
  refuseAlike(names);
  refuseAlike(wanted);
  const profiles = sources.profiles.profiles.filter(({ name }) => wanted.has(name) && isSafeProfileName(name));
  refuseLeftOut('profile', choice.holdsAll === true ? choice.profiles : [], profiles);
  return {
    ssoSessions: chosen,
    profileSync: [...sources.syncOptions]
      .filter(([ssoSession]) => names.has(ssoSession))
      .map(([ssoSession, options]) => ({ ssoSession, options })),
    profiles: profiles.map((profile) => ({ name: profile.name, keys: sharedKeys(profile, includesPersonal) })),
    marks: sharedMarks(sources.marks, names, wanted, includesPersonal),
    guardRules: [...sources.guardRules],
  };
}

/** A mistyped name would otherwise share less than was meant, unseen. */
function checkNames({ ssoSessions, profiles }: AwsProfiles, choice: SetUpChoice): void {
  const noSession = choice.ssoSessions?.find((wanted) => !ssoSessions.some(({ name }) => name === wanted));
  if (noSession !== undefined) {
    throw unknownSsoSession(noSession, ssoSessions);
  }
  const noProfile = choice.profiles?.find((wanted) => !profiles.some(({ name }) => name === wanted));
  if (noProfile !== undefined) {
    throw unknownProfile(noProfile, profiles);
  }
}

/** What was asked for by name and is not in the file would be missed only by whoever gets it. */
function refuseLeftOut(
  what: string,
  asked: readonly string[] | undefined,
  shared: readonly { readonly name: string }[],
): void {
  const names = new Set(shared.map(({ name }) => name));
  const left = asked?.find((name) => !names.has(name));
  if (left !== undefined) {
    throw new BadInputError(
      `The ${what} ${left} cannot stand in a set-up file: its name or its form is none that every AWS tool takes.`,
      'Rename it, or leave it out.',
    );
  }
}

function isShareable(session: SharedSession, env: Env): boolean {
  try {
    checkedSession(session, env);
    return true;
  } catch {
    return false;
  }
}

/** An import takes names that differ only in case for the same. */
function isFirstOfItsName({ name }: SharedSession, at: number, all: readonly SharedSession[]): boolean {
  return all.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) === at;
}

function refuseAlike(names: Iterable<string>): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const alike = seen.get(name.toLowerCase());
    if (alike !== undefined) {
      throw new BadInputError(
        `The names ${alike} and ${name} differ only in case: no import takes both.`,
        'Choose one of them, or rename it first.',
      );
    }
    seen.set(name.toLowerCase(), name);
  }
}

function sharedKeys(profile: EffectiveProfile, includesPersonal: boolean): Readonly<Record<string, string>> {
  const read = (key: string): string | undefined =>
    profile.keys.get(key)?.value ?? profile.keys.get(KEPT_PREFIX + key)?.value;
  return Object.fromEntries(
    KNOWN_PROFILE_KEYS.filter((key) => includesPersonal || !PERSONAL_KEYS.has(key)).flatMap((key) => {
      const value = read(key);
      return value !== undefined && isUsable(key, value) ? [[key, value] as const] : [];
    }),
  );
}

function isUsable(key: string, value: string): boolean {
  try {
    checkProfileKey(key, value, { isTyped: false });
    return true;
  } catch {
    return false;
  }
}

/** The marks of roles and accounts of the chosen Identity Centers, and of the chosen profiles. */
function sharedMarks(
  marks: SetUpSources['marks'],
  ssoSessions: ReadonlySet<string>,
  profiles: ReadonlySet<string>,
  includesPersonal: boolean,
): Readonly<Record<string, SharedMarks>> {
  const isChosen = (key: string): boolean => {
    const subject = markSubject(key);
    return subject?.kind === 'profile'
      ? profiles.has(subject.profile)
      : subject !== undefined && ssoSessions.has(subject.ssoSession);
  };
  return Object.fromEntries(
    Object.entries(marks)
      .filter(([key]) => isChosen(key))
      .map(([key, own]) => [key, sharedMark(own, includesPersonal)] as const)
      .filter(([, shared]) => Object.keys(shared).length > 0),
  );
}

function sharedMark(
  { pinned, order, use, alias, colour, tags, hidden, guarded }: Marks,
  includesPersonal: boolean,
): SharedMarks {
  const personal = includesPersonal ? { pinned, order } : {};
  const shownTags = (tags ?? []).map(withoutUnshown).filter((tag) => tag !== '');
  const shared = {
    ...personal,
    alias: alias === undefined ? undefined : withoutUnshown(alias) || undefined,
    colour,
    tags: shownTags.length === 0 ? undefined : shownTags,
    hidden,
    guarded,
    use: use === 'allow' ? undefined : use,
  };
  return Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined));
}
