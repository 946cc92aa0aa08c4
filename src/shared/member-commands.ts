import * as v from 'valibot';
import { GUIDE_FORMATS } from './guide-formats.ts';

const profile = v.pipe(v.string(), v.minLength(1), v.maxLength(512));
const text = v.pipe(v.string(), v.maxLength(256));
const tokenCode = v.pipe(v.string(), v.maxLength(16));
const answers = v.object({
  partition: v.optional(v.picklist(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'])),
  homeAccountId: v.optional(text),
  workAccountId: v.optional(text),
  userName: v.optional(text),
  roleName: v.optional(text),
  permissionSetName: v.optional(text),
  startUrl: v.optional(text),
  region: v.optional(text),
});

/** Whom the guide is for. */
export const GUIDE_SIDES = ['admin-iam', 'member-iam', 'admin-identity-center', 'member-identity-center'] as const;

/** Commands of people with an IAM user: keys, MFA devices, the guide. */
export const memberCommandInputs = {
  /** Puts an access key straight into the secret store. The secret goes this one way only: no answer and no state has it. */
  addAccessKey: v.object({
    profile,
    accessKeyId: text,
    secretAccessKey: v.pipe(v.string(), v.maxLength(1024)),
    region: v.optional(text),
  }),
  /** Writes `[profile NAME]` that assumes a role from another profile. */
  addRoleProfile: v.object({
    profile,
    roleArn: v.pipe(v.string(), v.maxLength(2048)),
    sourceProfile: profile,
    mfaSerial: v.optional(text),
    region: v.optional(text),
    preview: v.optional(v.boolean()),
  }),
  listMfaDevices: v.object({ profile }),
  /** Makes a virtual device; its picture is answered once, to be shown and forgotten. */
  beginMfaEnrolment: v.object({ profile }),
  /** With `keepSeed` and no codes, the built-in authenticator makes the two codes itself. */
  finishMfaEnrolment: v.object({
    enrolmentId: text,
    firstCode: v.optional(tokenCode),
    secondCode: v.optional(tokenCode),
    keepSeed: v.boolean(),
  }),
  abandonMfaEnrolment: v.object({ enrolmentId: text }),
  resyncMfaDevice: v.object({ profile, mfaSerial: text, firstCode: tokenCode, secondCode: tokenCode }),
  removeMfaDevice: v.object({ profile, mfaSerial: text }),
  accessKeyFacts: v.object({ profile }),
  rotateAccessKey: v.object({ profile }),
  /** Deletes the old key for ever, or goes back to it. */
  endRotation: v.object({ profile, how: v.picklist(['delete-old-key', 'back-to-old-key']) }),
  checkSetup: v.object({ profile }),
  readGuide: v.object({ side: v.picklist(GUIDE_SIDES), format: v.picklist(GUIDE_FORMATS), answers }),
} as const;

/** An MFA device of a user. */
export interface MfaDeviceFact {
  readonly mfaSerial: string;
  readonly deviceName: string;
  readonly enabledAt: string | undefined;
  readonly hasSeedHere: boolean;
}

/**
 * What an authenticator has to learn of a new device. It is secret, and the one secret a screen is ever given: a person has to see it.
 * Held by the page that shows it, and dropped with it; never in AppState.
 */
export interface EnrolmentPicture {
  readonly enrolmentId: string;
  readonly mfaSerial: string;
  readonly deviceName: string;
  readonly qrSize: number;
  /** The `d` of one SVG path over `0 0 qrSize qrSize`. */
  readonly qrPath: string;
  /** Base32, for typing by hand. */
  readonly setupKey: string;
}

export interface RotationFact {
  readonly profile: string;
  readonly stage: 'creating' | 'created' | 'swapped' | 'deactivated';
  readonly oldAccessKeyId: string;
  readonly newAccessKeyId: string | undefined;
}

export interface SetupFinding {
  readonly id: string;
  readonly verdict: 'good' | 'warning' | 'bad' | 'unknown';
  readonly title: string;
  readonly detail: string;
  /** A document of the guide, or something the app can do. */
  readonly fix: string | undefined;
}

export interface GuideText {
  readonly missing: readonly string[];
  readonly steps: readonly {
    readonly id: string;
    readonly title: string;
    readonly paragraphs: readonly string[];
    readonly documents: readonly {
      readonly id: string;
      readonly title: string;
      readonly fileName: string;
      readonly text: string;
    }[];
    readonly links: readonly { readonly label: string; readonly url: string }[];
    readonly action: string | undefined;
  }[];
}
