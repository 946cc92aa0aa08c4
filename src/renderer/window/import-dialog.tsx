import { useState, type JSX } from 'react';
import type { FoundImport, ImportPreview } from '../../shared/settings-commands.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Diff } from '../components/diff.tsx';
import { ToggleLine } from '../dialogs/toggle-line.tsx';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { useCommand } from '../shell/use-command.ts';
import { displayText } from '../model/display-text.ts';
import { settingsWords } from '../i18n/settings-words.ts';
import { usePreview } from '../profiles/use-preview.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { TOOL_NAMES } from './tool-names.ts';
import { useSettingsWords } from './use-settings-words.ts';

/** Shows what importing from a tool would change, then does it. Nothing is written before. */
export function ImportDialog({
  found,
  onClose,
}: {
  readonly found: FoundImport;
  readonly onClose: () => void;
}): JSX.Element {
  const { t } = useText();
  const { imports } = useSettingsWords();
  const { toasts } = useShell();
  const [takeOver, setTakeOver] = useState(false);
  const { tool } = found;
  const apply = useCommand();
  const look = usePreview('importFrom', { tool, takeOver, preview: true });
  const preview = look.value;
  const name = TOOL_NAMES[tool];
  const isNothing = preview !== undefined && preview.previews.length === 0 && preview.markCount === 0;
  const run = async (): Promise<void> => {
    if ((await apply.run('importFrom', { tool, takeOver })) !== undefined) {
      toasts.add('ok', (text) => {
        const { done, doneHint } = settingsWords(text).imports;
        return { message: done(name), hint: doneHint };
      });
      onClose();
    }
  };
  return (
    <Dialog
      size="wide"
      title={imports.title(name)}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button
            variant="primary"
            busy={apply.busy}
            disabled={!look.isCurrent || look.failure !== undefined || isNothing}
            onClick={() => void run()}
          >
            {imports.apply}
          </Button>
        </>
      }
    >
      <p>{isNothing ? imports.nothingToDo : imports.lead(name)}</p>
      {found.takeOvers > 0 && (
        <ToggleLine
          label={imports.takeOver(found.takeOvers, name)}
          hint={imports.takeOverHint}
          checked={takeOver}
          onChange={setTakeOver}
        />
      )}
      <FailureNotice failure={apply.failure ?? look.failure} />
      {preview !== undefined && <PreviewParts preview={preview} />}
    </Dialog>
  );
}

function PreviewParts({ preview }: { readonly preview: ImportPreview }): JSX.Element {
  const { imports } = useSettingsWords();
  const { previews, markCount, conflicts, keys, notes } = preview;
  return (
    <>
      {previews.map((each) => (
        <Diff key={each.file} preview={each} />
      ))}
      {markCount > 0 && <p>{imports.marks(markCount)}</p>}
      <TextList title={imports.conflicts} lines={conflicts} />
      <TextList title={imports.keys} lines={keys} isCode />
      <TextList title={imports.notes} lines={notes} />
    </>
  );
}

function TextList(props: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly isCode?: true;
}): JSX.Element | null {
  return props.lines.length === 0 ? null : (
    <section className="rules">
      <h3 className="field__label">{props.title}</h3>
      <ul className="rules">
        {props.lines.map((line) => (
          <li key={line} className="line__note selectable">
            {props.isCode === true ? <code>{displayText(line)}</code> : displayText(line)}
          </li>
        ))}
      </ul>
    </section>
  );
}
