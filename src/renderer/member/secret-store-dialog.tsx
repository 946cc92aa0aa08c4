import { useRef, useState, type JSX } from 'react';
import { Field } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { TextInput } from '../components/text-input.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { ChoiceCards } from './choice-cards.tsx';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import { useCommand } from '../shell/use-command.ts';
import './member.css';

const BACKENDS = ['keyring', 'passphrase', 'memory'] as const;

type Backend = (typeof BACKENDS)[number];

/** Short ones are guessed; the core seals with whatever it is given. */
const SHORTEST_PASSPHRASE = 12;

/** Chooses where secrets are kept. What is there moves along; a passphrase lives in its field only, and leaves it when it is sent. */
export function SecretStoreDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  const { toasts } = useShell();
  const command = useCommand();
  const store = useAppState((state) => state.secretStore);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);
  const [backend, setBackend] = useState<Backend>(store.backend === 'none' ? 'keyring' : store.backend);
  const [trouble, setTrouble] = useState<'short' | 'different' | undefined>(undefined);
  const words = t.member.store;

  const choose = async (): Promise<void> => {
    const passphrase = first.current?.value ?? '';
    const wrong = backend === 'passphrase' ? troubleWith(passphrase, second.current?.value ?? '') : undefined;
    setTrouble(wrong);
    if (wrong !== undefined) {
      return;
    }
    empty(first.current);
    empty(second.current);
    const done = await command.run(
      'chooseSecretStore',
      backend === 'passphrase' ? { backend, passphrase } : { backend },
    );
    if (done !== undefined) {
      toasts.add('ok', ({ t: { member, storage } }) => ({
        message: member.store.chosen,
        hint: storage.backends[backend],
      }));
      onClose();
    }
  };
  return (
    <FormDialog
      title={words.title}
      onClose={onClose}
      submit={words.submit}
      busy={command.busy}
      onSubmit={() => void choose()}
    >
      <p className="member__lead">{words.text}</p>
      <ChoiceCards
        stacked
        label={words.title}
        value={backend}
        onChange={(next) => {
          setBackend(next);
          command.clear();
        }}
        choices={BACKENDS.map((value) => ({
          value,
          title: t.storage.backends[value],
          text: words.backends[value],
        }))}
      />
      {backend === 'passphrase' && (
        <div className="member__pair">
          <Field label={words.passphrase} error={trouble === 'short' ? words.short(SHORTEST_PASSPHRASE) : undefined}>
            {(control) => <TextInput {...control} ref={first} type="password" />}
          </Field>
          <Field label={words.repeat} error={trouble === 'different' ? words.different : undefined}>
            {(control) => <TextInput {...control} ref={second} type="password" />}
          </Field>
        </div>
      )}
      {backend === 'passphrase' && <Notice severity="info" message={words.forgotten} />}
      {backend === 'memory' && store.backend !== 'memory' && <Notice severity="warning" message={words.memoryRisk} />}
      <FailureNotice failure={command.failure} />
    </FormDialog>
  );
}

function troubleWith(passphrase: string, repeated: string): 'short' | 'different' | undefined {
  return passphrase.length < SHORTEST_PASSPHRASE ? 'short' : passphrase === repeated ? undefined : 'different';
}

function empty(field: HTMLInputElement | null): void {
  if (field !== null) {
    field.value = '';
  }
}
