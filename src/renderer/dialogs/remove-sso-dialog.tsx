import type { JSX } from 'react';
import { isolated } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { FormDialog } from './form-dialog.tsx';

/** Asks once more before an Identity Center leaves the list and its section the file. */
export function RemoveSsoDialog(props: { readonly ssoSession: string; readonly onClose: () => void }): JSX.Element {
  const { ssoSession, onClose } = props;
  const { t } = useText();
  const { actions } = useShell();
  const name = useAppState(
    (state) => state.ssoSessions.find((session) => session.id === ssoSession)?.name ?? ssoSession,
  );
  const configFile = useAppState((state) => state.app.configFile);
  const remove = (): void => {
    onClose();
    void actions.run('removeSsoSession', { ssoSession });
  };
  return (
    <FormDialog
      danger
      size="small"
      title={t.removeSso.title(isolated(name))}
      onClose={onClose}
      submit={t.removeSso.remove}
      busy={false}
      onSubmit={remove}
    >
      <p>{t.removeSso.text(configFile)}</p>
    </FormDialog>
  );
}
