import { CoreError } from '../model/errors.ts';
import { StoreFailedError, StoreLockedError, StoreMissingError } from './store-errors.ts';

type Reading = readonly [pattern: RegExp, failure: (cause: unknown) => CoreError];

const missing =
  (reason: StoreMissingError['reason']) =>
  (cause: unknown): CoreError =>
    new StoreMissingError(reason, cause);
const locked =
  (reason: StoreLockedError['reason']) =>
  (cause: unknown): CoreError =>
    new StoreLockedError(reason, cause);

/**
 * The module's errors all have the code `GenericFailure`; what happened stands in the message alone. Measured with
 * `@napi-rs/keyring` 2.1.2 on Linux; the macOS texts are those of SecCopyErrorMessageString. First match counts.
 */
const READINGS: readonly Reading[] = [
  [
    /was not provided by any \.service|ServiceUnknown|not activatable|no secret service provider/i,
    missing('no-service'),
  ],
  [/did not receive a reply|timed? ?out/i, locked('slow')],
  [/dismissed|cancell?ed the operation/i, locked('dismissed')],
  [
    /not allowed|denied|rejected send message|not authori[sz]ed|AuthorizationFailed|passphrase you entered is not correct/i,
    locked('denied'),
  ],
  [
    /no result found|result not returned|No keychain is available|default keychain could not be found/i,
    missing('no-collection'),
  ],
  [/\b(?:is|object|collection|keyring|item) ?locked|IsLocked/i, locked('locked')],
  [
    /autolaunch|DBUS_SESSION_BUS_ADDRESS|NoServer|failed to connect|disconnected|D-?Bus (?:error|session)/i,
    missing('no-bus'),
  ],
];

/** What an error of the keyring module means to the user. */
export function keyringFailure(error: unknown): CoreError {
  if (error instanceof CoreError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  const reading = READINGS.find(([pattern]) => pattern.test(message));
  return (
    reading?.[1](error) ??
    new StoreFailedError(
      'The system keyring failed.',
      'Try again. If it goes on, restart your keyring or choose a passphrase.',
      error,
    )
  );
}
