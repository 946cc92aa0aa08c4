import type { JSX } from 'react';
import { AddKeyDialog } from './add-key-dialog.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import type { MemberDialog } from './member-dialog.ts';
import { RemoveDeviceDialog } from './remove-device-dialog.tsx';
import { ResyncDialog } from './resync-dialog.tsx';
import { RoleProfileDialog } from './role-profile-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { SecretStoreDialog } from './secret-store-dialog.tsx';
import { UnlockDialog } from './unlock-dialog.tsx';

/** Draws the open one of the dialogs of keys, devices and the secret store. */
export function MemberDialogs(props: { readonly dialog: MemberDialog; readonly onClose: () => void }): JSX.Element {
  const { dialog, onClose } = props;
  switch (dialog.kind) {
    case 'add-key':
      return <AddKeyDialog {...dialog} onClose={onClose} />;
    case 'enrol-device':
      return <EnrolDialog {...dialog} onClose={onClose} />;
    case 'role-profile':
      return <RoleProfileDialog {...dialog} onClose={onClose} />;
    case 'resync-device':
      return <ResyncDialog {...dialog} onClose={onClose} />;
    case 'remove-device':
      return <RemoveDeviceDialog {...dialog} onClose={onClose} />;
    case 'rotate-key':
      return <RotateDialog {...dialog} onClose={onClose} />;
    case 'choose-secret-store':
      return <SecretStoreDialog onClose={onClose} />;
    case 'unlock-secret-store':
      return <UnlockDialog onClose={onClose} />;
  }
}
