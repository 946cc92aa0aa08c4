import { lazy, Suspense, type JSX } from 'react';
import { useAppState } from '../shell/use-app-state.ts';

// Only the demo has it.
const DemoBar = lazy(async () => ({ default: (await import('./demo-bar.tsx')).DemoBar }));

/** In the demo: that this is one, and the way through it. */
export function SandboxBanner(): JSX.Element | null {
  const sandbox = useAppState((state) => state.app.sandbox);
  return sandbox === undefined ? null : (
    <Suspense>
      <DemoBar sandbox={sandbox} />
    </Suspense>
  );
}
