import type { JSX } from 'react';
import type { Notice as NoticeState } from '../../shared/app-state.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useCell } from '../shell/use-cell.ts';
import { endingWords } from '../model/ending.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { FindingNotice } from './finding-notice.tsx';
import './notice-stack.css';

/** More at once would hide what the screen is for. */
const MOST_SHOWN = 2;

/** What the user should know before anything else: no core, no network, files that cannot be read, and the core's own notices. */
export function NoticeStack({ welcoming = false }: { readonly welcoming?: boolean }): JSX.Element | null {
  const { t } = useText();
  const shell = useShell();
  const connected = useCell(shell.connected);
  const online = useAppState((state) => state.app.online);
  const fileProblems = useAppState((state) => state.fileProblems);
  const notices = useAppState((state) => state.notices);
  // The welcome has the same as its one thing to do.
  const broken = welcoming ? undefined : fileProblems.find((problem) => problem.severity === 'error');
  if (connected && online && broken === undefined && notices.length === 0) {
    return null;
  }
  return (
    <div className="notices">
      {!connected && <Notice severity="error" message={t.notices.disconnected} hint={t.notices.disconnectedHint} />}
      {connected && !online && <Notice severity="warning" message={t.notices.offline} hint={t.notices.offlineHint} />}
      {broken !== undefined && (
        <FindingNotice
          severity="error"
          finding={{ code: broken.code, title: broken.message, hint: broken.hint }}
          actions={
            <Button size="sm" onClick={() => shell.openPage('doctor')}>
              {t.links.doctor}
            </Button>
          }
        />
      )}
      {notices.slice(0, MOST_SHOWN).map((notice) => (
        <CoreNotice key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function CoreNotice({ notice }: { readonly notice: NoticeState }): JSX.Element {
  const text = useText();
  const { t } = text;
  const { actions } = useShell();
  const now = useNow(10_000);
  const words = endingWords(notice.ending, text, now) ?? notice;
  const { code, severity } = notice;
  const around = {
    severity,
    actions: notice.action !== undefined && (
      <Button size="sm" onClick={() => actions.followNotice(notice)}>
        {t.notices.actions[notice.action.kind]}
      </Button>
    ),
    dismiss: { label: t.common.dismiss, run: () => void actions.run('dismissNotice', { id: notice.id }) },
  };
  return code === undefined ? (
    <Notice {...around} message={words.message} hint={words.hint} />
  ) : (
    <FindingNotice {...around} finding={{ code, title: words.message, hint: words.hint }} />
  );
}
