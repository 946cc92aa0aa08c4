import type { CommandInput } from '../../shared/commands.ts';
import type { RoleRuleFact } from '../../shared/profile-commands.ts';

/** Dialogs that keep profiles in order. */
export type ProfileDialog =
  | {
      readonly kind: 'sync';
      /** Chosen first; the first there is when left out. */
      readonly ssoSession?: string;
      /** A role whose profile is to go: the rules leave it out then. */
      readonly leaveOut?: RoleRuleFact;
      /** Only these are to get profiles. */
      readonly roles?: CommandInput<'syncProfiles'>['roles'];
    }
  | { readonly kind: 'edit'; readonly profile: string }
  | { readonly kind: 'make-default'; readonly profile: string }
  | { readonly kind: 'remove'; readonly profile: string }
  | { readonly kind: 'protect'; readonly profile: string; readonly undo: boolean }
  | { readonly kind: 'vault-mode'; readonly ssoSession: string }
  | { readonly kind: 'edits' }
  | { readonly kind: 'undo'; readonly editId: string }
  | { readonly kind: 'share-set-up' }
  | { readonly kind: 'take-set-up' };
