import type { JSX } from 'react';
import { Button } from '../components/button.tsx';
import { NotLoadedError } from './on-demand.ts';
import { useCell } from './use-cell.ts';
import { useShell } from './shell-context.tsx';
import { useText } from './use-text.ts';

/** Words for a part of the screen that cannot be shown, and what can be done. */
export interface Breakage {
  readonly title: string;
  readonly text: string;
  /** Undefined while nobody is there to load from. */
  readonly action: JSX.Element | undefined;
}

/** What to show in the place of a part that failed with `error`. */
export function useBreakage(error: unknown): Breakage {
  const { connected: place } = useShell();
  const connected = useCell(place);
  const { notices } = useText().t;
  const action = (
    <Button icon="refresh" onClick={() => window.location.reload()}>
      {notices.loadAgain}
    </Button>
  );
  if (error instanceof NotLoadedError) {
    return connected
      ? { title: notices.notLoaded, text: notices.notLoadedHint, action }
      : { title: notices.disconnected, text: notices.disconnectedHint, action: undefined };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { title: notices.broken, text: notices.brokenHint(reason), action };
}
