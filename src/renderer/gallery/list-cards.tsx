import type { JSX } from 'react';
import { Button } from '../components/button.tsx';
import { Diff } from '../components/diff.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { Ring } from '../components/ring.tsx';
import { AccountRow } from '../popover/account-row.tsx';
import { RoleRow } from '../popover/role-row.tsx';
import { roleFacts, useRowContext } from '../popover/row-context.ts';
import { SectionRow } from '../popover/section-row.tsx';
import { SsoStrip } from '../popover/sso-strip.tsx';
import { useRoleActions } from '../popover/use-role-actions.ts';
import { useAccess } from '../shell/use-app-state.ts';
import { GalleryCard } from './gallery-card.tsx';
import '../popover/access-list.css';

const DIFF =
  '@@ -1,4 +1,2 @@\n [assume-only]\n-aws_access_key_id = AKIA…\n-aws_secret_access_key = …\n+credential_process = rolecall credentials --profile p-7f3a\n';

/** Rows, rings, empty states and changes to files. */
export function ListCards(): JSX.Element {
  return (
    <>
      <Rows />
      <GalleryCard name="CountdownRing">
        <div className="gallery__line">
          <Ring fraction={1} urgency="calm" />
          <Ring fraction={0.7} urgency="calm" />
          <Ring fraction={0.15} urgency="soon" />
          <Ring fraction={0.03} urgency="last" />
          <Ring fraction={0} urgency="ended" />
          <Ring fraction={0.6} urgency="calm" size="lg" />
        </div>
      </GalleryCard>
      <GalleryCard name="EmptyState">
        <div className="gallery__wide">
          <EmptyState icon="sign-in" title="You are signed out" text="Sign in to see your accounts and roles.">
            <Button variant="primary">Sign in</Button>
          </EmptyState>
        </div>
      </GalleryCard>
      <GalleryCard name="Diff">
        <div className="gallery__wide">
          <Diff preview={{ file: '~/.aws/credentials', diff: DIFF, applied: false }} />
        </div>
      </GalleryCard>
    </>
  );
}

function Rows(): JSX.Element {
  const { accounts } = useAccess();
  const context = useRowContext();
  const actions = useRoleActions();
  const rows = accounts.flatMap((account) => account.roles);
  return (
    <GalleryCard name="Row, strip">
      <div className="gallery__wide">
        <SsoStrip />
        <div role="grid" aria-label="Sample rows">
          <SectionRow rowIndex={1} label="Pinned" note="3 roles" />
          {rows.map((entry, at) => (
            <RoleRow
              {...roleFacts(entry, context)}
              key={entry.key}
              id={`sample-${at}`}
              rowIndex={at + 2}
              entry={entry}
              form="full"
              active={at === 1}
              busy={at === 2}
              words={at === 0 ? ['prod', 'adm'] : []}
              actions={actions}
            />
          ))}
          {accounts.map((account, at) => (
            <AccountRow
              key={account.key}
              rowIndex={rows.length + at + 2}
              account={account}
              name={account.name.shown}
              colour={context.guard.marks[account.key]?.colour}
            />
          ))}
        </div>
      </div>
    </GalleryCard>
  );
}
