import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { isFirstRun } from '../model/first-run.ts';
import { refreshDirectories } from '../shell/sso-menu.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import { FirstRunPanel } from './first-run-panel.tsx';
import { NoMatch } from './no-match.tsx';
import type { AccessListState } from './use-access-list.ts';

/** Why there is no role to show, and what can be done about it. */
export function EmptyReason(props: { readonly list: AccessListState; readonly typing: boolean }): ReactNode {
  const { list, typing } = props;
  const { t } = useText();
  const sessions = useAppState((state) => state.ssoSessions);
  const directories = useAppState((state) => state.directories);
  const isFirst = useAppState(isFirstRun);
  const shell = useShell();
  if (typing) {
    return <FirstRunPanel />;
  }
  if (list.query !== '') {
    return (
      <NoMatch list={list}>
        <Button onClick={() => list.setQuery('')}>{t.list.clear}</Button>
      </NoMatch>
    );
  }
  if (sessions.length === 0) {
    return <FirstRunPanel />;
  }
  if (sessions.some((session) => session.signIn !== undefined)) {
    return null;
  }
  if (isFirst) {
    return <FirstRunPanel />;
  }
  const signedOut = sessions.find((session) => session.access.kind !== 'signed-in');
  if (signedOut !== undefined && sessions.every((session) => session.access.kind !== 'signed-in')) {
    return (
      <EmptyState icon="sign-in" title={t.empty.signedOut} text={t.empty.signedOutText}>
        <Button variant="primary" onClick={() => shell.actions.signIn(signedOut.id)}>
          {t.sso.signIn}
        </Button>
      </EmptyState>
    );
  }
  const fetching = sessions.some((session) => directories[session.id]?.refreshedAt === undefined);
  return fetching ? (
    <EmptyState icon="refresh" title={t.empty.fetching} text={t.empty.fetchingText} />
  ) : (
    <EmptyState icon="list" title={t.empty.noAccounts} text={t.empty.noAccountsText}>
      <Button icon="refresh" onClick={() => refreshDirectories(shell)}>
        {t.sso.refresh}
      </Button>
    </EmptyState>
  );
}
