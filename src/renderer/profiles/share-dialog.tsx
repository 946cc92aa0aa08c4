import { useState, type JSX } from 'react';
import { Button } from '../components/button.tsx';
import { CodeLine } from '../components/code-line.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Notice } from '../components/notice.tsx';
import { ToggleLine } from '../dialogs/toggle-line.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { useCommand } from '../shell/use-command.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { usePreview } from './use-preview.ts';

/** A set-up file holds no more of them. */
const MOST_PROFILES = 1_000;

/** The set-up as one file for a team, seen before it is given away. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  const { share: words } = useProfileToolWords();
  const { actions } = useShell();
  const run = useCommand();
  const own = useAppState((state) => state.profiles)
    .filter(({ managed, kind, name }) => !managed && (kind === 'sso' || kind === 'assume-role') && name !== 'default')
    .slice(0, MOST_PROFILES);
  const [withProfiles, setWithProfiles] = useState(false);
  const [includesPersonal, setPersonal] = useState(false);
  const [saved, setSaved] = useState<string | undefined>(undefined);
  const choice = { profiles: withProfiles ? own.map(({ name }) => name) : [], includesPersonal };
  const { value, failure, isCurrent } = usePreview('exportSetUp', choice);
  const save = async (): Promise<void> => {
    const result = await run.run('exportSetUp', { ...choice, save: true });
    setSaved(result?.savedAs);
  };
  const choose = (change: () => void): void => {
    setSaved(undefined);
    change();
  };
  return (
    <Dialog
      size="wide"
      title={words.title}
      onClose={onClose}
      foot={
        <>
          <Button icon="copy" disabled={!isCurrent} onClick={() => actions.copyPlain(value?.text ?? '')}>
            {t.common.copy}
          </Button>
          <Button variant="primary" busy={run.busy} disabled={!isCurrent} onClick={() => void save()}>
            {words.save}
          </Button>
        </>
      }
    >
      <p className="member__lead">{words.text}</p>
      {own.length > 0 && (
        <ToggleLine
          label={words.profiles(own.length)}
          hint={words.profilesHint}
          checked={withProfiles}
          onChange={(checked) => choose(() => setWithProfiles(checked))}
        />
      )}
      <ToggleLine
        label={words.personal}
        hint={words.personalHint}
        checked={includesPersonal}
        onChange={(checked) => choose(() => setPersonal(checked))}
      />
      <FailureNotice failure={run.failure ?? failure} />
      {value !== undefined && (
        <pre className="diff set-up__file" tabIndex={0} aria-label={words.file}>
          {value.text}
        </pre>
      )}
      {saved !== undefined && value !== undefined && (
        <>
          <Notice
            severity="ok"
            message={<bdi className="selectable">{words.saved(saved)}</bdi>}
            hint={words.fingerprint}
          />
          <CodeLine code={`#sha256=${value.sha256}`} />
        </>
      )}
    </Dialog>
  );
}
