import { useId, useState, type JSX } from 'react';
import type { FieldControl } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { regionNamed } from '../model/destinations.ts';
import { isComposing } from '../model/is-composing.ts';
import { REGIONS } from '../../shared/regions.ts';
import { useText } from '../shell/use-text.ts';

/** A region by its id, with all known ones to choose from; a city's name in any language is taken too. */
export function RegionInput(props: {
  readonly control: FieldControl;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const { language } = useText();
  const listId = useId();
  const [typed, setTyped] = useState('');
  // Forms keep no spaces around it, but of "Hong Kong" the space is typed before the second word is.
  const shown = typed.trim() === props.value ? typed : props.value;
  const change = (text: string, composing: boolean): void => {
    setTyped(text);
    // A word that is being composed is the input method's still: another in its place would be followed by it.
    props.onValue((composing ? undefined : regionNamed(text)?.id) ?? text);
  };
  return (
    <>
      <TextInput
        {...props.control}
        list={listId}
        placeholder="us-east-1"
        value={shown}
        onChange={(event) => change(event.target.value, isComposing(event.nativeEvent))}
        onCompositionEnd={(event) => change(event.currentTarget.value, false)}
      />
      <datalist id={listId}>
        {REGIONS.map((region) => (
          <option key={region.id} value={region.id}>
            {region.names[language]}
          </option>
        ))}
      </datalist>
    </>
  );
}
