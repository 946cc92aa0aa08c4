import type { JSX } from 'react';
import { EmptyState } from './components/empty-state.tsx';
import type { Text } from './i18n/text.ts';

/** What a page without a token shows: the way to one that has it. */
export function LockedPage(props: { readonly text: Text }): JSX.Element {
  const { t } = props.text;
  return (
    <main>
      <EmptyState icon="lock" title={t.locked.title} text={t.locked.text}>
        <code>rolecall host</code>
      </EmptyState>
    </main>
  );
}
