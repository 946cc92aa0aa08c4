import { useState, type JSX } from 'react';
import { AccountId } from '../components/account-id.tsx';
import { Brand } from '../components/brand.tsx';
import { Button } from '../components/button.tsx';
import { CodeLine } from '../components/code-line.tsx';
import { Countdown } from '../components/countdown.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { Subject } from '../components/subject.tsx';
import { TextInput } from '../components/text-input.tsx';
import { ToastStack } from '../components/toast-stack.tsx';
import { MoreRow } from '../popover/more-row.tsx';
import { useShell } from '../shell/shell-context.tsx';
import { useAccess } from '../shell/use-app-state.ts';
import { useNow } from '../shell/use-now.ts';
import { GalleryCard } from './gallery-card.tsx';
import '../window/window.css';

/** What lies over a page, and the small pieces that stand in lines: dialog, toasts, subject, code, countdown, id. */
export function OverlayCards(): JSX.Element {
  const { accounts } = useAccess();
  const now = useNow(10_000);
  const [role] = accounts.flatMap((account) => account.roles);
  const until = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
  return (
    <>
      <GalleryCard name="Brand, Subject, AccountId, CodeLine">
        <Brand />
        {role !== undefined && <Subject entry={role} />}
        {role !== undefined && <AccountId id={role.account.id} words={['3333']} />}
        <div className="gallery__wide">
          <CodeLine code="aws s3 ls --profile admin" />
        </div>
        <MoreRow rowIndex={1} count={1234} />
      </GalleryCard>
      <GalleryCard name="Countdown">
        <div className="gallery__line">
          <Countdown expiresAt={until(190)} />
          <Countdown expiresAt={until(42)} />
          <Countdown expiresAt={until(7)} />
          <Countdown expiresAt={until(1)} />
          <Countdown expiresAt={until(-3)} />
          <Countdown expiresAt={until(42)} ringOnly />
        </div>
      </GalleryCard>
      <Overlays />
    </>
  );
}

function Overlays(): JSX.Element {
  const { toasts } = useShell();
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <GalleryCard name="Dialog, ToastStack">
      <div className="gallery__line">
        <Button onClick={() => setOpen(true)}>Dialog</Button>
        <Button
          onClick={() =>
            toasts.add(
              'ok',
              () => ({ message: 'Credentials copied for bash / zsh', hint: 'The clipboard is cleared in 1m.' }),
              { label: () => 'Undo', run: () => undefined },
            )
          }
        >
          Toast
        </Button>
      </div>
      <ToastStack />
      {open && (
        <Dialog
          title="Remove acme?"
          size="small"
          onClose={close}
          foot={
            <>
              <Button onClick={close}>Cancel</Button>
              <Button variant="danger" onClick={close}>
                Remove
              </Button>
            </>
          }
        >
          <p>Its sign-in ends, and its accounts leave the list.</p>
          <Field label="Type its name to remove it">{(control) => <TextInput {...control} data-focus-first />}</Field>
        </Dialog>
      )}
    </GalleryCard>
  );
}
