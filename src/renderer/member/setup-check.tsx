import { useState, type JSX } from 'react';
import type { SetupFinding } from '../../shared/member-commands.ts';
import { Badge, type BadgeTone } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { classes } from '../components/classes.ts';
import { CoreWords } from '../components/core-words.tsx';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon-paths.ts';
import type { GuideBook } from '../i18n/guide-book.ts';
import { setupFindingText } from '../i18n/guide-words.ts';
import { useGuideBook } from '../shell/use-books.ts';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { useCommand } from '../shell/use-command.ts';
import './check.css';

const TONES: Readonly<Record<SetupFinding['verdict'], BadgeTone>> = {
  good: 'ok',
  warning: 'warn',
  bad: 'danger',
  unknown: 'neutral',
};
const ICONS: Readonly<Record<SetupFinding['verdict'], IconName>> = {
  good: 'check',
  warning: 'warning',
  bad: 'error',
  unknown: 'info',
};
const GRAVEST_FIRST: readonly SetupFinding['verdict'][] = ['bad', 'warning', 'unknown', 'good'];

/** Tries for real what the key alone can do, and lists what was found, the gravest first. */
export function SetupCheck(props: {
  readonly profile: string;
  readonly primary?: boolean;
  /** Does what mends a finding, where it is known how; undefined where there is nothing to press. */
  readonly fixOf: (fix: string) => { readonly label: string; readonly run: () => void } | undefined;
  readonly onFindings?: (findings: readonly SetupFinding[]) => void;
}): JSX.Element {
  const { t } = useText();
  const command = useCommand();
  const book = useGuideBook();
  const [findings, setFindings] = useState<readonly SetupFinding[] | undefined>(undefined);
  const check = async (): Promise<void> => {
    const answer = await command.run('checkSetup', { profile: props.profile });
    if (answer !== undefined) {
      setFindings(answer.findings);
      props.onFindings?.(answer.findings);
    }
  };
  const sorted = findings?.toSorted((a, b) => GRAVEST_FIRST.indexOf(a.verdict) - GRAVEST_FIRST.indexOf(b.verdict));
  return (
    <div className="check">
      <p>
        <Button
          icon="shield"
          variant={props.primary === true ? 'primary' : 'secondary'}
          busy={command.busy}
          onClick={() => void check()}
        >
          {findings === undefined ? t.member.check.begin : t.member.check.again}
        </Button>
      </p>
      <FailureNotice failure={command.failure} />
      {sorted !== undefined && book !== undefined && (
        <div ref={bringIntoSight} role="status" className="check__result">
          <Verdicts findings={sorted} />
          <ul className="findings">
            {sorted.map((finding) => (
              <Finding key={finding.id} book={book} finding={finding} fixOf={props.fixOf} />
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** What was asked for at the foot of a page would else appear below it. */
function bringIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function Verdicts({ findings }: { readonly findings: readonly SetupFinding[] }): JSX.Element {
  const { t } = useText();
  const counted = GRAVEST_FIRST.map((verdict) => ({
    verdict,
    count: findings.filter((finding) => finding.verdict === verdict).length,
  }));
  return (
    <p className="check__sum">
      {counted.map(
        ({ verdict, count }) =>
          count > 0 && (
            <Badge key={verdict} tone={TONES[verdict]} icon={ICONS[verdict]}>
              {`${count} ${t.member.check.verdicts[verdict]}`}
            </Badge>
          ),
      )}
    </p>
  );
}

function Finding(props: {
  readonly book: GuideBook;
  readonly finding: SetupFinding;
  readonly fixOf: (fix: string) => { readonly label: string; readonly run: () => void } | undefined;
}): JSX.Element {
  const { t } = useText();
  const { book, finding } = props;
  const { title, detail, core } = setupFindingText(book, finding);
  const fix = finding.fix === undefined ? undefined : props.fixOf(finding.fix);
  return (
    <li className={classes('finding', `finding--${finding.verdict}`)}>
      <span className="finding__sign">
        <Icon name={ICONS[finding.verdict]} />
        <span className="visually-hidden">{t.member.check.verdicts[finding.verdict]}</span>
      </span>
      <div className="finding__words">
        <p className="finding__title">
          <bdi>{title}</bdi>
        </p>
        <p className="finding__detail">
          <bdi>{detail}</bdi>
          <CoreWords>{core}</CoreWords>
        </p>
      </div>
      {fix !== undefined && (
        <Button size="sm" onClick={fix.run}>
          {fix.label}
        </Button>
      )}
    </li>
  );
}
