import type { Marks } from '../../../shared/app-state.ts';
import type { IniDocument } from '../../files/ini-document.ts';
import type { AwsProfiles, EffectiveProfile, SsoSessionConfig } from '../../model/profile.ts';
import { KEPT_PREFIX } from '../resolve/profile-fields.ts';
import { ACCOUNT_ACCESS_SCOPE } from '../sso/sso-session.ts';
import type { SetUpSources } from './build-set-up.ts';
import { markSubject } from './mark-subject.ts';
import type { FileEdit } from './profile-files.ts';
import type { SetUp, SharedMarks } from './set-up.ts';
import type { RoleRule, SyncOptions } from './sync-options.ts';
import { inForm, type VaultLineOf } from './vault-line.ts';

/** One thing of a set-up and what becomes of it. `conflict` is left as it is here; `why` says what is in the way. */
export interface ImportItem {
  readonly kind: 'sso-session' | 'profile' | 'profile-sync';
  readonly name: string;
  readonly action: 'add' | 'same' | 'conflict';
  readonly why?: string;
}

/** What one role, account or profile gets: only what is not said of it here. */
export interface NewMarks {
  readonly key: string;
  readonly marks: Marks;
}

/** What importing a set-up would do. What is here already always wins. */
export interface ImportPlan {
  readonly items: readonly ImportItem[];
  readonly edits: readonly FileEdit[];
  /** The marks that roles, accounts and profiles get and do not have. */
  readonly newMarks: readonly NewMarks[];
  readonly addMarks: (marks: Readonly<Record<string, Marks>>) => Readonly<Record<string, Marks>>;
  readonly newRules: readonly RoleRule[];
  readonly newSyncOptions: ReadonlyMap<string, SyncOptions>;
}

const MOST_RULES = 200;

/** Compares a set-up with what is here; pure. */
export function planImport(setUp: SetUp, here: SetUpSources, vaultLineOf: VaultLineOf): ImportPlan {
  const sessions = setUp.ssoSessions.map((session) => sessionItem(session, here.profiles.ssoSessions));
  const usable = new Set([
    ...here.profiles.ssoSessions.flatMap(({ kind, name }) => (kind === 'named' ? [name] : [])),
    ...sessions.filter(({ action }) => action === 'add').map(({ name }) => name),
  ]);
  const foreign = new Set(sessions.filter(({ action }) => action === 'conflict').map(({ name }) => name));
  foreign.forEach((name) => usable.delete(name));
  const profiles = profileItems(setUp.profiles, here.profiles, usable);
  const syncs = setUp.profileSync.map(({ ssoSession }) => syncItem(ssoSession, here, usable));
  const leftOut = new Set(profiles.filter(({ action }) => action === 'conflict').map(({ name }) => name));
  const marks = Object.entries(setUp.marks).filter(([key]) => !isAbout(key, foreign, leftOut));
  const items = [...sessions, ...profiles, ...syncs];
  const added = addedNames(items);
  return {
    items,
    edits: configEdits(
      setUp.ssoSessions.filter(({ name }) => added.has(`sso-session ${name}`)),
      setUp.profiles.filter(({ name }) => added.has(`profile ${name}`)),
      vaultLineOf,
    ),
    newMarks: marks
      .map(([key, mark]) => ({ key, marks: missingMarks(ownMark(here.marks, key), mark) }))
      .filter((each) => Object.keys(each.marks).length > 0),
    addMarks: (now) => marks.reduce((all, [key, mark]) => withMark(all, key, mark), now),
    newRules: setUp.guardRules
      .filter((rule) => !here.guardRules.some((own) => own.account === rule.account && own.role === rule.role))
      .slice(0, Math.max(0, MOST_RULES - here.guardRules.length)),
    newSyncOptions: new Map(
      setUp.profileSync
        .filter(({ ssoSession }) => added.has(`profile-sync ${ssoSession}`))
        .map(({ ssoSession, options }) => [ssoSession, options]),
    ),
  };
}

function addedNames(items: readonly ImportItem[]): ReadonlySet<string> {
  return new Set(items.filter(({ action }) => action === 'add').map(({ kind, name }) => `${kind} ${name}`));
}

function sessionItem(session: SetUp['ssoSessions'][number], here: readonly SsoSessionConfig[]): ImportItem {
  const item = { kind: 'sso-session', name: session.name } as const;
  const known = here.find(({ name }) => name.toLowerCase() === session.name.toLowerCase());
  if (known === undefined) {
    return { ...item, action: 'add' };
  }
  const isSame =
    known.name === session.name && known.ssoRegion === session.region && samePage(known.startUrl, session.startUrl);
  return isSame
    ? { ...item, action: 'same' }
    : { ...item, action: 'conflict', why: `There is another Identity Center named ${known.name} here.` };
}

/** A slash or `#/` at the end does not make another portal. */
function samePage(one: string | undefined, other: string): boolean {
  const plain = (url: string): string => url.replace(/[#/]+$/, '');
  return one !== undefined && plain(one) === plain(other);
}

function profileItems(
  profiles: SetUp['profiles'],
  here: AwsProfiles,
  usableSessions: ReadonlySet<string>,
): readonly ImportItem[] {
  const known = new Map(here.profiles.map((profile) => [profile.name.toLowerCase(), profile]));
  const names = new Set([...here.profiles, ...profiles].map(({ name }) => name));
  const items = profiles.map(({ name, keys }): ImportItem => {
    const item = { kind: 'profile', name } as const;
    const own = known.get(name.toLowerCase());
    if (own !== undefined) {
      const isSame = own.name === name && Object.entries(keys).every(([key, value]) => valueOf(own, key) === value);
      return isSame
        ? { ...item, action: 'same' }
        : { ...item, action: 'conflict', why: `There is another profile ${own.name} here.` };
    }
    const { sso_session: session, source_profile: source } = keys;
    if (session !== undefined && !usableSessions.has(session)) {
      return { ...item, action: 'conflict', why: `The Identity Center ${session} it names is not here, or another.` };
    }
    if (source !== undefined && !names.has(source)) {
      return { ...item, action: 'conflict', why: `The profile ${source} it starts from is not here.` };
    }
    return { ...item, action: 'add' };
  });
  return withoutFollowers(items, profiles);
}

/** A profile that starts from one that is left out would start from nothing, or from another that has its name here. */
function withoutFollowers(items: readonly ImportItem[], profiles: SetUp['profiles']): readonly ImportItem[] {
  const followers = new Map<string, string[]>();
  for (const { name, keys } of profiles) {
    const { source_profile: source = '' } = keys;
    const others = followers.get(source) ?? [];
    others.push(name);
    followers.set(source, others);
  }
  const byName = new Map(items.map((item) => [item.name, item]));
  const leftOut = items.filter(({ action }) => action === 'conflict').map(({ name }) => name);
  for (let source = leftOut.pop(); source !== undefined; source = leftOut.pop()) {
    for (const name of followers.get(source) ?? []) {
      const item = byName.get(name);
      if (item?.action === 'add') {
        const why = `The profile ${source} it starts from is left out, or another here.`;
        byName.set(name, { ...item, action: 'conflict', why });
        leftOut.push(name);
      }
    }
  }
  return items.map((item) => byName.get(item.name) ?? item);
}

function syncItem(ssoSession: string, here: SetUpSources, usable: ReadonlySet<string>): ImportItem {
  const item = { kind: 'profile-sync', name: ssoSession } as const;
  if (here.syncOptions.has(ssoSession)) {
    return { ...item, action: 'same' };
  }
  return usable.has(ssoSession)
    ? { ...item, action: 'add' }
    : { ...item, action: 'conflict', why: `The Identity Center ${ssoSession} is not here, or another.` };
}

/** In plain, or kept beside our line. */
function valueOf(profile: EffectiveProfile, key: string): string | undefined {
  return profile.keys.get(key)?.value ?? profile.keys.get(KEPT_PREFIX + key)?.value;
}

function configEdits(
  sessions: SetUp['ssoSessions'],
  profiles: SetUp['profiles'],
  vaultLineOf: VaultLineOf,
): readonly FileEdit[] {
  const sections = [
    ...sessions.map(({ name, startUrl, region, scopes }) => ({
      header: `sso-session ${name}`,
      values: {
        sso_start_url: startUrl,
        sso_region: region,
        sso_registration_scopes: (scopes.length === 0 ? [ACCOUNT_ACCESS_SCOPE] : scopes).join(','),
      },
    })),
    ...profiles.map(({ name, keys }) => ({ header: `profile ${name}`, values: inForm(vaultLineOf, name, keys) })),
  ];
  const edit = (document: IniDocument): IniDocument =>
    sections.reduce(
      // One that is there by now was put there by this edit before, or by the user, who wins.
      (now, { header, values }) => (now.section(header) === undefined ? now.addSection(header, values) : now),
      document,
    );
  return sections.length === 0 ? [] : [{ file: 'config', edit }];
}

/** A mark of what is left out would be one of nothing, or of another that has its name here. */
function isAbout(markKey: string, ssoSessions: ReadonlySet<string>, profiles: ReadonlySet<string>): boolean {
  const subject = markSubject(markKey);
  return subject?.kind === 'profile'
    ? profiles.has(subject.profile)
    : subject !== undefined && ssoSessions.has(subject.ssoSession);
}

function ownMark(marks: Readonly<Record<string, Marks>>, key: string): Marks {
  return (Object.hasOwn(marks, key) ? marks[key] : undefined) ?? {};
}

function withMark(
  all: Readonly<Record<string, Marks>>,
  key: string,
  mark: SharedMarks,
): Readonly<Record<string, Marks>> {
  const own = ownMark(all, key);
  const missing = missingMarks(own, mark);
  return Object.keys(missing).length === 0 ? all : { ...all, [key]: { ...own, ...missing } };
}

/** What the user's mark does not say. A guard is added, never taken away. */
function missingMarks(own: Marks, shared: SharedMarks): Marks {
  const missing = Object.entries(shared).filter(
    ([field, value]) =>
      value !== undefined &&
      value !== false &&
      (!Object.hasOwn(own, field) || (field === 'guarded' && own.guarded !== true)),
  );
  return Object.fromEntries(missing);
}
