import type { FailureCode } from '../shared/reply.ts';

/** What the command ends with; programs decide by it, so these never change. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  signInNeeded: 3,
  /** Of `exec` and `shell`, by POSIX: what was named cannot be run; it is not there. */
  programUnfit: 126,
  programMissing: 127,
  cancelled: 130,
} as const;

/** The exit code for a failure: 3 where a person has to sign in or give a code, 2 where the command line was wrong, 130 where it was stopped. */
export function exitCodeFor(code: FailureCode): number {
  switch (code) {
    case 'sign-in-needed':
    case 'sign-in-expired':
    case 'mfa-needed':
      return EXIT.signInNeeded;
    case 'bad-input':
      return EXIT.usage;
    case 'cancelled':
      return EXIT.cancelled;
    default:
      return EXIT.failed;
  }
}
