import type { JSX } from 'react';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { IconButton } from './icon-button.tsx';

/** A text to be copied as it is; never a secret. */
export function CodeLine({ code }: { readonly code: string }): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  return (
    <div className="code">
      <pre tabIndex={0}>{code}</pre>
      <IconButton icon="copy" label={t.common.copy} onClick={() => actions.copyPlain(code)} />
    </div>
  );
}
