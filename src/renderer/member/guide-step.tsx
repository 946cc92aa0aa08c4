import type { JSX, ReactNode } from 'react';
import type { GuideText } from '../../shared/member-commands.ts';
import { classes } from '../components/classes.ts';
import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import type { GuideBook } from '../i18n/guide-book.ts';
import { documentTitle, stepWords } from '../i18n/guide-words.ts';
import type { AnswerName, GuideSide } from '../model/guide-answers.ts';
import type { StepStatus } from '../model/guide-steps.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { GuideDocument, type GuideFormat } from './guide-document.tsx';

type Step = GuideText['steps'][number];

/** One step: what to do and why, what to copy, where to go, and the button that does it here. */
export function GuideStep(props: {
  readonly book: GuideBook;
  readonly side: GuideSide;
  readonly step: Step;
  readonly number: number;
  readonly status: StepStatus;
  readonly names: Readonly<Record<AnswerName, string>>;
  readonly format: GuideFormat;
  readonly onFormat: (format: GuideFormat) => void;
  readonly children: ReactNode;
}): JSX.Element {
  const { t } = useText();
  const { book, step, status } = props;
  const words = stepWords(book, props.side, step, props.names);
  return (
    <li
      className={classes('step', `step--${status}`)}
      data-step={step.id}
      data-mends={[step.action, ...step.documents.map(({ id }) => id)].filter(Boolean).join(' ')}
      tabIndex={-1}
      aria-current={status === 'next' ? 'step' : undefined}
    >
      <span className="step__number">
        {status === 'done' ? <Icon name="check" /> : props.number}
        {status !== 'plain' && <span className="visually-hidden">{t.guide.status[status]}</span>}
      </span>
      <div className="step__words">
        <h2 className="step__title">{words.title}</h2>
        {words.paragraphs.map((paragraph) => (
          <p key={paragraph} className="step__text">
            {paragraph}
          </p>
        ))}
        {step.links.map((link) => (
          <PageAddress key={link.url} label={link.label} url={link.url} />
        ))}
        {step.documents.map((document) => (
          <GuideDocument
            key={document.id}
            document={document}
            title={documentTitle(book, document)}
            format={props.format}
            onFormat={props.onFormat}
          />
        ))}
        {props.children}
      </div>
    </li>
  );
}

/** A page of the AWS console, to be opened where the reader is signed in: copied, never opened from here. */
function PageAddress({ label, url }: { readonly label: string; readonly url: string }): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  return (
    <p className="address">
      <Icon name="globe" />
      <span className="address__label">{label}</span>
      <span className="address__url selectable truncate" title={url}>
        {url}
      </span>
      <IconButton icon="copy" label={t.guide.copyAddress(label)} onClick={() => actions.copyPlain(url)} />
    </p>
  );
}
