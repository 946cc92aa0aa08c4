import { useState, type JSX } from 'react';
import type { ProfileView } from '../../shared/profile-commands.ts';
import { Field } from '../components/field.tsx';
import { Select } from '../components/select.tsx';
import { TextInput } from '../components/text-input.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import { useCommand } from '../shell/use-command.ts';
import { isolated } from '../model/display-text.ts';
import { changedKeys, keysNow } from '../model/profile-edits.ts';
import { useShell } from '../shell/shell-context.tsx';
import { KeyField } from './key-field.tsx';
import { Previews } from './previews.tsx';
import { tellDone } from './tell-done.ts';
import { usePreview, type Preview } from './use-preview.ts';

/** Always offered; other keys where the profile has them, or they are added. */
const FIRST = ['region', 'output'];

interface EditDialogProps {
  readonly profile: string;
  readonly onClose: () => void;
}

/** Renames a profile and sets its keys, shown before it is written. Opens with all its fields: one that came late would move the others. */
export function EditDialog(props: EditDialogProps): JSX.Element | null {
  const view = usePreview('viewProfile', { profile: props.profile });
  return view.value === undefined && view.failure === undefined ? null : <EditForm {...props} view={view} />;
}

function EditForm({ profile, onClose, view }: EditDialogProps & { readonly view: Preview<ProfileView> }): JSX.Element {
  const words = useProfileToolWords();
  const shell = useShell();
  const run = useCommand();
  const [name, setName] = useState(profile);
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const settable = view.value?.settable ?? [];
  const before = keysNow(view.value);
  const changes = changedKeys(before, typed);
  const to = name.trim();
  const wanted = { profile, changes, ...(to === '' || to === profile ? {} : { to }) };
  const isChanged = 'to' in wanted || Object.keys(changes).length > 0;
  const preview = usePreview('editProfile', isChanged ? { ...wanted, preview: true } : undefined);
  const shown = settable.filter(({ key }) => FIRST.includes(key) || before.has(key) || key in typed);
  const others = settable.filter((each) => !shown.includes(each));
  const set = (key: string, value: string): void => setTyped({ ...typed, [key]: value });
  const save = async (): Promise<void> => {
    const place = shell.router.place.get();
    const result = await run.run('editProfile', wanted);
    if (result !== undefined) {
      onClose();
      // Who has gone elsewhere meanwhile stays there.
      if (shell.router.place.get() === place) {
        shell.router.go('profiles', wanted.to ?? profile);
      }
      tellDone(shell, ({ done }) => done, result.undoId);
    }
  };
  return (
    <FormDialog
      size="wide"
      title={words.edit.title(isolated(profile))}
      onClose={onClose}
      submit={words.edit.save}
      busy={run.busy}
      disabled={!isChanged || !preview.isCurrent || preview.failure !== undefined}
      onSubmit={() => void save()}
    >
      <div className="member__pair">
        <Field label={words.edit.name}>
          {(control) => (
            <TextInput {...control} data-focus-first value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        {shown.map(({ key, choices }) => (
          <KeyField
            key={key}
            name={key}
            choices={choices}
            value={typed[key] ?? before.get(key) ?? ''}
            onValue={(value) => set(key, value)}
          />
        ))}
        <Field label={words.edit.add}>
          {(control) => (
            <Select
              wide
              control={control}
              value=""
              options={[
                { value: '', label: words.edit.choose },
                ...others.map(({ key }) => ({ value: key, label: key })),
              ]}
              onChange={(key) => key !== '' && set(key, '')}
            />
          )}
        </Field>
      </div>
      <p className="field__hint">{words.edit.hint}</p>
      <FailureNotice failure={run.failure ?? preview.failure ?? view.failure} />
      {isChanged && preview.failure === undefined && <Previews previews={preview.value?.previews} />}
    </FormDialog>
  );
}
