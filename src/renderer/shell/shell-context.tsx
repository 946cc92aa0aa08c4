import { createContext, use, type JSX, type ReactNode } from 'react';
import type { Shell } from './shell.ts';

const ShellContext = createContext<Shell | undefined>(undefined);

/** Gives the shell to everything inside. */
export function ShellProvider(props: { readonly shell: Shell; readonly children: ReactNode }): JSX.Element {
  return <ShellContext value={props.shell}>{props.children}</ShellContext>;
}

/** The shell of this page. Throws outside a `ShellProvider`: that is a mistake in the program. */
export function useShell(): Shell {
  const shell = use(ShellContext);
  if (shell === undefined) {
    throw new Error('useShell is called outside ShellProvider');
  }
  return shell;
}
