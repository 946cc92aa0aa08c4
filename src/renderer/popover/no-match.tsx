import type { JSX, ReactNode } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { displayText, isolated } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';
import type { AccessListState } from './use-access-list.ts';

/** As many as fit a line or two. */
const MOST_CHOICES = 6;

/** That a search found nothing; of a filter that means nothing here, what would. */
export function NoMatch(props: { readonly list: AccessListState; readonly children?: ReactNode }): JSX.Element {
  const { t } = useText();
  const { unknown } = props.list;
  const known = unknown?.choices
    .slice(0, MOST_CHOICES)
    .map(({ value }) => `${unknown.key}:${displayText(value)}`)
    .join(', ');
  return (
    <EmptyState
      icon="search"
      title={t.empty.noMatch}
      text={
        unknown === undefined || known === ''
          ? t.empty.noMatchText
          : t.empty.unknownFilter(isolated(`${unknown.key}:${unknown.value}`), known ?? '')
      }
    >
      {props.children}
    </EmptyState>
  );
}
