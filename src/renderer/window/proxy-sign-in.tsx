import { useRef, useState, type JSX } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useSettingsWords } from './use-settings-words.ts';

/** Whether a user name and password for the proxy are kept, and the way to change it. They are never shown. */
export function ProxySignIn({ settings }: { readonly settings: Settings }): JSX.Element {
  const { network } = useSettingsWords();
  const { actions } = useShell();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="setting__row">
      <span className="line__note">{settings.proxySignsIn ? network.signedIn : network.notSignedIn}</span>
      {settings.proxySignsIn && (
        <Button size="sm" onClick={() => void actions.run('forgetProxySignIn', {})}>
          {network.forget}
        </Button>
      )}
      <Button size="sm" disabled={settings.proxyUrl === ''} onClick={() => setOpen(true)}>
        {network.signIn}
      </Button>
      {isOpen && <ProxySignInDialog proxy={settings.proxyUrl} onClose={() => setOpen(false)} />}
    </div>
  );
}

/** Takes them once; the fields are empty again before the command is under way. */
function ProxySignInDialog({ proxy, onClose }: { readonly proxy: string; readonly onClose: () => void }): JSX.Element {
  const { network } = useSettingsWords();
  const command = useCommand();
  const user = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [isMissing, setMissing] = useState(false);
  const keep = async (): Promise<void> => {
    const given = { user: user.current?.value.trim() ?? '', password: password.current?.value ?? '' };
    setMissing(given.user === '');
    if (given.user === '') {
      return;
    }
    if (password.current !== null) {
      password.current.value = '';
    }
    if ((await command.run('setProxySignIn', given)) !== undefined) {
      onClose();
    }
  };
  return (
    <FormDialog
      size="small"
      title={network.signInTitle}
      onClose={onClose}
      submit={network.keep}
      busy={command.busy}
      onSubmit={() => void keep()}
    >
      <p>{network.signInText(proxy)}</p>
      <Field label={network.user} error={isMissing ? network.userMissing : undefined}>
        {(control) => <TextInput {...control} ref={user} data-focus-first />}
      </Field>
      <Field label={network.password}>{(control) => <TextInput {...control} ref={password} type="password" />}</Field>
      <FailureNotice failure={command.failure} />
    </FormDialog>
  );
}
