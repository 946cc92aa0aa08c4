import * as v from 'valibot';
import { MARK_COLOURS, type MarkColour } from '../../../shared/app-state.ts';
import { targetKey } from '../../../shared/role-target.ts';
import { isSafeProfileName } from '../../files/profile-name.ts';
import { isAccountId, parseRoleArn } from '../../model/arn.ts';
import { BadInputError } from '../../model/errors.ts';
import type { AwsProfiles, EffectiveProfile } from '../../model/profile.ts';
import { splitCommand } from '../resolve/split-command.ts';
import type { SharedMarks } from '../profiles/set-up.ts';
import { definedKeys, type Collected, type TakeOver } from './collected.ts';
import { shown, type SessionBook } from './session-book.ts';

type Platform = 'linux' | 'darwin' | 'win32';

const PROGRAM = /^(?:.*[\\/])?aws-sso(?:\.exe)?$/;
const LONGEST_TEXT = 128;
const LONGEST_TAG = 64;
const MOST_TAGS = 32;

const text = v.nullish(v.pipe(v.string(), v.maxLength(2048)));
const tags = v.nullish(v.union([v.record(v.string(), text), v.array(v.record(v.string(), text))]));
const RoleSchema = v.nullish(v.object({ Profile: text, DefaultRegion: text, Via: text, Tags: tags }));
const AccountSchema = v.nullish(
  v.object({ Name: text, DefaultRegion: text, Tags: tags, Roles: v.nullish(v.record(v.string(), v.unknown())) }),
);
const InstanceSchema = v.object({
  StartUrl: v.string(),
  SSORegion: text,
  DefaultRegion: text,
  Accounts: v.nullish(v.record(v.string(), v.unknown())),
});
const ConfigSchema = v.object({ SSOConfig: v.record(v.string(), v.unknown()) });

type Instance = v.InferOutput<typeof InstanceSchema>;
type Tags = v.InferOutput<typeof tags>;

/** Firefox's colours for containers, as the tag `Color` has them. */
const COLOURS: Readonly<Record<string, MarkColour>> = { turquoise: 'teal', pink: 'purple' };

/**
 * What the tool's settings say of Identity Centers, accounts and roles, and the profiles it wrote. Throws BadInputError for settings of
 * another form.
 * Source: https://github.com/synfinatic/aws-sso-cli (docs/config.md)
 */
export function collectAwsSsoCli(
  config: unknown,
  profiles: AwsProfiles,
  book: SessionBook,
  platform: Platform,
): Omit<Collected, 'ssoSessions'> {
  const parsed = v.safeParse(ConfigSchema, config);
  if (!parsed.success) {
    throw new BadInputError(
      'The settings of aws-sso-cli hold no SSOConfig.',
      'Run "aws-sso setup wizard", then try again.',
    );
  }
  const reading = new AwsSsoReading(profiles, book, platform);
  for (const [name, entry] of Object.entries(parsed.output.SSOConfig)) {
    reading.readInstance(name, entry);
  }
  return reading.collected();
}

/** A role as the settings or a line name it. */
interface NamedRole {
  readonly ssoSession: string;
  readonly accountId: string;
  readonly roleName: string;
}

class AwsSsoReading {
  readonly #profiles: AwsProfiles;
  readonly #book: SessionBook;
  readonly #platform: Platform;
  readonly #sessions = new Map<string, string>();
  readonly #newProfiles: { name: string; keys: Record<string, string> }[] = [];
  readonly #marks = new Map<string, SharedMarks>();
  readonly #notes: string[] = [];

  constructor(profiles: AwsProfiles, book: SessionBook, platform: Platform) {
    this.#profiles = profiles;
    this.#book = book;
    this.#platform = platform;
  }

  readInstance(name: string, entry: unknown): void {
    const parsed = v.safeParse(InstanceSchema, entry);
    if (!parsed.success) {
      this.#notes.push(
        `The Identity Center ${shown(name)} is left out: its StartUrl is missing, or something in it is odd.`,
      );
      return;
    }
    const instance = parsed.output;
    const ssoSession = this.#book.nameOf(name, instance.StartUrl, instance.SSORegion ?? undefined);
    if (ssoSession !== undefined) {
      this.#sessions.set(name, ssoSession);
      this.#readAccounts(ssoSession, instance);
    }
  }

  collected(): Omit<Collected, 'ssoSessions'> {
    return {
      profiles: this.#newProfiles,
      marks: Object.fromEntries(this.#marks),
      takeOvers: this.#profiles.profiles.flatMap((profile) => this.#takeOverOf(profile)),
      keys: [],
      notes: this.#notes,
    };
  }

  #readAccounts(ssoSession: string, instance: Instance): void {
    for (const [id, entry] of Object.entries(instance.Accounts ?? {})) {
      // The tool takes ids as numbers, so their zeros may be gone.
      const accountId = id.padStart(12, '0');
      const parsed = v.safeParse(AccountSchema, entry);
      if (!isAccountId(accountId) || !parsed.success) {
        this.#notes.push(`The account ${shown(id)} is left out: something in its entry is odd.`);
        continue;
      }
      const { Name, Tags: accountTags, Roles, DefaultRegion } = parsed.output ?? {};
      this.#mark(`account:${ssoSession}/${accountId}`, { ...tagMarks(accountTags), alias: fit(Name, LONGEST_TEXT) });
      for (const [roleName, role] of Object.entries(Roles ?? {})) {
        const region = DefaultRegion ?? instance.DefaultRegion ?? undefined;
        this.#readRole({ ssoSession, accountId, roleName }, role, region);
      }
    }
  }

  #readRole(role: NamedRole, entry: unknown, region: string | undefined): void {
    const parsed = v.safeParse(RoleSchema, entry);
    if (!parsed.success || !/^[\w+=,.@-]{1,64}$/.test(role.roleName)) {
      this.#notes.push(
        `The role ${shown(role.roleName)} of ${role.accountId} is left out: something in its entry is odd.`,
      );
      return;
    }
    const { Profile, Tags: roleTags, Via, DefaultRegion } = parsed.output ?? {};
    if (Via !== undefined && Via !== null) {
      this.#notes.push(
        `The role ${shown(role.roleName)} of ${role.accountId} is left out: it is reached by way of another. Add it as a profile with source_profile.`,
      );
      return;
    }
    this.#mark(targetKey({ kind: 'sso-role', ...role }), tagMarks(roleTags));
    const isNew = Profile && !this.#profiles.profiles.some(({ name }) => name === Profile);
    if (isNew && !isSafeProfileName(Profile)) {
      this.#notes.push(`The profile ${shown(Profile)} is left out: not every AWS tool takes that name.`);
    } else if (isNew && this.#newProfiles.some(({ name }) => name === Profile)) {
      this.#notes.push(
        `The role ${role.roleName} of ${role.accountId} gets no profile: another role has the name ${Profile}.`,
      );
    } else if (isNew) {
      this.#newProfiles.push({
        name: Profile,
        keys: { ...ssoKeys(role), ...definedKeys({ region: DefaultRegion ?? region }) },
      });
    }
  }

  #mark(key: string, marks: SharedMarks): void {
    const said = Object.fromEntries(Object.entries(marks).filter(([, value]) => value !== undefined));
    if (Object.keys(said).length > 0) {
      this.#marks.set(key, said);
    }
  }

  #takeOverOf(profile: EffectiveProfile): readonly TakeOver[] {
    const named = roleOfLine(profile, this.#platform);
    const ssoSession = this.#sessions.get(named?.instance ?? '');
    if (named === undefined || ssoSession === undefined) {
      return [];
    }
    const role = { ssoSession, accountId: named.accountId, roleName: named.roleName };
    return [{ profile: profile.name, set: ssoKeys(role), remove: ['credential_process'] }];
  }
}

function ssoKeys({ ssoSession, accountId, roleName }: NamedRole): Record<string, string> {
  return { sso_session: ssoSession, sso_account_id: accountId, sso_role_name: roleName };
}

/** `aws-sso -u open -S "NAME" process --arn ARN`, as the tool writes it; without `-S` the instance is `Default`. */
function roleOfLine(
  { credentialProcess = '' }: EffectiveProfile,
  platform: Platform,
): { readonly instance: string; readonly accountId: string; readonly roleName: string } | undefined {
  const words = splitCommand(credentialProcess, platform) ?? [];
  const after = (...names: readonly string[]): string | undefined =>
    words.flatMap((word, at) => {
      const [, name = '', value] = /^(--?[a-z]+|-[A-Z])(?:=(.*))?$/s.exec(word) ?? [];
      return names.includes(name) ? [value ?? words[at + 1] ?? ''] : [];
    })[0];
  const role = parseRoleArn(after('--arn', '-a') ?? '');
  return PROGRAM.test(words[0] ?? '') && words.includes('process') && role !== undefined
    ? { instance: after('-S', '--sso') ?? 'Default', accountId: role.accountId, roleName: role.roleName }
    : undefined;
}

function tagMarks(given: Tags): SharedMarks {
  const entries = (Array.isArray(given) ? given : [given ?? {}]).flatMap((each) => Object.entries(each));
  const colour = entries.find(([name]) => name === 'Color')?.[1]?.toLowerCase() ?? '';
  const plain = entries.filter(([name]) => name !== 'Color' && name !== 'Icon');
  const all = plain
    .flatMap(([name, value]) => fit(value ? `${name}=${value}` : name, LONGEST_TAG) ?? [])
    .slice(0, MOST_TAGS);
  return {
    colour: COLOURS[colour] ?? MARK_COLOURS.find((known) => known === colour),
    tags: all.length === 0 ? undefined : all,
  };
}

/** Shown to people, so nothing in it may be invisible or turn the text around it. */
function fit(value: string | null | undefined, longest: number): string | undefined {
  return value && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(value) ? value.slice(0, longest) : undefined;
}
