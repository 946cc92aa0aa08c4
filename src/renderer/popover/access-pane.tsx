import { useEffect, useId, useRef, type JSX } from 'react';
import { IconButton } from '../components/icon-button.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Brand } from '../components/brand.tsx';
import { ToastStack } from '../components/toast-stack.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import { AccessList, rowDomId } from './access-list.tsx';
import { ActionBar } from './action-bar.tsx';
import { EmptyReason } from './empty-reason.tsx';
import { isFirstRun } from '../model/first-run.ts';
import { useFilterMenu } from './filter-menu.tsx';
import { FirstRunCard, useIsTypingFirstSso } from './first-run-panel.tsx';
import { NoticeStack } from './notice-stack.tsx';
import { offerToTypeOver } from './offered-text.ts';
import { SandboxBanner } from './sandbox-banner.tsx';
import { SignInCards } from './sign-in-card.tsx';
import { SsoStrip } from './sso-strip.tsx';
import { useAccessKeys } from './use-access-keys.ts';
import { useAccessSearch, useShownSearch, type ShownSearch } from './use-access-search.ts';
import { useAccessList, type AccessListState } from './use-access-list.ts';
import { useRoleActions } from './use-role-actions.ts';
import './access-pane.css';

/** The list as a page of its own. */
export function Popover(): JSX.Element {
  return <AccessPane held={useShownSearch(useAccessSearch())} />;
}

/** Search, Identity Centers and the list: the popover, and the window where it is narrow. First the role whose key is `subject`. */
export function AccessPane(props: {
  readonly held: ShownSearch;
  readonly subject?: string | undefined;
  readonly embedded?: boolean;
}): JSX.Element {
  const { embedded = false } = props;
  const { t } = useText();
  const list = useAccessList(props.held, props.subject);
  const listId = useId();
  const search = useRef<HTMLInputElement>(null);
  const onKeyDown = useAccessKeys({ listId, list, search });
  useFocusOnShow(search);
  const filter = useFilterMenu(list, search);
  const isFirst = useAppState(isFirstRun);
  const hasSessions = useAppState((state) => state.ssoSessions.length > 0);
  const typing = useIsTypingFirstSso();
  const nothing = typing || (!hasSessions && list.query === '' && list.items.length === 0);

  return (
    <div className="pane" onKeyDown={onKeyDown}>
      <SandboxBanner />
      <header className="pane__search">
        {nothing ? (
          <Brand />
        ) : (
          <>
            <SearchField
              ref={search}
              role="combobox"
              aria-haspopup="grid"
              aria-autocomplete="list"
              aria-expanded={list.items.length > 0}
              aria-controls={listId}
              aria-activedescendant={list.activeIndex < 0 ? undefined : rowDomId(listId, list.activeIndex)}
              label={t.list.search}
              clearLabel={t.list.clear}
              value={list.query}
              onValue={list.setQuery}
            />
            <IconButton icon="filter" size="md" label={filter.label} aria-haspopup="menu" onClick={filter.open} />
          </>
        )}
      </header>
      <main className="pane__main">
        <h1 className="visually-hidden">{t.list.label}</h1>
        <SsoStrip />
        <NoticeStack welcoming={isFirst} />
        <SignInCards />
        <PaneBody list={list} listId={listId} />
        <ToastStack />
      </main>
      {!embedded && <ActionBar list={list} />}
    </div>
  );
}

/** The list, or why there is none. The list itself stays in the page, for the field refers to it. */
function PaneBody({ list, listId }: { readonly list: AccessListState; readonly listId: string }): JSX.Element {
  const actions = useRoleActions();
  const typing = useIsTypingFirstSso();
  const empty = typing || list.items.length === 0;
  return (
    <div className="pane__body">
      {empty && (
        <div className="pane__empty">
          <EmptyReason list={list} typing={typing} />
        </div>
      )}
      {!empty && list.query === '' && <FirstRunCard />}
      <div className="pane__list" hidden={empty}>
        <AccessList id={listId} list={list} actions={actions} />
      </div>
    </div>
  );
}

/** Whoever opens the popover wants to type; whoever comes back to it wants to type anew. */
function useFocusOnShow(search: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const focus = (): void => {
      if (document.querySelector('dialog[open], [popover]:popover-open') === null) {
        offerToTypeOver(search.current);
      }
    };
    search.current?.focus();
    window.addEventListener('focus', focus);
    return () => window.removeEventListener('focus', focus);
  }, [search]);
}
