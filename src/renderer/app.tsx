import type { JSX } from 'react';
import { EmptyState } from './components/empty-state.tsx';
import { MenuHost } from './components/menu-host.tsx';
import { DialogHost } from './dialogs/dialog-host.tsx';
import { Popover } from './popover/access-pane.tsx';
import { PromptLayer } from './prompt/prompt-layer.tsx';
import { PromptScreen } from './prompt/prompt-screen.tsx';
import { Boundary } from './shell/boundary.tsx';
import { ShellProvider, useShell } from './shell/shell-context.tsx';
import type { Shell } from './shell/shell.ts';
import { useBreakage } from './shell/use-breakage.tsx';
import { useCell } from './shell/use-cell.ts';
import { WindowScreen } from './window/window-screen.tsx';

/** The whole screen of one page. */
export function App({ shell }: { readonly shell: Shell }): JSX.Element {
  return (
    <ShellProvider shell={shell}>
      <Screen />
    </ShellProvider>
  );
}

/** Nothing is drawn before the first snapshot, which comes with the first message: an empty page for a moment beats a flash of guesses. */
function Screen(): JSX.Element | null {
  const shell = useShell();
  const hasState = useCell(shell.state) !== undefined;
  const ready = useCell(shell.textReady) && hasState;
  return ready ? (
    <Boundary renderInstead={(error) => <BrokenScreen error={error} />}>
      <View view={shell.client.view} />
      <DialogHost />
      <PromptLayer />
      <MenuHost />
    </Boundary>
  ) : null;
}

/** In the place of everything: better than the empty page that React leaves. */
function BrokenScreen({ error }: { readonly error: unknown }): JSX.Element {
  const { title, text, action } = useBreakage(error);
  return (
    <main role="alert">
      <EmptyState icon="error" title={title} text={text}>
        {action}
      </EmptyState>
    </main>
  );
}

function View({ view }: { readonly view: 'popover' | 'window' | 'prompt' }): JSX.Element {
  switch (view) {
    case 'popover':
      return <Popover />;
    case 'window':
      return <WindowScreen />;
    case 'prompt':
      return <PromptScreen />;
  }
}
