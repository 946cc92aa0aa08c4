import { Suspense, type JSX } from 'react';
import { EmptyState } from '../components/empty-state.tsx';
import { Boundary } from '../shell/boundary.tsx';
import { onDemand } from '../shell/on-demand.ts';
import { useBreakage } from '../shell/use-breakage.tsx';
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
const ActivityPage = onDemand(async () => (await import('./activity-page.tsx')).ActivityPage);
const DoctorPage = onDemand(async () => (await import('./doctor-page.tsx')).DoctorPage);
const GuidePage = onDemand(async () => (await import('./guide-page.tsx')).GuidePage);
const ProfilesPage = onDemand(async () => (await import('./profiles-page.tsx')).ProfilesPage);
const SettingsPage = onDemand(async () => (await import('./settings-page.tsx')).SettingsPage);

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
      <Boundary key={place.page} renderInstead={(error) => <MissingPage page={place.page} error={error} />}>
        <Suspense>
          <CurrentPage place={place} search={search} />
        </Suspense>
      </Boundary>
      {!listOnly && (
        <div className="window__toasts">
          <ToastStack />
        </div>
      )}
    </div>
  );
}

/** In the place of a page that did not come, or cannot be shown. */
function MissingPage({ page, error }: { readonly page: PageName; readonly error: unknown }): JSX.Element {
  const { t } = useText();
  const { title, text, action } = useBreakage(error);
  return (
    <Page title={t.window.names[page]}>
      <EmptyState icon="error" title={title} text={text}>
        {action}
      </EmptyState>
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
