import * as v from 'valibot';
import { isSafeProfileName, profileNameSlug } from '../../files/profile-name.ts';
import { isAccountId, isMfaSerial, parseRoleArn } from '../../model/arn.ts';
import { BadInputError } from '../../model/errors.ts';
import { partitionOfRegion } from '../../model/partition.ts';
import { targetKey } from '../../../shared/role-target.ts';
import { definedKeys, type Collected, type KeptKey } from './collected.ts';
import { keychainCommand } from './key-commands.ts';
import { shown, type SessionBook } from './session-book.ts';

const text = v.pipe(v.string(), v.maxLength(2048));
const SessionSchema = v.object({
  sessionId: text,
  sessionName: text,
  type: text,
  region: v.optional(text, ''),
  profileId: v.optional(text, ''),
  roleArn: v.optional(text, ''),
  awsSsoConfigurationId: v.optional(v.nullish(text), ''),
  parentSessionId: v.optional(text, ''),
  roleSessionName: v.optional(v.nullish(text), ''),
  mfaDevice: v.optional(v.nullish(text), ''),
});
const IntegrationSchema = v.object({ id: text, alias: text, portalUrl: text, region: text });

/** The fields that are read; a workspace has many more. Each entry is parsed for itself, so that one that is odd costs only itself. */
const WorkspaceSchema = v.object({
  _sessions: v.pipe(v.array(v.unknown()), v.maxLength(50_000)),
  _profiles: v.optional(v.array(v.unknown()), []),
  _awsSsoIntegrations: v.optional(v.array(v.unknown()), []),
  _pinned: v.optional(v.array(v.unknown()), []),
});

type Session = v.InferOutput<typeof SessionSchema>;
type Integration = v.InferOutput<typeof IntegrationSchema>;

/** A session and where it goes. */
interface Placed {
  readonly session: Session;
  /** The profile's name, where it gets one. */
  readonly name: string;
}

/** What Leapp's workspace holds, in our form. Throws BadInputError for what is no workspace. */
export function collectLeapp(
  workspace: unknown,
  book: SessionBook,
  platform: 'linux' | 'darwin' | 'win32',
): Omit<Collected, 'ssoSessions'> {
  const parsed = v.safeParse(WorkspaceSchema, workspace);
  if (!parsed.success) {
    throw new BadInputError(
      "Leapp's workspace has a form that is not known here.",
      'Update Leapp, start it once, then try again.',
    );
  }
  return new LeappReading(parsed.output, book, platform).collect();
}

class LeappReading {
  readonly #sessions: readonly Session[];
  readonly #integrations: ReadonlyMap<string, Integration>;
  readonly #pinned: ReadonlySet<unknown>;
  readonly #placed: ReadonlyMap<string, Placed>;
  readonly #book: SessionBook;
  readonly #platform: 'linux' | 'darwin' | 'win32';

  constructor(
    workspace: v.InferOutput<typeof WorkspaceSchema>,
    book: SessionBook,
    platform: 'linux' | 'darwin' | 'win32',
  ) {
    this.#sessions = workspace._sessions.flatMap((entry) => parsedOr(SessionSchema, entry));
    this.#integrations = new Map(
      workspace._awsSsoIntegrations
        .flatMap((entry) => parsedOr(IntegrationSchema, entry))
        .map((each) => [each.id, each]),
    );
    this.#pinned = new Set(workspace._pinned);
    this.#placed = placeSessions(this.#sessions, namedProfiles(workspace._profiles));
    this.#book = book;
    this.#platform = platform;
  }

  collect(): Omit<Collected, 'ssoSessions'> {
    // Identity Centers without a session count too.
    for (const { alias, portalUrl, region } of this.#integrations.values()) {
      this.#book.nameOf(alias, portalUrl, region);
    }
    return {
      profiles: this.#sessions.flatMap((session) => this.#profileOf(session)),
      marks: Object.fromEntries(this.#sessions.flatMap((session) => this.#pinOf(session))),
      takeOvers: [],
      keys: this.#sessions.flatMap((session) => this.#keyOf(session)),
      notes: this.#notes(),
    };
  }

  #profileOf(session: Session): Collected['profiles'] {
    const placed = this.#placed.get(session.sessionId);
    const keys = placed === undefined ? undefined : this.#keysOf(session);
    return placed === undefined || keys === undefined ? [] : [{ name: placed.name, keys: { ...keys } }];
  }

  #keysOf(session: Session): Readonly<Record<string, string>> | undefined {
    const region = partitionOfRegion(session.region) === undefined ? undefined : session.region;
    if (session.type === 'awsSsoRole') {
      const role = this.#ssoRole(session);
      return (
        role &&
        definedKeys({
          sso_session: role.ssoSession,
          sso_account_id: role.accountId,
          sso_role_name: role.roleName,
          region,
        })
      );
    }
    const parent = this.#placed.get(session.parentSessionId);
    if (session.type !== 'awsIamRoleChained' || parent === undefined || parseRoleArn(session.roleArn) === undefined) {
      return undefined;
    }
    const { mfaDevice } = parent.session;
    const isOwnName =
      /^[\w+=,.@-]{2,64}$/.test(session.roleSessionName ?? '') && session.roleSessionName !== 'assumed-from-leapp';
    return definedKeys({
      role_arn: session.roleArn,
      source_profile: parent.name,
      mfa_serial: isMfaSerial(mfaDevice ?? '') ? (mfaDevice ?? undefined) : undefined,
      role_session_name: isOwnName ? (session.roleSessionName ?? undefined) : undefined,
      region,
    });
  }

  #ssoRole(session: Session) {
    const integration = this.#integrations.get(session.awsSsoConfigurationId ?? '');
    // Leapp writes `arn:aws:iam::ACCOUNT/ROLE` for these.
    const [, accountId, roleName] =
      /^arn:[\w-]+:iam::(\d{12})(?::role)?\/(?:.*\/)?([\w+=,.@-]{1,64})$/.exec(session.roleArn) ?? [];
    if (integration === undefined || !isAccountId(accountId) || roleName === undefined) {
      return undefined;
    }
    const ssoSession = this.#book.nameOf(integration.alias, integration.portalUrl, integration.region);
    return ssoSession === undefined ? undefined : { kind: 'sso-role' as const, ssoSession, accountId, roleName };
  }

  #pinOf(session: Session): readonly (readonly [string, { readonly pinned: true }])[] {
    if (!this.#pinned.has(session.sessionId)) {
      return [];
    }
    const role = session.type === 'awsSsoRole' ? this.#ssoRole(session) : undefined;
    const [profile] = this.#profileOf(session);
    const target = role ?? (profile === undefined ? undefined : { kind: 'profile' as const, profile: profile.name });
    return target === undefined ? [] : [[targetKey(target), { pinned: true }]];
  }

  #keyOf(session: Session): readonly KeptKey[] {
    const placed = this.#placed.get(session.sessionId);
    return session.type !== 'awsIamUser' || placed === undefined
      ? []
      : [{ profile: placed.name, command: keychainCommand(session.sessionId, placed.name, this.#platform) }];
  }

  #notes(): readonly string[] {
    const others = this.#sessions.filter(
      ({ type }) => !['awsSsoRole', 'awsIamRoleChained', 'awsIamUser'].includes(type),
    );
    const counts = new Map<string, number>();
    others.forEach(({ type }) => counts.set(type, (counts.get(type) ?? 0) + 1));
    return [...counts].map(
      ([type, count]) => `${count} of the kind ${shown(type)} are left out: Rolecall has nothing of that kind.`,
    );
  }
}

function parsedOr<Value>(schema: v.GenericSchema<unknown, Value>, entry: unknown): readonly Value[] {
  const parsed = v.safeParse(schema, entry);
  return parsed.success ? [parsed.output] : [];
}

function namedProfiles(entries: readonly unknown[]): ReadonlyMap<string, string> {
  const schema = v.object({ id: text, name: text });
  return new Map(entries.flatMap((entry) => parsedOr(schema, entry)).map(({ id, name }) => [id, name]));
}

/**
 * Which sessions get a profile, and its name: those of a named profile that no other session shares, all IAM users and chained roles, and
 * those that a chained role starts from. Leapp lets all of them share `default`; here each profile is one role.
 */
function placeSessions(
  sessions: readonly Session[],
  profileNames: ReadonlyMap<string, string>,
): ReadonlyMap<string, Placed> {
  const uses = new Map<string, number>();
  sessions.forEach(({ profileId }) => uses.set(profileId, (uses.get(profileId) ?? 0) + 1));
  const parents = new Set(sessions.map(({ parentSessionId }) => parentSessionId));
  const placed = new Map<string, Placed>();
  const taken = new Set<string>();
  for (const session of sessions) {
    const named = profileNames.get(session.profileId) ?? 'default';
    const isOwn = named !== 'default' && uses.get(session.profileId) === 1;
    if (isOwn || session.type !== 'awsSsoRole' || parents.has(session.sessionId)) {
      const name = freeName(isOwn ? named : nameOf(session), taken);
      taken.add(name.toLowerCase());
      placed.set(session.sessionId, { session, name });
    }
  }
  return placed;
}

function nameOf({ type, sessionName, roleArn }: Session): string {
  return type === 'awsSsoRole' ? `${sessionName}-${roleArn.split('/').at(-1) ?? ''}` : sessionName;
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const slug = profileNameSlug(wanted);
  const base = isSafeProfileName(slug) ? slug : 'leapp';
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base.slice(0, 60)}-${number}`;
    if (!taken.has(name.toLowerCase())) {
      return name;
    }
  }
}
