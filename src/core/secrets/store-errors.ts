import { CoreError } from '../model/errors.ts';

const CHOOSE_ANOTHER = "choose a passphrase or memory only in Rolecall's settings";

const MISSING = {
  'no-bus': [
    'There is no desktop session here, so the system keyring cannot be reached.',
    `Run Rolecall inside your desktop session, or ${CHOOSE_ANOTHER}.`,
  ],
  'no-service': [
    'This system has no keyring service running.',
    `Install and start one (GNOME Keyring, KWallet or KeePassXC with its Secret Service), or ${CHOOSE_ANOTHER}.`,
  ],
  'no-collection': [
    'The system keyring has no keyring to keep things in yet.',
    `Create a default keyring (in Passwords and Keys, or KWallet's settings) and try again, or ${CHOOSE_ANOTHER}.`,
  ],
  'no-module': [
    'The part of Rolecall that talks to the system keyring cannot be loaded here.',
    `Install Rolecall again for this system, or ${CHOOSE_ANOTHER}.`,
  ],
} as const;

const LOCKED = {
  locked: ['The system keyring is locked.', 'Unlock your keyring and try again.'],
  dismissed: ['The system keyring was not unlocked.', "Try again and answer the keyring's question for its password."],
  denied: ['The system keyring did not let Rolecall in.', "Allow Rolecall in your keyring's settings and try again."],
  slow: [
    'The system keyring did not answer in time.',
    "If a window asks for the keyring's password, answer it and try again; else restart your keyring.",
  ],
  passphrase: ["Rolecall's secrets are locked.", 'Enter your passphrase.'],
} as const;

/** There is nowhere to keep secrets; the user has to choose. */
export class StoreMissingError extends CoreError {
  readonly code = 'store-missing';

  constructor(
    readonly reason: keyof typeof MISSING,
    cause?: unknown,
  ) {
    super(MISSING[reason][0], MISSING[reason][1], cause);
  }
}

/** Secrets are there but closed; the user can open them. */
export class StoreLockedError extends CoreError {
  readonly code = 'store-locked';

  constructor(
    readonly reason: keyof typeof LOCKED,
    cause?: unknown,
  ) {
    super(LOCKED[reason][0], LOCKED[reason][1], cause);
  }
}

/** The passphrase is not the one the secrets were sealed with. The file itself is sound. */
export class WrongPassphraseError extends CoreError {
  readonly code = 'store-locked';

  constructor() {
    super("This is not the passphrase of Rolecall's secrets.", 'Try again. Nothing was changed.');
  }
}

/** The file was sealed with a key the keyring here does not have: another machine, another keyring, or one that was reset. */
export class StoreChangedError extends CoreError {
  readonly code = 'store-failed';

  constructor(cause?: unknown) {
    super(
      "The system keyring does not hold the key of Rolecall's secrets: they were sealed with another keyring.",
      'Bring the old keyring back, or sign in and add your keys again. The old file is kept.',
      cause,
    );
  }
}

/** The file is not as it was written: cut short, overwritten or tampered with. `keptAs` is the name it was set aside under, if it was. */
export class StoreDamagedError extends CoreError {
  readonly code = 'store-failed';

  constructor(
    readonly keptAs: string | undefined,
    cause?: unknown,
  ) {
    super(
      "The file with Rolecall's secrets is damaged.",
      `Sign in and add your keys again, or put a backup in its place.${keptAs === undefined ? '' : ` The damaged file is kept as ${keptAs}.`}`,
      cause,
    );
  }
}

/** A newer Rolecall wrote the file. It is left alone. */
export class StoreTooNewError extends CoreError {
  readonly code = 'store-failed';

  constructor() {
    super(
      "The file with Rolecall's secrets was written by a newer version.",
      'Update Rolecall. The file was left as it is.',
    );
  }
}

/** Reading, writing or the keyring failed in a way that has no name of its own. */
export class StoreFailedError extends CoreError {
  readonly code = 'store-failed';
}
