import type { JSX } from 'react';
import { GUIDE_FORMATS } from '../../shared/guide-formats.ts';
import type { GuideText } from '../../shared/member-commands.ts';
import { Button } from '../components/button.tsx';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { ChoiceCards } from './choice-cards.tsx';
import './guide-document.css';

export type GuideFormat = (typeof GUIDE_FORMATS)[number];
type Document = GuideText['steps'][number]['documents'][number];

/** Names of formats are the same in every language. */
const FORMAT_NAMES: Readonly<Record<GuideFormat, string>> = {
  json: 'JSON',
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
};

/** Something to copy into AWS, in the form the reader works with. */
export function GuideDocument(props: {
  readonly document: Document;
  readonly title: string;
  readonly format: GuideFormat;
  readonly onFormat: (format: GuideFormat) => void;
}): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const { document } = props;
  return (
    <figure className="document">
      <figcaption className="document__head">
        <span className="document__title">{props.title}</span>
        <span className="document__file">{document.fileName}</span>
      </figcaption>
      <div className="document__bar">
        <ChoiceCards
          compact
          label={t.guide.format}
          value={props.format}
          onChange={props.onFormat}
          choices={GUIDE_FORMATS.map((value) => ({ value, title: FORMAT_NAMES[value] }))}
        />
        <Button size="sm" icon="copy" onClick={() => actions.copyPlain(document.text)}>
          {t.common.copy}
        </Button>
      </div>
      <pre className="document__text" tabIndex={0} aria-label={props.title}>
        {document.text}
      </pre>
    </figure>
  );
}
