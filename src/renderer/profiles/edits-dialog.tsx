import type { JSX } from 'react';
import type { EditEntry } from '../../shared/profile-commands.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { displayText } from '../model/display-text.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { usePreview } from './use-preview.ts';

/** What was changed in the user's files, and the way back. */
export function EditsDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const words = useProfileToolWords();
  const { value, failure } = usePreview('listEdits', {});
  return (
    <Dialog flush size="wide" title={words.changes} onClose={onClose}>
      <FailureNotice failure={failure} />
      {value?.edits.length === 0 && <p className="picker__none">{words.edits.empty}</p>}
      <ul className="edits" tabIndex={0} aria-label={words.changes}>
        {value?.edits.map((edit) => (
          <EditLine key={edit.id} edit={edit} />
        ))}
      </ul>
    </Dialog>
  );
}

function EditLine({ edit }: { readonly edit: EditEntry }): JSX.Element {
  const { format } = useText();
  const words = useProfileToolWords();
  const { dialogs } = useShell();
  const now = useNow(10_000);
  return (
    <li className="line">
      <div className="line__words">
        <p className="line__main">
          <span>{words.edits.kinds[edit.what]}</span>
          <bdi className="role-row__account truncate">{displayText(edit.subject)}</bdi>
        </p>
        <p className="line__note">
          <time dateTime={edit.at} title={format.full(edit.at)}>
            {format.moment(edit.at, now)}
          </time>
          {' · '}
          <bdi>{displayText(edit.file)}</bdi>
        </p>
      </div>
      {edit.state === 'done' ? (
        <Button size="sm" onClick={() => dialogs.open({ kind: 'profiles', dialog: { kind: 'undo', editId: edit.id } })}>
          {words.undo.again}
        </Button>
      ) : (
        <span className="card__note">{words.edits.states[edit.state]}</span>
      )}
    </li>
  );
}
