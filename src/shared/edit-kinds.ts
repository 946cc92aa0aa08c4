/** What an edit of the user's files was about. Screens have words for each. */
export const EDIT_KINDS = [
  'sync-profiles',
  'edit-profile',
  'rename-profile',
  'delete-profile',
  'make-default',
  'import-set-up',
  'mend-file',
  'vault-on',
  'vault-off',
  'add-sso-session',
  'remove-sso-session',
  'undo',
] as const;

/** One of `EDIT_KINDS`. */
export type EditKind = (typeof EDIT_KINDS)[number];
