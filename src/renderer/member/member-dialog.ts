import type { RotationFact } from '../../shared/member-commands.ts';

/** An access key that was put in. */
export interface AddedKey {
  readonly profile: string;
  readonly accountId: string;
  readonly userName: string;
}

/** Dialogs of keys, devices and the secret store. `onDone` is called when it was done, not when it was closed. */
export type MemberDialog =
  | { readonly kind: 'add-key'; readonly suggestedName: string; readonly onDone: (key: AddedKey) => void }
  | { readonly kind: 'enrol-device'; readonly profile: string; readonly onDone: () => void }
  | {
      readonly kind: 'role-profile';
      readonly sourceProfile: string;
      readonly suggestedName: string;
      readonly roleArn: string;
      readonly region: string;
      readonly onDone: (profile: string) => void;
    }
  | { readonly kind: 'resync-device'; readonly profile: string; readonly mfaSerial: string }
  | {
      readonly kind: 'remove-device';
      readonly profile: string;
      readonly mfaSerial: string;
      readonly onDone: () => void;
    }
  | {
      readonly kind: 'rotate-key';
      readonly profile: string;
      /** One that was begun already. */
      readonly rotation: RotationFact | undefined;
      readonly onDone: () => void;
    }
  | { readonly kind: 'choose-secret-store' }
  | { readonly kind: 'unlock-secret-store' };
