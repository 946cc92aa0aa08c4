import { useEffect, useId, useRef, type JSX, type RefObject } from 'react';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { SearchField } from '../components/search-field.tsx';
import { rowDomId } from '../popover/access-list.tsx';
import { isFirstRun } from '../model/first-run.ts';
import { useFilterMenu } from '../popover/filter-menu.tsx';
import { FirstRunCard, FirstRunPanel, useIsTypingFirstSso } from '../popover/first-run-panel.tsx';
import { EmptyReason } from '../popover/empty-reason.tsx';
import { NoticeStack } from '../popover/notice-stack.tsx';
import { SandboxBanner } from '../popover/sandbox-banner.tsx';
import { SignInCards } from '../popover/sign-in-card.tsx';
import { SsoStrip } from '../popover/sso-strip.tsx';
import { useAccessKeys } from '../popover/use-access-keys.ts';
import type { ShownSearch } from '../popover/use-access-search.ts';
import { useAccess, useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { AccessTable } from './access-table.tsx';
import { Inspector } from './inspector.tsx';
import { SeveralPanel } from './several-panel.tsx';
import { useAccessTable, type AccessTableState } from './use-access-table.ts';
import './access-page.css';

/** Every account and role in a table, and beside it the one that is selected: first the one whose key is `subject`. */
export function AccessPage(props: { readonly held: ShownSearch; readonly subject: string | undefined }): JSX.Element {
  const { t, format } = useText();
  const table = useAccessTable(props.held, props.subject);
  const listId = useId();
  const search = useRef<HTMLInputElement>(null);
  const onKeyDown = useAccessKeys({ listId, list: table, search });
  const { accounts } = useAccess();
  const sessions = useAppState((state) => state.ssoSessions);
  const isFirst = useAppState(isFirstRun);
  useEffect(() => search.current?.focus(), []);

  const typing = useIsTypingFirstSso();
  const nothing = accounts.length === 0;
  return (
    <main className="page access" onKeyDown={onKeyDown}>
      <h1 className="visually-hidden">{t.list.label}</h1>
      <SandboxBanner />
      <header className="access__head">
        <SearchField
          ref={search}
          boxed
          role="combobox"
          aria-haspopup="grid"
          aria-autocomplete="list"
          aria-expanded={table.items.length > 0}
          aria-controls={listId}
          aria-activedescendant={table.activeIndex < 0 ? undefined : rowDomId(listId, table.activeIndex)}
          label={t.list.search}
          clearLabel={t.list.clear}
          value={table.query}
          onValue={table.setQuery}
        />
        <Tools table={table} search={search} />
      </header>
      <SsoStrip />
      <NoticeStack welcoming={isFirst} />
      <SignInCards />
      <p role="status" className="visually-hidden">
        {table.several.length > 0 && t.several.selected(table.several.length, format.number(table.several.length))}
      </p>
      <div className="access__body">
        {typing || (nothing && (sessions.length === 0 || isFirst)) ? (
          <div className="access__first">
            <FirstRunPanel />
          </div>
        ) : (
          <>
            <section className="access__table">
              {table.query === '' && <FirstRunCard />}
              {table.items.length === 0 && <EmptyReason list={table} typing={false} />}
              <AccessTable id={listId} table={table} />
            </section>
            {table.several.length > 0 ? (
              <SeveralPanel entries={table.several} onOne={table.selectOne} />
            ) : (
              <Inspector entry={table.active?.entry} scope={table.scope} />
            )}
          </>
        )}
      </div>
    </main>
  );
}

function Tools(props: {
  readonly table: AccessTableState;
  readonly search: RefObject<HTMLInputElement | null>;
}): JSX.Element {
  const { table, search } = props;
  const { t, format } = useText();
  const shell = useShell();
  const filter = useFilterMenu(table, search);
  return (
    <>
      <Button className="access__filter" aria-haspopup="menu" onClick={filter.open}>
        {filter.label}
        <Icon name="chevron-down" />
      </Button>
      <span className="access__count numeric">
        {t.table.count(table.items.length, format.number(table.items.length))}
      </span>
      <IconButton
        icon="plus"
        size="md"
        label={t.sso.addAnother}
        onClick={() => shell.dialogs.open({ kind: 'add-sso-session' })}
      />
      <IconButton icon="keyboard" size="md" label={t.bar.keys} onClick={() => shell.dialogs.open({ kind: 'keys' })} />
    </>
  );
}
