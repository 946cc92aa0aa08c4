import { useEffect, useRef, useState, type JSX } from 'react';
import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { DigitsField } from '../prompt/digits-field.tsx';
import { useText } from '../shell/use-text.ts';
import { CodeWindow } from './code-window.tsx';
import '../prompt/prompt.css';
import './enrol.css';

/**
 * Asks for two codes that follow each other, one after the other in one field, with the time to the next. Gives both away when the
 * second is whole; give it another `key` to begin anew.
 */
export function TwoCodes(props: {
  readonly busy: boolean;
  readonly onCodes: (firstCode: string, secondCode: string) => void;
}): JSX.Element {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  const [first, setFirst] = useState<string | undefined>(undefined);
  const [trouble, setTrouble] = useState<'not-a-code' | 'same-code' | undefined>(undefined);
  const words = t.member.codes;
  useEffect(() => {
    if (!props.busy) {
      // What is to be scanned stands above, and must not scroll away.
      field.current?.focus({ preventScroll: true });
    }
  }, [props.busy]);
  const onCode = (code: string): void => {
    if (first === undefined) {
      setFirst(code);
    } else if (code === first) {
      setTrouble('same-code');
    } else {
      props.onCodes(first, code);
    }
  };
  return (
    <div className="prompt__code codes">
      {first !== undefined && (
        <p className="codes__first">
          <Icon name="check" />
          <span>{words.firstTaken}</span>
          <span className="numeric codes__digits">{`${first.slice(0, 3)} ${first.slice(3)}`}</span>
          <Button
            size="sm"
            variant="quiet"
            disabled={props.busy}
            onClick={() => {
              setFirst(undefined);
              field.current?.focus();
            }}
          >
            {words.again}
          </Button>
        </p>
      )}
      <Field
        label={first === undefined ? words.first : words.second}
        hint={first === undefined ? words.firstHint : words.secondHint}
        error={trouble === undefined ? undefined : trouble === 'same-code' ? words.same : t.prompts.notACode}
      >
        {(control) => (
          <DigitsField
            ref={field}
            control={control}
            disabled={props.busy}
            onWrong={(wrong) => setTrouble(wrong ? 'not-a-code' : undefined)}
            onCode={onCode}
          />
        )}
      </Field>
      {props.busy ? <p className="prompt__next">{t.prompts.checking}</p> : <CodeWindow />}
    </div>
  );
}
