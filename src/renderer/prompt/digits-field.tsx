import { useState, type JSX, type Ref } from 'react';
import type { FieldControl } from '../components/field.tsx';
import { classes } from '../components/classes.ts';
import { isComposing } from '../model/is-composing.ts';
import { readTokenCode, TOKEN_CODE_LENGTH } from '../model/token-code.ts';

const SLOTS = Array.from({ length: TOKEN_CODE_LENGTH }, (_, at) => at);

/** What the field needs. */
interface DigitsFieldProps {
  readonly ref?: Ref<HTMLInputElement>;
  readonly control: FieldControl;
  readonly disabled: boolean;
  readonly onCode: (tokenCode: string) => void;
  /** What was typed or pasted cannot be a code. */
  readonly onWrong: (wrong: boolean) => void;
}

/**
 * Six digits. One plain field lies over the six boxes, so that pasting, deleting and password managers work as everywhere. Gives
 * the code away as soon as it is whole, and keeps nothing of it.
 */
export function DigitsField({ ref, control, disabled, onCode, onWrong }: DigitsFieldProps): JSX.Element {
  const [digits, setDigits] = useState('');
  // What is being composed is the input method's still: another text in its place would be followed by it.
  const [composed, setComposed] = useState<string | undefined>(undefined);
  const shown = composed ?? digits;
  const onText = (raw: string): void => {
    setComposed(undefined);
    const read = readTokenCode(raw);
    onWrong(read.kind === 'wrong');
    if (read.kind === 'complete') {
      setDigits('');
      onCode(read.digits);
    } else if (read.kind === 'partial') {
      setDigits(read.digits);
    }
  };
  return (
    <div className="digits">
      <input
        {...control}
        ref={ref}
        data-focus-first
        className="digits__input"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCorrect="off"
        spellCheck={false}
        disabled={disabled}
        value={shown}
        onChange={({ target, nativeEvent }) => (isComposing(nativeEvent) ? setComposed : onText)(target.value)}
        onCompositionEnd={(event) => onText(event.currentTarget.value)}
      />
      {SLOTS.map((at) => (
        <span
          key={at}
          className={classes('digits__slot', at === shown.length && 'digits__slot--next')}
          aria-hidden="true"
        >
          {shown[at] ?? ''}
        </span>
      ))}
    </div>
  );
}
