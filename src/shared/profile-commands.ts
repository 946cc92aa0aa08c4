import * as v from 'valibot';
import { AccountIdsSchema } from './account-ids.ts';
import type { ProfileKind } from './app-state.ts';
import type { FilePreview } from './commands.ts';
import type { EditKind } from './edit-kinds.ts';
import { OUTPUT_FORMATS } from './output-formats.ts';
import { MAX_SET_UP_TEXT } from './set-up-limit.ts';

const ssoSession = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const profile = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const text = v.pipe(v.string(), v.maxLength(256));
const preview = v.optional(v.boolean());
const rules = v.pipe(v.array(v.object({ account: text, role: text })), v.maxLength(200));

/** Commands that keep profiles in order. With `preview` nothing is changed. */
export const profileCommandInputs = {
  /** What is left out is as last time. */
  syncProfiles: v.object({
    ssoSession,
    template: v.optional(text),
    /** Only roles that one of these takes, empty for all; `*` stands for anything. */
    include: v.optional(rules),
    exclude: v.optional(rules),
    prune: v.optional(v.picklist(['vanished', 'left-out', 'nothing'])),
    region: v.optional(text),
    output: v.optional(v.picklist(['', ...OUTPUT_FORMATS])),
    /** Only these, whatever the rules say: they get a profile where they have none, and nothing else is touched. */
    roles: v.optional(v.pipe(v.array(v.object({ roleName: text, accountIds: AccountIdsSchema })), v.maxLength(10_000))),
    preview,
  }),
  /** Sets keys of a profile, null removes one; `to` renames it. */
  editProfile: v.object({
    profile,
    changes: v.optional(
      v.record(v.pipe(v.string(), v.maxLength(64)), v.nullable(v.pipe(v.string(), v.maxLength(2048)))),
      {},
    ),
    to: v.optional(profile),
    preview,
  }),
  makeDefaultProfile: v.object({ profile, preview }),
  removeProfile: v.object({ profile, preview }),
  /** What each family of tools makes of a profile, key by key. */
  viewProfile: v.object({ profile }),
  /** Takes back an edit of the user's files, by the id the list of edits has. */
  undoEdit: v.object({ id: text, preview }),
  listEdits: v.object({}),
  setTokenMode: v.object({ ssoSession, mode: v.picklist(['shared', 'vault']), preview }),
  /** The set-up as a file for others. With `save` the core writes it where downloads go; a screen never names a path. */
  exportSetUp: v.object({
    ssoSessions: v.optional(v.pipe(v.array(ssoSession), v.maxLength(200))),
    profiles: v.optional(v.pipe(v.array(profile), v.maxLength(1000))),
    includesPersonal: v.optional(v.boolean()),
    save: v.optional(v.boolean()),
  }),
  /** Reads a set-up and shows what importing it would do. `url` may end in `#sha256=…`, which then has to be that of the file. */
  readSetUp: v.object({
    source: v.variant('kind', [
      v.object({ kind: v.literal('text'), text: v.pipe(v.string(), v.maxLength(MAX_SET_UP_TEXT)) }),
      v.object({ kind: v.literal('url'), url: v.pipe(v.string(), v.maxLength(2200)) }),
    ]),
  }),
  /** Imports the very set-up that was read and shown under this SHA-256. */
  importSetUp: v.object({ sha256: text }),
} as const;

/** An edit of the user's files, made or shown. */
export interface EditResult {
  readonly previews: readonly FilePreview[];
  /** For `undoEdit`; undefined before, and where nothing changed. */
  readonly undoId: string | undefined;
}

/** Matched without regard to case; `*` stands for anything. */
export interface RoleRuleFact {
  readonly account: string;
  readonly role: string;
}

/** What a sync of profiles does, or would do. Names are at most the first fifty of each kind. */
export interface SyncResult extends EditResult {
  readonly added: number;
  readonly removed: number;
  readonly renamed: number;
  readonly unchanged: number;
  /** Of those that stay: how many hold what the user changed. */
  readonly changedByUser: number;
  /** Roles for which no tool could have a profile. */
  readonly skipped: number;
  readonly removedNames: readonly string[];
  readonly renames: readonly { readonly from: string; readonly to: string }[];
  readonly changedNames: readonly string[];
  /** A few roles and the names their profiles get. */
  readonly examples: readonly { readonly account: string; readonly role: string; readonly profile: string }[];
  /** When the accounts were last read whole, ISO; undefined when never: then nothing is pruned. */
  readonly listedAt: string | undefined;
  readonly options: {
    readonly template: string;
    readonly include: readonly RoleRuleFact[];
    readonly exclude: readonly RoleRuleFact[];
    readonly prune: 'vanished' | 'left-out' | 'nothing';
    readonly region: string;
    readonly output: '' | (typeof OUTPUT_FORMATS)[number];
  };
  readonly applied: boolean;
}

/** One edit of the user's files. */
export interface EditEntry {
  readonly id: string;
  readonly at: string;
  readonly what: EditKind;
  /** The profile, Identity Center or file it was about. */
  readonly subject: string;
  readonly file: string;
  /** Only `done` can be taken back; vault mode by its own switch. */
  readonly state: 'done' | 'undone' | 'copies-gone' | 'by-its-own-switch';
}

/** One key of a profile, with where it stands. A secret has no value here. */
export interface ProfileViewKey {
  readonly name: string;
  readonly isSecret: boolean;
  /** As the AWS CLI and boto3 read it; undefined where they do not. */
  readonly awsCli: string | undefined;
  readonly jsSdk: string | undefined;
  /** Whether the two read the same. */
  readonly agree: boolean;
  readonly file: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
}

/** A profile as each family of tools sees it. */
export interface ProfileView {
  /** How each gets its credentials; undefined where it does not see the profile. */
  readonly awsCli: ProfileKind | undefined;
  readonly jsSdk: ProfileKind | undefined;
  readonly keys: readonly ProfileViewKey[];
  /** What may be set from a screen; with `choices` nothing else is taken. */
  readonly settable: readonly { readonly key: string; readonly choices: readonly string[] | undefined }[];
}

/** A set-up to share, as text. */
export interface ExportedSetUp {
  readonly text: string;
  readonly sha256: string;
  /** Where it was written. */
  readonly savedAs: string | undefined;
}

/** What importing a set-up does, or would do. */
export interface SetUpResult extends EditResult {
  /** Of the file's bytes, in hex. */
  readonly sha256: string;
  /** Who vouches for it: the address's host; undefined for a text. */
  readonly host: string | undefined;
  /** `conflict` is left as it is here. */
  readonly items: readonly {
    readonly kind: 'sso-session' | 'profile' | 'profile-sync';
    readonly name: string;
    readonly action: 'add' | 'same' | 'conflict';
    readonly why: string | undefined;
  }[];
  /** How many roles, accounts and profiles get marks. */
  readonly marks: number;
  readonly guardRules: readonly RoleRuleFact[];
}
