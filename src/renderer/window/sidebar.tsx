import type { JSX } from 'react';
import { Badge } from '../components/badge.tsx';
import { Brand } from '../components/brand.tsx';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon-paths.ts';
import { PAGES, type Page } from '../../shared/pages.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { errorCount } from '../state/doctor-visit.ts';

const ICON: Readonly<Record<Page, IconName>> = {
  access: 'list',
  sessions: 'clock',
  profiles: 'profiles',
  activity: 'activity',
  doctor: 'doctor',
  guide: 'guide',
  settings: 'settings',
};

/** The pages of the window. */
export function Sidebar({ page }: { readonly page: Page }): JSX.Element {
  const { t } = useText();
  const { router, doctor } = useShell();
  const version = useAppState((state) => state.app.version);
  const problems = useAppState(
    (state) =>
      state.fileProblems.length +
      state.profiles.filter((profile) => profile.problems.some((problem) => problem.severity === 'error')).length,
  );
  const doctorErrors = errorCount(useCell(doctor));
  const live = useAppState((state) => state.liveRoles.length);
  const counts: Partial<Record<Page, JSX.Element | false>> = {
    profiles: problems > 0 && <Badge tone="danger">{problems}</Badge>,
    doctor: doctorErrors > 0 && <Badge tone="danger">{doctorErrors}</Badge>,
    sessions: live > 0 && <Badge tone="ok">{live}</Badge>,
  };
  return (
    <nav className="sidebar" aria-label={t.window.pages}>
      <p className="sidebar__brand">
        <Brand />
      </p>
      {PAGES.map((candidate) => (
        <button
          key={candidate}
          type="button"
          className="sidebar__link"
          aria-current={candidate === page ? 'page' : undefined}
          onClick={() => router.go(candidate)}
        >
          <Icon name={ICON[candidate]} />
          <span>{t.window.names[candidate]}</span>
          {counts[candidate]}
        </button>
      ))}
      <p className="sidebar__foot numeric">{t.window.version(version)}</p>
    </nav>
  );
}
