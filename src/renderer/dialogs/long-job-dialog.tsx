import { useEffect, useState, type JSX } from 'react';
import type { Reply } from '../../shared/reply.ts';
import type { LongJobFacts } from '../../shared/session-limit.ts';
import { Button } from '../components/button.tsx';
import { CodeLine } from '../components/code-line.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Notice } from '../components/notice.tsx';
import { Subject } from '../components/subject.tsx';
import { failureText } from '../i18n/text.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { renewingLine } from '../model/cli-snippets.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** Renews all that can be renewed for a role, as it opens, and says how long that lasts and what decides it. */
export function LongJobDialog(props: { readonly entry: RoleEntry; readonly onClose: () => void }): JSX.Element {
  const { entry, onClose } = props;
  const text = useText();
  const { t } = text;
  const { client } = useShell();
  const [answer, setAnswer] = useState<Reply<LongJobFacts>>();
  const { target } = entry;
  const line = renewingLine(entry);
  useEffect(() => {
    let current = true;
    void client.execute('renewForLongJob', { target }).then((reply) => current && setAnswer(reply));
    return () => {
      current = false;
    };
  }, [client, target]);
  const again = async (): Promise<void> => {
    setAnswer(undefined);
    setAnswer(await client.execute('renewForLongJob', { target }));
  };
  return (
    <Dialog
      title={t.longJob.title}
      onClose={onClose}
      flush
      foot={
        <>
          <Button busy={answer === undefined} icon="refresh" onClick={() => void again()}>
            {t.longJob.again}
          </Button>
          <Button variant="primary" onClick={onClose}>
            {t.common.close}
          </Button>
        </>
      }
    >
      <Subject entry={entry} />
      <div className="dialog__body">
        {answer === undefined && <p role="status">{t.longJob.working}</p>}
        {answer?.ok === false && (
          <>
            <Notice severity="error" {...failureText(text, answer.failure)} />
            <p>{t.longJob.failed}</p>
          </>
        )}
        {answer?.ok === true && <Clocks facts={answer.value} />}
        <p>{t.longJob.advice}</p>
        {line !== undefined && <CodeLine code={line} />}
      </div>
    </Dialog>
  );
}

function Clocks({ facts }: { readonly facts: LongJobFacts }): JSX.Element {
  const { t, format } = useText();
  const { actions } = useShell();
  const now = useNow(10_000);
  const { expiresAt, limit, ssoToken } = facts;
  const span = format.duration(Math.max(0, (Date.parse(expiresAt) - now) / 1000));
  return (
    <>
      <div role="status">
        <p className="line__main">{t.clocks.role}</p>
        <p>{t.longJob.role(format.moment(expiresAt, now), span)}</p>
        <p className="line__note">{t.longJob.limits[limit]}</p>
      </div>
      {ssoToken !== undefined && (
        <div>
          <p className="line__main">{t.clocks.ssoToken}</p>
          <p>
            {ssoToken.renewsByItself
              ? t.longJob.tokenRenews(format.moment(ssoToken.expiresAt, now))
              : t.longJob.tokenEnds(format.moment(ssoToken.expiresAt, now))}
          </p>
          {!ssoToken.renewsByItself && (
            <Button size="sm" onClick={() => actions.signIn(ssoToken.ssoSession)}>
              {t.longJob.signIn}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
