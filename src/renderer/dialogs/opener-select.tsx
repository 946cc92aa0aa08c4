import type { JSX } from 'react';
import { parseOpener, type OpenerChoice, type OpenerId } from '../../shared/console-opener.ts';
import type { FieldControl } from '../components/field.tsx';
import { Select } from '../components/select.tsx';
import { offeredOpeners, openerName } from '../model/openers.ts';
import { useText } from '../shell/use-text.ts';

/** A choice of where consoles open. An empty value stands for `unset`, which is offered first where it is given. */
export function OpenerSelect(props: {
  readonly openers: { readonly choices: readonly OpenerChoice[]; readonly known: boolean };
  readonly value: OpenerId;
  readonly onChange: (value: OpenerId) => void;
  readonly unset?: string;
  readonly label?: string;
  readonly control?: Partial<FieldControl>;
  readonly size?: 'sm' | 'md';
  readonly wide?: boolean;
}): JSX.Element {
  const { t } = useText();
  const { openers, value, unset } = props;
  const offered = openers.known
    ? offeredOpeners(openers.choices, value, t)
    : [...new Set([...openers.choices.map(({ id }) => id), ...(value === '' ? [] : [value])])].map((id) => ({
        value: id,
        label: openerName(openers.choices, id, t),
      }));
  return (
    <Select
      {...(props.label === undefined ? {} : { label: props.label })}
      {...(props.control === undefined ? {} : { control: props.control })}
      size={props.size ?? 'md'}
      wide={props.wide ?? false}
      value={value}
      options={unset === undefined ? offered : [{ value: '', label: unset }, ...offered]}
      onChange={props.onChange}
    />
  );
}

/** What a person has to know of an opener before it works; empty where there is nothing. */
export function openerNote(id: OpenerId, notes: Readonly<Partial<Record<OpenerChoice['kind'], string>>>): string {
  const opener = parseOpener(id);
  return opener === undefined ? '' : (notes[opener.kind] ?? '');
}
