import { DEFAULT_WAIT_SECONDS } from '../../shared/broker-protocol.ts';
import type { FailureCode } from '../../shared/reply.ts';

/** Failures after which a person has to act, and those of a person's own making: the command's exit codes 3 and 130. All others are 1. */
export const EXIT_CODES: readonly { readonly codes: readonly FailureCode[]; readonly exit: number }[] = [
  { codes: ['sign-in-needed', 'sign-in-expired', 'mfa-needed'], exit: 3 },
  { codes: ['cancelled'], exit: 130 },
];

/** How long the helper waits for a connection, in seconds. */
export const CONNECT_SECONDS = 2;

/** How long it waits for an answer, in seconds: the app's own deadline comes first. */
export const MAX_SECONDS = DEFAULT_WAIT_SECONDS + 3;

/** The most it reads of an answer. */
export const MAX_ANSWER_BYTES = 1024 * 1024;

/** What it says of an app that hangs. Holds no quotes. */
export const NO_ANSWER = 'Rolecall did not answer in time. Look at its window, or start it again.';
