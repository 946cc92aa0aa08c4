import type { JSX } from 'react';
import { Button } from '../components/button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { displayText } from '../model/display-text.ts';
import type { ProfileDialog } from '../profiles/profile-dialog.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import type { MenuEntry } from '../state/menu.ts';
import { Page } from './page.tsx';
import { ProblemList } from './problem-list.tsx';
import { ProfileDetail } from './profile-detail.tsx';
import { ProfileList } from './profile-list.tsx';
import { useNarrow } from './use-narrow.ts';
import './profiles-page.css';

/** The profiles of `~/.aws` as every tool will see them, with what is wrong. */
export function ProfilesPage({ subject }: { readonly subject: string | undefined }): JSX.Element {
  const { t } = useText();
  const { router } = useShell();
  const narrow = useNarrow();
  const profiles = useAppState((state) => state.profiles);
  const fileProblems = useAppState((state) => state.fileProblems);
  const chosen = profiles.find((profile) => profile.name === subject) ?? (narrow ? undefined : profiles[0]);
  if (narrow && chosen !== undefined) {
    return (
      <Page
        title={displayText(chosen.name)}
        tools={
          <Button icon="back" onClick={() => router.go('profiles')}>
            {t.profiles.back}
          </Button>
        }
      >
        <ProfileDetail profile={chosen} />
      </Page>
    );
  }
  return (
    <Page title={t.window.names.profiles} lead={t.profiles.lead} tools={<ProfileTools />} flush={profiles.length > 0}>
      {fileProblems.length > 0 && (
        <div className="profiles__problems">
          <ProblemList problems={fileProblems} />
        </div>
      )}
      {profiles.length === 0 ? (
        <EmptyState icon="profiles" title={t.profiles.empty} text={t.profiles.emptyText}>
          <Button icon="guide" onClick={() => router.go('guide')}>
            {t.window.names.guide}
          </Button>
        </EmptyState>
      ) : (
        <div className="profiles">
          <ProfileList profiles={profiles} chosen={chosen} />
          {chosen !== undefined && (
            <section className="profiles__detail" aria-label={displayText(chosen.name)} tabIndex={0}>
              <ProfileDetail key={chosen.name} profile={chosen} />
            </section>
          )}
        </div>
      )}
    </Page>
  );
}

/** What is done with all of them. */
function ProfileTools(): JSX.Element {
  const { t } = useText();
  const words = useProfileToolWords();
  const { actions, dialogs, menus } = useShell();
  const canSync = useAppState((state) => state.ssoSessions.some(({ form }) => form === 'sso-session'));
  const open = (dialog: ProfileDialog): void => dialogs.open({ kind: 'profiles', dialog });
  const entries: readonly MenuEntry[] = [
    {
      kind: 'item',
      id: 'share',
      label: words.page.export,
      icon: 'link',
      run: () => open({ kind: 'share-set-up' }),
    },
    {
      kind: 'item',
      id: 'take',
      label: words.page.import,
      icon: 'profiles',
      run: () => open({ kind: 'take-set-up' }),
    },
    { kind: 'line', id: 'line' },
    {
      kind: 'item',
      id: 'reload',
      label: t.profiles.reload,
      icon: 'refresh',
      run: () => void actions.run('reloadFiles', {}),
    },
  ];
  return (
    <div className="profiles__tools">
      <Button icon="clock" onClick={() => open({ kind: 'edits' })}>
        {words.changes}
      </Button>
      {canSync && (
        <Button icon="profiles" onClick={() => open({ kind: 'sync' })}>
          {words.page.sync}
        </Button>
      )}
      <IconButton
        icon="more"
        size="md"
        label={words.more}
        aria-haspopup="menu"
        onClick={(event) => menus.open({ label: words.more, anchor: event.currentTarget, entries })}
      />
    </div>
  );
}
