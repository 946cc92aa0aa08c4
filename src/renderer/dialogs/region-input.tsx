import { useId, type JSX } from 'react';
import type { FieldControl } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { REGIONS } from '../model/regions.ts';
import { regionNamed } from '../model/destinations.ts';
import { useText } from '../shell/use-text.ts';

/** A region by its id, with all known ones to choose from; a city's name in any language is taken too. */
export function RegionInput(props: {
  readonly control: FieldControl;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const { language } = useText();
  const listId = useId();
  return (
    <>
      <TextInput
        {...props.control}
        list={listId}
        placeholder="us-east-1"
        value={props.value}
        onChange={(event) => props.onValue(regionNamed(event.target.value)?.id ?? event.target.value)}
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
