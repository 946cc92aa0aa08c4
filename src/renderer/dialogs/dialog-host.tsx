import { Suspense, type JSX } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { Boundary } from '../shell/boundary.tsx';
import { onDemand } from '../shell/on-demand.ts';
import { useBreakage } from '../shell/use-breakage.tsx';
import type { OpenDialog } from '../state/dialogs.ts';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { AddSsoForm } from './add-sso-form.tsx';
import { DestinationDialog } from './destination-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { MarksDialog } from './marks-dialog.tsx';
import { RemoveSsoDialog } from './remove-sso-dialog.tsx';

const AskDialog = onDemand(async () => (await import('./ask-dialog.tsx')).AskDialog);

const InstanceDialog = onDemand(async () => (await import('./instance-dialog.tsx')).InstanceDialog);

const LongJobDialog = onDemand(async () => (await import('./long-job-dialog.tsx')).LongJobDialog);

const MemberDialogs = onDemand(async () => (await import('../member/member-dialogs.tsx')).MemberDialogs);

const ProfileDialogs = onDemand(async () => (await import('../profiles/profile-dialogs.tsx')).ProfileDialogs);

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

function Shown(props: { readonly dialog: OpenDialog; readonly onClose: () => void }): JSX.Element {
  return (
    <Boundary renderInstead={(error) => <BrokenDialog error={error} onClose={props.onClose} />}>
      <Suspense>
        <Content {...props} />
      </Suspense>
    </Boundary>
  );
}

function Content({ dialog, onClose }: { readonly dialog: OpenDialog; readonly onClose: () => void }): JSX.Element {
  switch (dialog.kind) {
    case 'ask':
      return <AskDialog question={dialog} onClose={onClose} />;
    case 'keys':
      return <KeysDialog onClose={onClose} />;
    case 'destination':
      return <DestinationDialog entry={dialog.entry} onClose={onClose} />;
    case 'marks':
      return <MarksDialog entry={dialog.entry} onClose={onClose} />;
    case 'long-job':
      return <LongJobDialog entry={dialog.entry} onClose={onClose} />;
    case 'instances':
      return <InstanceDialog entry={dialog.entry} onClose={onClose} />;
    case 'add-sso-session':
      return <AddSsoDialog startUrl={dialog.startUrl ?? ''} onClose={onClose} />;
    case 'remove-sso-session':
      return <RemoveSsoDialog ssoSession={dialog.ssoSession} onClose={onClose} />;
    case 'profiles':
      return <ProfileDialogs key={JSON.stringify(dialog.dialog)} dialog={dialog.dialog} onClose={onClose} />;
    default:
      return <MemberDialogs dialog={dialog} onClose={onClose} />;
  }
}

/** In the place of a dialog that did not come, or cannot be shown. */
function BrokenDialog({ error, onClose }: { readonly error: unknown; readonly onClose: () => void }): JSX.Element {
  const { title, text, action } = useBreakage(error);
  return (
    <Dialog size="small" role="alertdialog" title={title} foot={action} onClose={onClose}>
      <p>{text}</p>
    </Dialog>
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
