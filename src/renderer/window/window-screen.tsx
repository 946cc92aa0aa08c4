import { lazy, Suspense, type JSX } from 'react';
import { ToastStack } from '../components/toast-stack.tsx';
import { AccessPane } from '../popover/access-pane.tsx';
import type { Place } from '../../shared/pages.ts';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { AccessPage } from './access-page.tsx';
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
  const narrow = useNarrow();
  const listOnly = narrow && place.page === 'access';
  return (
    <div className="window">
      <Sidebar page={place.page} />
      <Suspense>{listOnly ? <AccessPane embedded /> : <CurrentPage place={place} />}</Suspense>
      {!listOnly && (
        <div className="window__toasts">
          <ToastStack />
        </div>
      )}
    </div>
  );
}

function CurrentPage({ place }: { readonly place: Place }): JSX.Element {
  switch (place.page) {
    case 'access':
      return <AccessPage subject={place.subject} />;
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
