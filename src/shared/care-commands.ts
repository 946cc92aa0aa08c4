import * as v from 'valibot';
import type { ProfileKind } from './app-state.ts';
import type { DoctorArea } from './doctor-areas.ts';
import type { FindingCode } from './finding-codes.ts';

const preview = v.optional(v.boolean());

/** Commands that keep secrets and the machine in order. With `preview` nothing is changed. */
export const careCommandInputs = {
  runDoctor: v.object({ offline: v.optional(v.boolean()) }),
  applyFix: v.object({ findingId: v.pipe(v.string(), v.maxLength(2048)), preview }),
  /** Chooses where secrets are kept. The passphrase goes this one way only. */
  chooseSecretStore: v.object({
    backend: v.picklist(['keyring', 'passphrase', 'memory']),
    passphrase: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  }),
  unlockSecretStore: v.object({ passphrase: v.optional(v.pipe(v.string(), v.maxLength(1024))) }),
} as const;

/** What a finding is about, for the way there and back: a profile, an Identity Center by its id, or the secret store. */
export type FindingSubject =
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'sso-session'; readonly id: string }
  | { readonly kind: 'secret-store' };

/** One thing the doctor found. */
export interface DoctorFinding {
  /** What kind of thing, and where. */
  readonly id: string;
  /** What kind of thing. */
  readonly code: FindingCode;
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
