import type { JSX } from 'react';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { isolated } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

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
    <Dialog
      role="alertdialog"
      size="small"
      title={t.removeSso.title(isolated(name))}
      closeLabel={t.common.close}
      onClose={onClose}
      foot={
        <>
          <Button data-focus-first onClick={onClose}>
            {t.common.cancel}
          </Button>
          <Button variant="danger" onClick={remove}>
            {t.removeSso.remove}
          </Button>
        </>
      }
    >
      <p>{t.removeSso.text(configFile)}</p>
    </Dialog>
  );
}
