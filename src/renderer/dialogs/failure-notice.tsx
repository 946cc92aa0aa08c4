import type { JSX } from 'react';
import type { Failure, FailureCode } from '../../shared/reply.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { failureText } from '../i18n/text.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

const STORE_CODES: ReadonlySet<FailureCode> = new Set(['store-locked', 'store-missing', 'store-failed']);

/** A long form may have it beyond its edge. */
function bringIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** What went wrong, beside what the user did; a secret store that is in the way can be seen to right here. */
export function FailureNotice({ failure }: { readonly failure: Failure | undefined }): JSX.Element | null {
  const text = useText();
  const { dialogs } = useShell();
  if (failure === undefined) {
    return null;
  }
  const kind = failure.code === 'store-locked' ? 'unlock-secret-store' : 'choose-secret-store';
  return (
    <div ref={bringIntoSight} role="alert">
      <Notice
        severity="error"
        {...failureText(text, failure)}
        actions={
          STORE_CODES.has(failure.code) && (
            <Button size="sm" onClick={() => dialogs.openOver({ kind })}>
              {kind === 'unlock-secret-store' ? text.t.member.store.unlock : text.t.member.store.choose}
            </Button>
          )
        }
      />
    </div>
  );
}
