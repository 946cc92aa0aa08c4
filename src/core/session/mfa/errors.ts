import { mfaDeviceName } from '../../model/arn.ts';
import { CoreError } from '../../model/errors.ts';

/** A code is needed and there is nobody to ask: no app, no terminal, no authenticator. */
export class MfaNeededError extends CoreError {
  readonly code = 'mfa-needed';

  constructor(
    readonly mfaSerial: string,
    cause?: unknown,
  ) {
    super(
      `A code of the MFA device ${mfaDeviceName(mfaSerial)} is needed, and there is nobody to ask.`,
      'Start Rolecall, or run the command in a terminal.',
      cause,
    );
  }
}

/** The command of `mfa_process` gave no code. `detail` never holds what it printed on standard output. */
export class MfaProcessFailedError extends CoreError {
  readonly code = 'mfa-process-failed';

  constructor(
    readonly mfaSerial: string,
    detail: string,
    cause?: unknown,
  ) {
    super(
      `The mfa_process for the device ${mfaDeviceName(mfaSerial)} gave no code: ${detail}`,
      'Run the command by hand: it must print six digits and nothing else.',
      cause,
    );
  }
}

/** The text is no MFA code. It is not repeated, for it may be one with a typing mistake. */
export class MfaCodeMalformedError extends CoreError {
  readonly code = 'bad-input';

  constructor() {
    super('An MFA code has six digits.', 'Type the six digits that the device shows.');
  }
}

/** This code, or one of the same half minute, was sent already; AWS takes each once. */
export class MfaCodeUsedError extends CoreError {
  readonly code = 'mfa-code-rejected';

  constructor(
    readonly mfaSerial: string,
    /** When the device shows the next one. */
    readonly nextCodeAt: Date,
  ) {
    super(
      `That code of the MFA device ${mfaDeviceName(mfaSerial)} was used already.`,
      'Wait for the next code; AWS takes each once.',
    );
  }
}

/** The built-in authenticator holds no seed for this device. */
export class NoSeedError extends CoreError {
  readonly code = 'mfa-device-unknown';

  constructor(readonly mfaSerial: string) {
    super(
      `The seed of the MFA device ${mfaDeviceName(mfaSerial)} is not kept here.`,
      'Type the code by hand, or enrol the device in Rolecall with its seed kept.',
    );
  }
}
