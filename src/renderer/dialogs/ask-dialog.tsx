import { useState, type JSX } from 'react';
import { Field } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import { FormDialog } from './form-dialog.tsx';

/** One question: whether to do something, or with which text. */
export interface Question {
  readonly title: string;
  readonly text?: string;
  /** What is to be typed; without it only yes or no is asked. */
  readonly field?: { readonly label: string; readonly hint: string };
  readonly confirm: string;
  /** Something is lost by it. */
  readonly danger?: boolean;
  readonly run: (text: string) => void;
}

/** Asks, and goes on with the answer. */
export function AskDialog(props: { readonly question: Question; readonly onClose: () => void }): JSX.Element {
  const { question, onClose } = props;
  const { field } = question;
  const [text, setText] = useState('');
  return (
    <FormDialog
      size="small"
      title={question.title}
      submit={question.confirm}
      danger={question.danger}
      busy={false}
      disabled={field !== undefined && text.trim() === ''}
      onClose={onClose}
      onSubmit={() => {
        onClose();
        question.run(text);
      }}
    >
      {question.text !== undefined && <p>{question.text}</p>}
      {field !== undefined && (
        <Field {...field}>
          {(control) => (
            <TextInput {...control} data-focus-first value={text} onChange={(event) => setText(event.target.value)} />
          )}
        </Field>
      )}
    </FormDialog>
  );
}
