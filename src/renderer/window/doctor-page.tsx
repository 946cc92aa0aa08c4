import { useEffect, useEffectEvent, useState, type JSX, type KeyboardEvent } from 'react';
import type { DoctorFinding } from '../../shared/care-commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { Notice } from '../components/notice.tsx';
import { Switch } from '../components/switch.tsx';
import { findingText, type FindingBook } from '../i18n/finding-words.ts';
import { failureText } from '../i18n/text.ts';
import { displayText } from '../model/display-text.ts';
import { groupFindings, isWanted, parseWanted, type FindingGroup, type Wanted } from '../model/doctor-findings.ts';
import { shortcutOf } from '../model/shortcuts.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useCell } from '../shell/use-cell.ts';
import { useFindingBook } from '../shell/use-books.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { lastReading, type DoctorReading } from '../state/doctor-visit.ts';
import { DoctorDifferences } from './doctor-differences.tsx';
import { FindingLine } from './doctor-finding.tsx';
import { Page } from './page.tsx';
import { useDoctor } from './use-doctor.ts';
import './doctor.css';

/** What is wrong with files, environment, network and machine, why it hurts, and what mends it. Looks when it is opened. */
export function DoctorPage({ subject }: { readonly subject: string | undefined }): JSX.Element {
  const { t } = useText();
  const shell = useShell();
  const visit = useCell(shell.doctor);
  const platform = useAppState((state) => state.app.platform);
  const online = useAppState((state) => state.app.online);
  const [offline, setOffline] = useState(!online);
  const { look, fix } = useDoctor();
  const book = useFindingBook();
  const looking = visit.kind === 'looking';
  const reading = lastReading(visit);
  const lookFirst = useEffectEvent(() => void look(offline));
  // Once for each time the page is opened; the switch and the button ask by themselves.
  useEffect(() => lookFirst(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (shortcutOf(event.nativeEvent, platform) === 'refresh') {
      event.preventDefault();
      void look(offline);
    }
  };
  const changeOffline = (next: boolean): void => {
    setOffline(next);
    void look(next);
  };
  return (
    <Page
      reading
      onKeyDown={onKeyDown}
      title={t.window.names.doctor}
      lead={t.doctor.lead}
      tools={
        <div className="page__tools">
          <p className="visually-hidden" role="status">
            {looking ? t.doctor.looking : ''}
          </p>
          <label className="doctor__offline">
            <span>{t.doctor.offline}</span>
            <Switch checked={offline} disabled={looking} onChange={changeOffline} />
          </label>
          <Button icon="refresh" busy={looking} onClick={() => void look(offline)}>
            {t.doctor.run}
          </Button>
        </div>
      }
    >
      {visit.kind === 'failed' && <Failed failure={visit.failure} />}
      {reading === undefined || book === undefined ? (
        looking && <EmptyState icon="doctor" title={t.doctor.looking} text={t.doctor.lookingText} />
      ) : (
        <Reading
          reading={reading}
          book={book}
          wanted={parseWanted(subject)}
          onFix={(finding) => fix(finding, offline)}
        />
      )}
    </Page>
  );
}

function Failed({ failure }: { readonly failure: Failure }): JSX.Element {
  const text = useText();
  const { message, hint, core } = failureText(text, failure);
  return (
    <Notice
      severity="error"
      message={text.t.doctor.failed}
      hint={[message, hint].filter(Boolean).join(' ')}
      core={core}
    />
  );
}

interface ReadingProps {
  readonly reading: DoctorReading;
  readonly book: FindingBook;
  readonly wanted: Wanted;
  readonly onFix: (finding: DoctorFinding) => Promise<boolean>;
}

function Reading({ reading, book, wanted, onFix }: ReadingProps): JSX.Element {
  const { t } = useText();
  const filtered = wanted.kind === 'all' || wanted.kind === 'one' ? undefined : wanted;
  const findings =
    filtered === undefined ? reading.findings : reading.findings.filter((each) => isWanted(each, wanted));
  const groups = groupFindings(findings);
  return (
    <>
      {filtered === undefined ? <Summary reading={reading} /> : <OnlyBar wanted={filtered} />}
      {groups.length === 0 && (
        <EmptyState
          icon="check"
          title={filtered === undefined ? t.doctor.healthy : t.doctor.goneNow}
          text={filtered !== undefined ? undefined : reading.offline ? t.doctor.healthyOffline : t.doctor.healthyText}
        />
      )}
      {groups.map((group) => (
        <Group key={group.severity} group={group} book={book} wanted={wanted} onFix={onFix} />
      ))}
      {filtered === undefined && reading.differences.length > 0 && (
        <DoctorDifferences differences={reading.differences} />
      )}
    </>
  );
}

function Summary({ reading }: { readonly reading: DoctorReading }): JSX.Element {
  const { t, format } = useText();
  const now = useNow(10_000);
  const counts = groupFindings(reading.findings).map(({ severity, findings }) =>
    t.doctor.counts[severity](findings.length),
  );
  const when = t.doctor.lookedAt(format.moment(new Date(reading.atMs).toISOString(), now));
  const words = [...counts, when, ...(reading.offline ? [t.doctor.noNetwork] : [])];
  return <p className="card__note numeric">{words.join(' · ')}</p>;
}

function OnlyBar({ wanted }: { readonly wanted: Exclude<Wanted, { kind: 'all' | 'one' }> }): JSX.Element {
  const { t } = useText();
  const { router } = useShell();
  const name =
    wanted.kind === 'profile' ? wanted.name : wanted.kind === 'sso-session' ? wanted.id : t.links.secretStore;
  return (
    <p className="page__only">
      <bdi>{t.doctor.only(displayText(name))}</bdi>
      <Button size="sm" onClick={() => router.go('doctor')}>
        {t.doctor.all}
      </Button>
    </p>
  );
}

/** Files with thousands of broken profiles exist; nobody reads that far down. */
const GROUP_LENGTH = 50;

function Group({
  group,
  book,
  wanted,
  onFix,
}: { readonly group: FindingGroup } & Omit<ReadingProps, 'reading'>): JSX.Element {
  const { t, format } = useText();
  const [shown, setShown] = useState(GROUP_LENGTH);
  const { severity, findings } = group;
  const at = wanted.kind === 'one' ? findings.findIndex((finding) => isWanted(finding, wanted)) : -1;
  const length = Math.max(shown, at + 1);
  return (
    <section className="card" aria-label={t.doctor.severities[severity]}>
      <header className="card__head">
        <h2 className="card__title">{t.doctor.severities[severity]}</h2>
        <span className="card__note numeric">{format.number(findings.length)}</span>
      </header>
      {findings.slice(0, length).map((finding, place) => (
        <FindingLine
          key={finding.id}
          finding={finding}
          words={findingText(book, finding)}
          wanted={place === at}
          onFix={onFix}
        />
      ))}
      {findings.length > length && (
        <div className="line">
          <Button size="sm" onClick={() => setShown(length + GROUP_LENGTH)}>
            {t.doctor.more(format.number(findings.length - length))}
          </Button>
        </div>
      )}
    </section>
  );
}
