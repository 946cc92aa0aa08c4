import type { JSX } from 'react';
import { useCell } from '../shell/use-cell.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Words on what just happened; readers of the screen hear them too. */
export function ToastStack(): JSX.Element {
  const { toasts } = useShell();
  const text = useText();
  const shown = useCell(toasts.shown);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <Notice
          key={toast.id}
          floating
          severity={toast.severity}
          {...toast.words(text)}
          actions={
            toast.action !== undefined && (
              <Button
                size="sm"
                onClick={() => {
                  toasts.dismiss(toast.id);
                  toast.action?.run();
                }}
              >
                {toast.action.label(text)}
              </Button>
            )
          }
          dismiss={{ label: text.t.common.dismiss, run: () => toasts.dismiss(toast.id) }}
        />
      ))}
    </div>
  );
}
