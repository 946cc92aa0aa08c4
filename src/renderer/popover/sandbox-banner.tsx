import type { JSX } from 'react';
import { useAppState } from '../shell/use-app-state.ts';
import { DemoBar } from './demo-bar.tsx';

/** In the demo: that this is one, and the way through it. */
export function SandboxBanner(): JSX.Element | null {
  const sandbox = useAppState((state) => state.app.sandbox);
  return sandbox === undefined ? null : <DemoBar sandbox={sandbox} />;
}
