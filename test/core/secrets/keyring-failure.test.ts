import { expect, test } from 'vitest';
import { CancelledError } from '../../../src/core/model/errors.ts';
import { keyringFailure } from '../../../src/core/secrets/keyring-failure.ts';
import { StoreFailedError, StoreLockedError, StoreMissingError } from '../../../src/core/secrets/store-errors.ts';

/** The texts of `@napi-rs/keyring` 2.1.2, recorded on Debian 12; those of macOS from Security.framework. */
const RECORDED = [
  [
    'Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time, set your DBUS_SESSION_BUS_ADDRESS instead',
    'store-missing',
    'no-bus',
  ],
  [
    'Platform failure: DBus error: Failed to connect to socket /run/user/1000/bus: No such file or directory',
    'store-missing',
    'no-bus',
  ],
  [
    'Platform failure: DBus error: The name org.freedesktop.secrets was not provided by any .service files',
    'store-missing',
    'no-service',
  ],
  ["Couldn't access platform storage: Secret Service: no result found", 'store-missing', 'no-collection'],
  ["Couldn't access platform storage: Secret Service: unlock prompt was dismissed", 'store-locked', 'dismissed'],
  ["Couldn't access platform storage: SS error: prompt dismissed", 'store-locked', 'dismissed'],
  ["Couldn't access platform storage: SS Error: object locked", 'store-locked', 'locked'],
  ['Platform failure: DBus error: org.freedesktop.Secret.Error.IsLocked', 'store-locked', 'locked'],
  [
    'Platform failure: DBus error: Did not receive a reply. Possible causes include: the remote application did not send a reply, the message bus security policy blocked the reply, the reply timeout expired, or the network connection was broken.',
    'store-locked',
    'slow',
  ],
  [
    'Platform failure: DBus error: Rejected send message, 1 matched rules; type="method_call", sender=":1.3"',
    'store-locked',
    'denied',
  ],
  ["Couldn't access platform storage: User interaction is not allowed.", 'store-locked', 'denied'],
  ["Couldn't access platform storage: User canceled the operation.", 'store-locked', 'dismissed'],
  ['Platform failure: The user name or passphrase you entered is not correct.', 'store-locked', 'denied'],
  [
    "Couldn't access platform storage: No keychain is available. You may need to restart your computer.",
    'store-missing',
    'no-collection',
  ],
] as const;

test.each(RECORDED)('%s', (message, code, reason) => {
  const failure = keyringFailure(new Error(message));
  expect(failure).toMatchObject({ code, reason });
  expect(failure.hint).not.toBe('');
  expect(failure.cause).toBeInstanceOf(Error);
});

test('anything else is a failure of the keyring, with what it said as the cause only', () => {
  const failure = keyringFailure(new Error('The stub received bad data: canary'));
  expect(failure).toBeInstanceOf(StoreFailedError);
  expect(`${failure.message} ${failure.hint}`).not.toContain('canary');
  expect(keyringFailure('thrown text')).toBeInstanceOf(StoreFailedError);
});

test('errors of ours pass through', () => {
  const cancelled = new CancelledError();
  expect(keyringFailure(cancelled)).toBe(cancelled);
});

test('each state has its own words for what to do', () => {
  const all = [
    ...(['no-bus', 'no-service', 'no-collection', 'no-module'] as const).map((reason) => new StoreMissingError(reason)),
    ...(['locked', 'dismissed', 'denied', 'slow', 'passphrase'] as const).map((reason) => new StoreLockedError(reason)),
  ];
  expect(new Set(all.map(({ message }) => message)).size).toBe(all.length);
  expect(new Set(all.map(({ hint }) => hint)).size).toBe(all.length);
});
