import type { JSX, KeyboardEvent } from 'react';
import type { FieldControl } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { acceleratorOf } from '../model/accelerator.ts';
import { useText } from '../shell/use-text.ts';

/** Takes the next combination of keys; Backspace takes it away. */
export function ShortcutInput(props: {
  readonly control: FieldControl;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const { t } = useText();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab' || event.key === 'Escape') {
      return;
    }
    event.preventDefault();
    const accelerator = event.key === 'Backspace' || event.key === 'Delete' ? '' : acceleratorOf(event);
    if (accelerator !== undefined) {
      props.onValue(accelerator);
    }
  };
  return (
    <TextInput
      {...props.control}
      readOnly
      value={props.value}
      placeholder={t.settings.pressKeys}
      onKeyDown={onKeyDown}
    />
  );
}
