import { lazy, Suspense, type JSX, type ReactNode } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { LoadBoundary } from '../shell/load-boundary.tsx';
import type { OpenDialog } from '../state/dialogs.ts';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { AddSsoForm } from './add-sso-form.tsx';
import { DestinationDialog } from './destination-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { MarksDialog } from './marks-dialog.tsx';
import { RemoveSsoDialog } from './remove-sso-dialog.tsx';

const AskDialog = lazy(async () => ({ default: (await import('./ask-dialog.tsx')).AskDialog }));

const InstanceDialog = lazy(async () => ({ default: (await import('./instance-dialog.tsx')).InstanceDialog }));

const LongJobDialog = lazy(async () => ({ default: (await import('./long-job-dialog.tsx')).LongJobDialog }));

const MemberDialogs = lazy(async () => ({ default: (await import('../member/member-dialogs.tsx')).MemberDialogs }));

const ProfileDialogs = lazy(async () => ({
  default: (await import('../profiles/profile-dialogs.tsx')).ProfileDialogs,
}));

/** The place of the one open dialog, and of the one over it. */
export function DialogHost(): JSX.Element {
  const { dialogs } = useShell();
  const shown = useCell(dialogs.shown);
  const over = useCell(dialogs.over);
  return (
    <>
      {shown !== undefined && <Shown dialog={shown} onClose={() => dialogs.close(shown)} />}
      {over !== undefined && <Shown dialog={over} onClose={() => dialogs.close(over)} />}
    </>
  );
}

function Shown({ dialog, onClose }: { readonly dialog: OpenDialog; readonly onClose: () => void }): JSX.Element {
  switch (dialog.kind) {
    case 'ask':
      return (
        <OnDemand onClose={onClose}>
          <AskDialog question={dialog} onClose={onClose} />
        </OnDemand>
      );
    case 'keys':
      return <KeysDialog onClose={onClose} />;
    case 'destination':
      return <DestinationDialog entry={dialog.entry} onClose={onClose} />;
    case 'marks':
      return <MarksDialog entry={dialog.entry} onClose={onClose} />;
    case 'long-job':
      return (
        <OnDemand onClose={onClose}>
          <LongJobDialog entry={dialog.entry} onClose={onClose} />
        </OnDemand>
      );
    case 'instances':
      return (
        <OnDemand onClose={onClose}>
          <InstanceDialog entry={dialog.entry} onClose={onClose} />
        </OnDemand>
      );
    case 'add-sso-session':
      return <AddSsoDialog startUrl={dialog.startUrl ?? ''} onClose={onClose} />;
    case 'remove-sso-session':
      return <RemoveSsoDialog ssoSession={dialog.ssoSession} onClose={onClose} />;
    case 'profiles':
      return (
        <OnDemand onClose={onClose}>
          <ProfileDialogs key={JSON.stringify(dialog.dialog)} dialog={dialog.dialog} onClose={onClose} />
        </OnDemand>
      );
    default:
      return (
        <OnDemand onClose={onClose}>
          <MemberDialogs dialog={dialog} onClose={onClose} />
        </OnDemand>
      );
  }
}

/** A dialog that comes when it is opened, or the word that it does not come. */
function OnDemand(props: { readonly onClose: () => void; readonly children: ReactNode }): JSX.Element {
  const { t } = useText();
  return (
    <LoadBoundary
      instead={
        <Dialog size="small" role="alertdialog" title={t.notices.disconnected} onClose={props.onClose}>
          <p>{t.notices.disconnectedHint}</p>
        </Dialog>
      }
    >
      <Suspense>{props.children}</Suspense>
    </LoadBoundary>
  );
}

function AddSsoDialog(props: { readonly startUrl: string; readonly onClose: () => void }): JSX.Element {
  const { t } = useText();
  return (
    <Dialog title={t.addSso.title} onClose={props.onClose}>
      <AddSsoForm startUrl={props.startUrl} onDone={props.onClose} onCancel={props.onClose} />
    </Dialog>
  );
}
