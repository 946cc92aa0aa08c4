import * as v from 'valibot';
import type { ProfileKind } from './app-state.ts';

const ssoSession = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const profile = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const text = v.pipe(v.string(), v.maxLength(256));
const preview = v.optional(v.boolean());

/** Commands that keep profiles, secrets and the machine in order. With `preview` nothing is changed. */
export const careCommandInputs = {
  syncProfiles: v.object({
    ssoSession,
    template: v.optional(text),
    /** `*` stands for anything. */
    accounts: v.optional(text),
    roles: v.optional(text),
    region: v.optional(text),
    output: v.optional(v.picklist(['json', 'text', 'table', 'yaml', 'yaml-stream'])),
    preview,
  }),
  /** Sets keys of a profile; null removes one. */
  editProfile: v.object({
    profile,
    changes: v.record(v.pipe(v.string(), v.maxLength(64)), v.nullable(v.pipe(v.string(), v.maxLength(2048)))),
    preview,
  }),
  makeDefaultProfile: v.object({ profile, preview }),
  removeProfile: v.object({ profile, preview }),
  /** Takes back an edit of the user's files, by the id the list of edits has. */
  undoEdit: v.object({ id: text, preview }),
  listEdits: v.object({}),
  setTokenMode: v.object({ ssoSession, mode: v.picklist(['shared', 'vault']), preview }),
  runDoctor: v.object({ offline: v.optional(v.boolean()) }),
  applyFix: v.object({ findingId: v.pipe(v.string(), v.maxLength(2048)), preview }),
  /** Chooses where secrets are kept. The passphrase goes this one way only. */
  chooseSecretStore: v.object({
    backend: v.picklist(['keyring', 'passphrase', 'memory']),
    passphrase: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  }),
  unlockSecretStore: v.object({ passphrase: v.optional(v.pipe(v.string(), v.maxLength(1024))) }),
} as const;

/** What a sync of profiles does, or would do. */
export interface SyncResult {
  readonly added: number;
  readonly removed: number;
  readonly renamed: number;
  readonly unchanged: number;
  readonly file: string;
  /** Unified diff. */
  readonly diff: string;
  readonly applied: boolean;
}

/** One edit of the user's files that can be taken back. */
export interface EditEntry {
  readonly id: string;
  readonly at: string;
  /** What kind of edit; screens have words for each. */
  readonly what: string;
  /** The profile, Identity Center or file it was about. */
  readonly subject: string;
  readonly file: string;
}

/** What the doctor looks at, in the order in which findings of the same weight are shown. */
export const DOCTOR_AREAS = ['files', 'environment', 'network', 'caches', 'modes', 'secrets', 'helper'] as const;

export type DoctorArea = (typeof DOCTOR_AREAS)[number];

/** What a finding is about, for the way there and back: a profile, an Identity Center by its id, or the secret store. */
export type FindingSubject =
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'sso-session'; readonly id: string }
  | { readonly kind: 'secret-store' };

/** One thing the doctor found. */
export interface DoctorFinding {
  readonly id: string;
  readonly area: DoctorArea;
  readonly severity: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly why: string;
  readonly hint: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly about: FindingSubject | undefined;
  readonly canFix: boolean;
}

/** A profile of which the AWS CLI with boto3, and the JS SDK, make different things; undefined where one does not see it. */
export interface ToolDifference {
  readonly profile: string;
  readonly awsCli: ProfileKind | undefined;
  readonly jsSdk: ProfileKind | undefined;
}

/** What the doctor found, the worst first. */
export interface DoctorResult {
  readonly findings: readonly DoctorFinding[];
  readonly differences: readonly ToolDifference[];
}
