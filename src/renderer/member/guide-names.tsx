import type { JSX } from 'react';
import type { CommandInput } from '../../shared/commands.ts';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Select } from '../components/select.tsx';
import { TextInput } from '../components/text-input.tsx';
import { RegionInput } from '../dialogs/region-input.tsx';
import {
  ANSWERS_OF_SIDE,
  isGoodAnswer,
  type AnswerName,
  type Answers,
  type GuideSide,
} from '../model/guide-answers.ts';
import { useText } from '../shell/use-text.ts';

export type PartitionId = NonNullable<CommandInput<'readGuide'>['answers']['partition']>;

const PARTITIONS: readonly PartitionId[] = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'];

/** The same in every language. */
const EXAMPLES: Readonly<Record<AnswerName, string>> = {
  homeAccountId: '111122223333',
  workAccountId: '444455556666',
  userName: 'jane.doe',
  roleName: 'admin-role',
  permissionSetName: 'ReadOnly',
  startUrl: 'https://acme.awsapps.com/start',
  region: 'eu-central-1',
};

/** The reader's own names, kept by the page. What AWS would not take is said at its field, and left out of the documents. */
export function GuideNames(props: {
  readonly side: GuideSide;
  readonly answers: Answers;
  readonly onAnswer: (name: AnswerName, text: string) => void;
  readonly partition: PartitionId;
  readonly onPartition: (partition: PartitionId) => void;
}): JSX.Element {
  const { t } = useText();
  const { side, partition } = props;
  const words = t.guide.names;
  return (
    <details className="names" open>
      <summary className="names__head">
        <Icon name="chevron-right" />
        <span className="names__title">{words.title}</span>
        <span className="names__hint">{words.hint}</span>
      </summary>
      <div className="names__fields">
        {ANSWERS_OF_SIDE[side].map((name) => (
          <NameField key={name} name={name} value={props.answers[name] ?? ''} onValue={props.onAnswer} />
        ))}
        {side.startsWith('admin') && (
          <Field label={words.partition}>
            {(control) => (
              <Select
                wide
                control={control}
                value={partition}
                options={PARTITIONS.map((value) => ({ value, label: words.partitions[value] }))}
                onChange={props.onPartition}
              />
            )}
          </Field>
        )}
      </div>
    </details>
  );
}

function NameField(props: {
  readonly name: AnswerName;
  readonly value: string;
  readonly onValue: (name: AnswerName, text: string) => void;
}): JSX.Element {
  const { t } = useText();
  const { name, value, onValue } = props;
  const words = t.guide.names;
  return (
    <Field label={words.fields[name]} error={isGoodAnswer(name, value) ? undefined : words.errors[name]}>
      {(control) =>
        name === 'region' ? (
          <RegionInput control={control} value={value} onValue={(text) => onValue(name, text.trim())} />
        ) : (
          <TextInput
            {...control}
            placeholder={EXAMPLES[name]}
            value={value}
            onChange={(event) => onValue(name, event.target.value)}
          />
        )
      }
    </Field>
  );
}
