import type { FindingSubject } from '../../../shared/care-commands.ts';
import type { DoctorArea } from '../../../shared/doctor-areas.ts';
import type { FindingCode } from '../../../shared/finding-codes.ts';
import type { AwsFileKind, ProfileProblem } from '../../model/profile.ts';
import { isMendable, stopsWholeFile } from './stopping-problems.ts';

/** How bad: `error` stops a tool now, `warning` surprises sooner or later, `info` is good to know. */
export type FindingSeverity = 'error' | 'warning' | 'info';

/** Something to be done by one click, with no loss possible; each is shown first. */
export type FindingFix =
  | { readonly kind: 'restrict-mode'; readonly path: string; readonly mode: number }
  /** A broken file gets another name. */
  | { readonly kind: 'set-aside-file'; readonly path: string }
  /** Removes cached credentials and tokens that have ended; each is read again first. */
  | { readonly kind: 'remove-expired-files'; readonly paths: readonly string[] }
  /** See `mendFile`. */
  | { readonly kind: 'mend-file'; readonly file: AwsFileKind }
  /** `[x]` in the config file becomes `[profile x]`. */
  | { readonly kind: 'add-profile-prefix'; readonly header: string }
  /** Our own lines that name a program which is gone name the one that is here. */
  | { readonly kind: 'repoint-helper-lines'; readonly profiles: readonly string[] }
  /** Finishes what was begun, or takes in what other tools put into the open. */
  | { readonly kind: 'turn-vault-on'; readonly ssoSession: string };

/** One thing the doctor found. Never holds a secret. */
export interface Finding {
  /** Stable: what kind of thing, and where. */
  readonly id: string;
  /** What kind of thing. */
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** What is so. */
  readonly title: string;
  /** Why it hurts. */
  readonly why: string;
  /** What to do. */
  readonly hint: string;
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** Where the screen leads to. */
  readonly about?: FindingSubject;
  readonly fix?: FindingFix;
}

/** A finding with what was looked at. */
export interface PlacedFinding extends Finding {
  readonly area: DoctorArea;
}

const TOOL_NAMES = { 'aws-cli': 'the AWS CLI and boto3', 'js-sdk': 'the JS SDK' } as const;

/** A problem of the files as a finding. */
export function findingOf(
  problem: ProfileProblem,
  files: { readonly config: string; readonly credentials: string },
): Finding {
  const { code, profile, ssoSession, key, line, file } = problem;
  const fix = fixOf(problem);
  return {
    id: [code, file, profile ?? ssoSession, key, line].filter((part) => part !== undefined).join(':'),
    code,
    severity: problem.severity === 'note' ? 'info' : problem.severity,
    title: problem.message,
    why: whyOf(problem),
    hint: problem.hint,
    ...(file === undefined ? {} : { file: files[file] }),
    ...(line === undefined ? {} : { line }),
    ...(profile === undefined ? {} : { about: { kind: 'profile', name: profile } }),
    ...(profile !== undefined || ssoSession === undefined ? {} : { about: { kind: 'sso-session', id: ssoSession } }),
    ...(fix === undefined ? {} : { fix }),
  };
}

function whyOf({ code, tools, severity }: ProfileProblem): string {
  if (stopsWholeFile(code)) {
    return 'Until it is mended every command of the AWS CLI and boto3 fails, whatever profile it names.';
  }
  const names = tools.map((tool) => TOOL_NAMES[tool]).join(' and ');
  if (names === '') {
    return 'It may surprise.';
  }
  return severity === 'error' ? `It stops ${names}.` : `It may lead ${names} to something you did not mean.`;
}

function fixOf({ code, file, profile }: ProfileProblem): FindingFix | undefined {
  const isMisplaced = code === 'prefix-in-credentials-file' && profile !== undefined;
  if (file !== undefined && (isMendable(code) || isMisplaced)) {
    return { kind: 'mend-file', file };
  }
  return code === 'prefix-missing' && profile !== undefined
    ? { kind: 'add-profile-prefix', header: profile }
    : undefined;
}
