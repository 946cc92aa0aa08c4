import { CoreError } from '../../model/errors.ts';

/** A profile cannot give credentials as it stands: a part is missing, unreadable, or leads in a circle. */
export class ProfileBrokenError extends CoreError {
  readonly code = 'profile-broken';

  constructor(
    readonly profile: string,
    /** What is wrong, as a sentence. */
    what: string,
    hint: string,
    cause?: unknown,
  ) {
    super(what, hint, cause);
  }
}

/** The command of a `credential_process` failed, or answered what no SDK accepts. `detail` never holds its standard output. */
export class CredentialProcessFailedError extends CoreError {
  readonly code = 'profile-broken';

  constructor(
    readonly profile: string,
    detail: string,
    cause?: unknown,
  ) {
    super(
      `The credential_process of the profile ${profile} failed: ${detail}`,
      'Run the command by hand to see what it says, or correct credential_process in the profile.',
      cause,
    );
  }
}

/** What serves credentials on this machine (environment, container, instance) has none to give. */
export class SourceUnavailableError extends CoreError {
  readonly code = 'profile-broken';

  constructor(
    readonly profile: string,
    what: string,
    hint: string,
    cause?: unknown,
  ) {
    super(what, hint, cause);
  }
}

/** Credentials came that cannot be used: a field is missing, malformed, or they have ended already. Their values are not shown. */
export class BadCredentialsError extends CoreError {
  readonly code = 'aws-refused';

  constructor(from: string, what: string, cause?: unknown) {
    super(
      `The credentials from ${from} cannot be used: ${what}.`,
      'Try again; if it stays so, check where they come from.',
      cause,
    );
  }
}

/** A long-term key is all there is, and AWS lets it start no session. It is never handed out as it is. */
export class NoSessionForKeyError extends CoreError {
  readonly code = 'aws-refused';

  constructor(
    readonly profile: string,
    cause?: unknown,
  ) {
    super(
      `AWS does not let the key of the profile ${profile} start a session of its own, and Rolecall never hands out a long-term key.`,
      'Use a role profile that has it as source_profile, or allow sts:GetSessionToken to the user.',
      cause,
    );
  }
}
