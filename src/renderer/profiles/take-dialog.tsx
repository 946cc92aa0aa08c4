import { useRef, useState, type JSX, type SyntheticEvent } from 'react';
import type { CommandInput } from '../../shared/commands.ts';
import type { SetUpResult } from '../../shared/profile-commands.ts';
import { MAX_SET_UP_TEXT } from '../../shared/set-up-limit.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { TextInput } from '../components/text-input.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { SetUpShown } from './set-up-shown.tsx';
import { tellDone } from './tell-done.ts';

/** Takes over a team's set-up from a file or an address: first what it would add, then the word to do it. */
export function TakeDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  const { take: words } = useProfileToolWords();
  const shell = useShell();
  const read = useCommand();
  const make = useCommand();
  const [shown, setShown] = useState<SetUpResult | undefined>(undefined);
  const [isTooLarge, setTooLarge] = useState(false);
  const look = async (source: CommandInput<'readSetUp'>['source']): Promise<void> => {
    make.clear();
    setShown(await read.run('readSetUp', { source }));
  };
  const onFile = async (file: File | undefined): Promise<void> => {
    setShown(undefined);
    setTooLarge(file !== undefined && file.size > MAX_SET_UP_TEXT);
    if (file !== undefined && file.size <= MAX_SET_UP_TEXT) {
      await look({ kind: 'text', text: await file.text() });
    }
  };
  const take = async (sha256: string): Promise<void> => {
    const made = await make.run('importSetUp', { sha256 });
    if (made !== undefined) {
      onClose();
      const isNew = made.items.some(({ action }) => action === 'add') || made.marks + made.guardRules.length > 0;
      tellDone(shell, ({ take: { done, nothing } }) => (isNew ? done : nothing), made.undoId);
    }
  };
  return (
    <Dialog
      size="wide"
      title={words.title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button
            variant="primary"
            busy={make.busy}
            disabled={shown === undefined || read.busy}
            onClick={() => shown !== undefined && void take(shown.sha256)}
          >
            {words.confirm}
          </Button>
        </>
      }
    >
      <p className="member__lead">{words.text}</p>
      <div className="set-up__sources">
        <FileButton onFile={(file) => void onFile(file)} busy={read.busy} />
        <AddressField onAddress={(url) => void look({ kind: 'url', url })} busy={read.busy} />
      </div>
      {isTooLarge && <Notice severity="error" message={words.tooLarge} />}
      <FailureNotice failure={read.failure ?? make.failure} />
      {shown !== undefined && <SetUpShown setUp={shown} />}
    </Dialog>
  );
}

/** The browser's own chooser: the page gets the one file that was chosen, and no path. */
function FileButton(props: { readonly busy: boolean; readonly onFile: (file: File | undefined) => void }): JSX.Element {
  const { take: words } = useProfileToolWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button data-focus-first icon="profiles" busy={props.busy} onClick={() => input.current?.click()}>
        {words.file}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".json,application/json"
        aria-label={words.file}
        onChange={(event) => {
          props.onFile(event.target.files?.[0]);
          // The same file may be chosen again, once it was corrected.
          event.target.value = '';
        }}
      />
    </>
  );
}

function AddressField(props: { readonly busy: boolean; readonly onAddress: (url: string) => void }): JSX.Element {
  const { take: words } = useProfileToolWords();
  const [url, setUrl] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (url.trim() !== '') {
      props.onAddress(url.trim());
    }
  };
  return (
    <form noValidate onSubmit={submit}>
      <Field label={words.url} hint={words.urlHint}>
        {(control) => (
          <div className="rule">
            <TextInput
              {...control}
              inputMode="url"
              placeholder="https://"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
            <Button type="submit" disabled={url.trim() === '' || props.busy}>
              {words.read}
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}
