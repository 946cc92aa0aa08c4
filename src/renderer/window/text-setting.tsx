import { useState, type JSX, type KeyboardEvent } from 'react';
import type { FieldControl } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';

/** A line of text that counts when the field is left or Enter is pressed; what cannot be used stays in the field, with the reason. */
export function TextSetting(props: {
  readonly control: FieldControl;
  readonly value: string;
  readonly placeholder: string;
  readonly takes: (text: string) => boolean;
  readonly wrong: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  const { control, value, takes, onValue } = props;
  const [draft, setDraft] = useState<string | undefined>(undefined);
  const [isWrong, setWrong] = useState(false);
  const commit = (): void => {
    const text = draft?.trim();
    if (text === undefined || text === value) {
      setDraft(undefined);
      setWrong(false);
    } else if (takes(text)) {
      onValue(text);
      setDraft(undefined);
      setWrong(false);
    } else {
      setWrong(true);
    }
  };
  const errorId = `${control.id}-error`;
  return (
    <div className="text-setting">
      <TextInput
        {...control}
        aria-describedby={isWrong ? errorId : control['aria-describedby']}
        aria-invalid={isWrong || undefined}
        value={draft ?? value}
        placeholder={props.placeholder}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event: KeyboardEvent) => {
          // Names of folders are composed in Chinese and Japanese: such keys belong to the input method.
          if (event.nativeEvent.isComposing) {
            return;
          }
          if (event.key === 'Enter') {
            commit();
          } else if (event.key === 'Escape' && draft !== undefined) {
            event.stopPropagation();
            setDraft(undefined);
            setWrong(false);
          }
        }}
      />
      {isWrong && (
        <p className="field__error" id={errorId} role="alert">
          {props.wrong}
        </p>
      )}
    </div>
  );
}
