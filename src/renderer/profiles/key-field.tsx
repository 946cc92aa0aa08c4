import type { JSX } from 'react';
import { Field } from '../components/field.tsx';
import { Select } from '../components/select.tsx';
import { TextInput } from '../components/text-input.tsx';
import { RegionInput } from '../dialogs/region-input.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';

/** A key of a profile: one of a few values, a region, or a text. Empty is no key. */
export function KeyField(props: {
  readonly name: string;
  readonly label?: string;
  readonly choices?: readonly string[] | undefined;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const { name, choices, value, onValue } = props;
  const words = useProfileToolWords();
  return (
    <Field label={props.label ?? name}>
      {(control) => {
        if (choices !== undefined) {
          // What stands in the file may be none of them.
          const values = ['', ...new Set([...choices, ...(value === '' ? [] : [value])])];
          const options = values.map((each) => ({ value: each, label: each === '' ? words.sync.none : each }));
          return <Select wide control={control} value={value} options={options} onChange={onValue} />;
        }
        return name.endsWith('region') ? (
          <RegionInput control={control} value={value} onValue={onValue} />
        ) : (
          <TextInput {...control} value={value} onChange={(event) => onValue(event.target.value)} />
        );
      }}
    </Field>
  );
}
