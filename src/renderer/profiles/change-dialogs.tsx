import type { JSX } from 'react';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { isolated } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import { ChangeDialog } from './change-dialog.tsx';

/** Makes `[default]` give what a profile gives. */
export function MakeDefaultDialog(props: { readonly profile: string; readonly onClose: () => void }): JSX.Element {
  const words = useProfileToolWords();
  const { title, ...others } = words.makeDefault;
  return (
    <ChangeDialog
      {...others}
      command="makeDefaultProfile"
      input={{ profile: props.profile }}
      title={title(isolated(props.profile))}
      done={({ done }) => done}
      onClose={props.onClose}
    />
  );
}

/** Takes a profile out of the files. */
export function RemoveDialog(props: { readonly profile: string; readonly onClose: () => void }): JSX.Element {
  const words = useProfileToolWords();
  const { title, ...others } = words.remove;
  return (
    <ChangeDialog
      {...others}
      danger
      command="removeProfile"
      input={{ profile: props.profile }}
      title={title(isolated(props.profile))}
      done={({ done }) => done}
      onClose={props.onClose}
    />
  );
}

/** Moves the key of a profile into the secret store, and has its programs ask Rolecall; or undoes it. */
export function ProtectDialog(props: {
  readonly profile: string;
  readonly undo: boolean;
  readonly onClose: () => void;
}): JSX.Element {
  const { protect } = useText().t;
  const { title, ...others } = props.undo ? protect.undo : protect.apply;
  return (
    <ChangeDialog
      {...others}
      movesMore
      command={props.undo ? 'unprotectProfile' : 'protectProfile'}
      input={{ profile: props.profile }}
      title={title(isolated(props.profile))}
      onClose={props.onClose}
    />
  );
}

/** Takes an edit back. */
export function UndoDialog(props: { readonly editId: string; readonly onClose: () => void }): JSX.Element {
  const words = useProfileToolWords();
  const { title, text, confirm } = words.undo;
  return (
    <ChangeDialog
      {...{ title, text, confirm }}
      command="undoEdit"
      input={{ id: props.editId }}
      done={({ undone }) => undone}
      onClose={props.onClose}
    />
  );
}

/** Moves the token of an Identity Center into the secret store, or back. */
export function VaultModeDialog(props: { readonly ssoSession: string; readonly onClose: () => void }): JSX.Element {
  const { ssoSession } = props;
  const words = useProfileToolWords();
  const session = useAppState((state) => state.ssoSessions.find(({ id }) => id === ssoSession));
  const isOn = session?.mode === 'vault';
  const { title, ...others } = isOn ? words.vault.off : words.vault.on;
  return (
    <ChangeDialog
      {...others}
      movesMore
      command="setTokenMode"
      input={{ ssoSession, mode: isOn ? 'shared' : 'vault' }}
      title={title(isolated(session?.name ?? ssoSession))}
      done={({ done }) => done}
      onClose={props.onClose}
    />
  );
}
