import { lazy, Suspense, type JSX } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { LoadBoundary } from '../shell/load-boundary.tsx';
import { ToastStack } from '../components/toast-stack.tsx';
import { AccessPane } from '../popover/access-pane.tsx';
import { useAccessSearch, useShownSearch, type AccessSearch } from '../popover/use-access-search.ts';
import type { Page as PageName, Place } from '../../shared/pages.ts';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { AccessPage } from './access-page.tsx';
import { Page } from './page.tsx';
import { SessionsPage } from './sessions-page.tsx';
import { Sidebar } from './sidebar.tsx';
import { useNarrow } from './use-narrow.ts';
import './window.css';

// Pages that nobody needs in the first moment: they come when they are opened, and the list of roles is there sooner.
const ActivityPage = lazy(async () => ({ default: (await import('./activity-page.tsx')).ActivityPage }));
const DoctorPage = lazy(async () => ({ default: (await import('./doctor-page.tsx')).DoctorPage }));
const GuidePage = lazy(async () => ({ default: (await import('./guide-page.tsx')).GuidePage }));
const ProfilesPage = lazy(async () => ({ default: (await import('./profiles-page.tsx')).ProfilesPage }));
const SettingsPage = lazy(async () => ({ default: (await import('./settings-page.tsx')).SettingsPage }));

/** The window: a sidebar of pages, and the page. */
export function WindowScreen(): JSX.Element {
  const { router } = useShell();
  const place = useCell(router.place);
  const search = useAccessSearch();
  const narrow = useNarrow();
  const listOnly = narrow && place.page === 'access';
  return (
    <div className="window">
      <Sidebar page={place.page} />
      <LoadBoundary key={place.page} instead={<MissingPage page={place.page} />}>
        <Suspense>
          <CurrentPage place={place} search={search} />
        </Suspense>
      </LoadBoundary>
      {!listOnly && (
        <div className="window__toasts">
          <ToastStack />
        </div>
      )}
    </div>
  );
}

/** In the place of a page that did not come: whoever has it to give does not answer. */
function MissingPage({ page }: { readonly page: PageName }): JSX.Element {
  const { t } = useText();
  return (
    <Page title={t.window.names[page]}>
      <EmptyState icon="error" title={t.notices.disconnected} text={t.notices.disconnectedHint} />
    </Page>
  );
}

/** The table, or the list where the window is narrow; what is searched and selected stays when one takes the other's place. */
function AccessPlace(props: { readonly search: AccessSearch; readonly subject: string | undefined }): JSX.Element {
  const { subject } = props;
  const held = useShownSearch(props.search);
  return useNarrow() ? (
    <AccessPane held={held} subject={subject} embedded />
  ) : (
    <AccessPage held={held} subject={subject} />
  );
}

function CurrentPage({ place, search }: { readonly place: Place; readonly search: AccessSearch }): JSX.Element {
  switch (place.page) {
    case 'access':
      return <AccessPlace search={search} subject={place.subject} />;
    case 'sessions':
      return <SessionsPage />;
    case 'profiles':
      return <ProfilesPage subject={place.subject} />;
    case 'activity':
      return <ActivityPage subject={place.subject} />;
    case 'doctor':
      return <DoctorPage subject={place.subject} />;
    case 'guide':
      return <GuidePage subject={place.subject} />;
    case 'settings':
      return <SettingsPage subject={place.subject} />;
  }
}
