import { CoreError } from '../../model/errors.ts';

/** The user has two access keys, the most AWS allows, so none can be made before one goes. */
export class TwoKeysError extends CoreError {
  readonly code = 'aws-refused';

  constructor(
    /** The key that is not the profile's. */
    readonly otherAccessKeyId: string,
    isActive: boolean,
    createdAt: Date | undefined,
  ) {
    const age = createdAt === undefined ? '' : `, made on ${createdAt.toISOString().slice(0, 10)}`;
    super(
      `The user has a second access key already (${otherAccessKeyId}, ${isActive ? 'active' : 'inactive'}${age}), and AWS allows two.`,
      'See in the IAM console whether anything still uses it, delete it there, then rotate again.',
    );
  }
}

/** A new access key does not work yet: AWS takes some seconds to tell all its parts. */
export class KeyNotReadyError extends CoreError {
  readonly code = 'busy';

  constructor(readonly accessKeyId: string) {
    super('AWS does not know the new access key yet.', 'Rotate again in a minute: it goes on where it stopped.');
  }
}

/** The key of the account's root user. */
export class RootKeyError extends CoreError {
  readonly code = 'bad-input';

  constructor() {
    super(
      "This is an access key of the account's root user, which may do everything and cannot be limited.",
      'Delete it in the console, and make a user that may only assume roles.',
    );
  }
}
