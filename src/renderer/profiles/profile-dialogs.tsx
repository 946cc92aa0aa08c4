import type { JSX } from 'react';
import { EditDialog } from './edit-dialog.tsx';
import { EditsDialog } from './edits-dialog.tsx';
import { MakeDefaultDialog, ProtectDialog, RemoveDialog, UndoDialog, VaultModeDialog } from './change-dialogs.tsx';
import type { ProfileDialog } from './profile-dialog.ts';
import { ShareDialog } from './share-dialog.tsx';
import { SyncDialog } from './sync-dialog.tsx';
import { TakeDialog } from './take-dialog.tsx';
import '../member/member.css';
import './profiles.css';

/** Draws the open one of the dialogs that keep profiles in order. */
export function ProfileDialogs(props: { readonly dialog: ProfileDialog; readonly onClose: () => void }): JSX.Element {
  const { dialog, onClose } = props;
  switch (dialog.kind) {
    case 'sync':
      return <SyncDialog {...dialog} onClose={onClose} />;
    case 'edit':
      return <EditDialog {...dialog} onClose={onClose} />;
    case 'make-default':
      return <MakeDefaultDialog {...dialog} onClose={onClose} />;
    case 'remove':
      return <RemoveDialog {...dialog} onClose={onClose} />;
    case 'protect':
      return <ProtectDialog {...dialog} onClose={onClose} />;
    case 'vault-mode':
      return <VaultModeDialog {...dialog} onClose={onClose} />;
    case 'edits':
      return <EditsDialog onClose={onClose} />;
    case 'undo':
      return <UndoDialog {...dialog} onClose={onClose} />;
    case 'share-set-up':
      return <ShareDialog onClose={onClose} />;
    case 'take-set-up':
      return <TakeDialog onClose={onClose} />;
  }
}
