import { useEffect, useId, useRef, useState, type JSX } from 'react';
import type { DoctorFinding, FindingSubject } from '../../shared/care-commands.ts';
import type { CommandResult } from '../../shared/commands.ts';
import type { Reply } from '../../shared/reply.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { classes } from '../components/classes.ts';
import { CoreWords } from '../components/core-words.tsx';
import { Diff } from '../components/diff.tsx';
import { Icon } from '../components/icon.tsx';
import { Notice } from '../components/notice.tsx';
import { TextLink } from '../components/text-link.tsx';
import type { ShownFinding } from '../i18n/finding-words.ts';
import { failureText } from '../i18n/text.ts';
import type { Catalogue } from '../i18n/catalogue.ts';
import { displayText } from '../model/display-text.ts';
import { placeOf } from '../model/doctor-findings.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

interface FindingProps {
  readonly finding: DoctorFinding;
  readonly words: ShownFinding;
  /** The page was opened for this one. */
  readonly wanted: boolean;
  /** Resolves to whether the fix was made. */
  readonly onFix: (finding: DoctorFinding) => Promise<boolean>;
}

/** One finding: what is so, why it hurts, what to do, where; its fix is shown before it can be made. */
export function FindingLine({ finding, words, wanted, onFix }: FindingProps): JSX.Element {
  const { t } = useText();
  const place = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  const id = useId();
  useEffect(() => {
    if (wanted) {
      place.current?.scrollIntoView({ block: 'center' });
      place.current?.focus();
    }
  }, [wanted]);
  const { severity, file, line } = finding;
  return (
    <article
      ref={place}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      className={classes('finding', `finding--${severity}`, wanted && 'finding--wanted')}
    >
      <Icon name={severity} />
      <div className="finding__words">
        <h3 className="finding__title" id={`${id}-title`}>
          {words.core === undefined ? <bdi>{words.title}</bdi> : words.title}
        </h3>
        <p className="finding__why">{words.why}</p>
        <p>{words.hint}</p>
        <CoreWords>{words.core}</CoreWords>
        {file !== undefined && (
          <p className="finding__place">
            <bdi className="selectable">{line === undefined ? file : `${file}:${line}`}</bdi>
          </p>
        )}
        <div className="finding__actions">
          {finding.canFix && (
            <Button size="sm" aria-expanded={open} aria-controls={`${id}-fix`} onClick={() => setOpen(!open)}>
              {open ? t.doctor.hideFix : t.doctor.fix}
            </Button>
          )}
          {finding.about !== undefined && <AboutLink about={finding.about} />}
        </div>
        {open && (
          <div className="finding__fix" id={`${id}-fix`}>
            <Fix finding={finding} onFix={onFix} />
          </div>
        )}
      </div>
      <Badge>{t.doctor.areas[finding.area]}</Badge>
    </article>
  );
}

function AboutLink({ about }: { readonly about: FindingSubject }): JSX.Element {
  const { t } = useText();
  const { router } = useShell();
  const { page, subject } = placeOf(about);
  return (
    <TextLink onFollow={() => router.go(page, subject)}>
      <bdi>{aboutWords(about, t)}</bdi>
    </TextLink>
  );
}

function aboutWords(about: FindingSubject, t: Catalogue): string {
  switch (about.kind) {
    case 'profile':
      return t.links.profile(displayText(about.name));
    case 'sso-session':
      return t.links.ssoSession(displayText(about.id));
    case 'secret-store':
      return t.links.secretStore;
  }
}

type Plan = Reply<CommandResult<'applyFix'>>;

/** What would change, to the letter; nothing is written before the button. */
function Fix({ finding, onFix }: Pick<FindingProps, 'finding' | 'onFix'>): JSX.Element {
  const text = useText();
  const { t } = text;
  const { client } = useShell();
  const [plan, setPlan] = useState<Plan | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let current = true;
    void client
      .execute('applyFix', { findingId: finding.id, preview: true })
      .then((reply) => current && setPlan(reply));
    return () => {
      current = false;
    };
  }, [client, finding.id]);
  if (plan === undefined) {
    return <p role="status">{t.doctor.planning}</p>;
  }
  if (!plan.ok) {
    return <Notice severity="error" {...failureText(text, plan.failure)} />;
  }
  const apply = async (): Promise<void> => {
    setBusy(true);
    await onFix(finding);
    setBusy(false);
  };
  const { previews } = plan.value;
  return previews.length === 0 ? (
    <p>{t.doctor.nothingToChange}</p>
  ) : (
    <>
      {previews.map((preview) => (
        <Diff key={preview.file} preview={preview} />
      ))}
      <Button variant="primary" size="sm" busy={busy} onClick={() => void apply()}>
        {t.doctor.apply}
      </Button>
    </>
  );
}
