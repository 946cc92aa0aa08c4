import type { GuardFacts } from '../../shared/guarded.ts';
import { useAppState } from './use-app-state.ts';

/** What says which roles are guarded; the parts are the state's own. */
export function useGuardFacts(): GuardFacts {
  const marks = useAppState((state) => state.marks);
  const guardRules = useAppState((state) => state.settings.guardRules);
  const directories = useAppState((state) => state.directories);
  return { marks, guardRules, directories };
}
