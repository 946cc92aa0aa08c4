import { useMemo } from 'react';
import type { GuardFacts } from '../../shared/guarded.ts';
import { useAppState } from './use-app-state.ts';

/** What says which roles are guarded: the same object until a part of it changes. */
export function useGuardFacts(): GuardFacts {
  const marks = useAppState((state) => state.marks);
  const guardRules = useAppState((state) => state.settings.guardRules);
  const directories = useAppState((state) => state.directories);
  const profiles = useAppState((state) => state.profiles);
  return useMemo(() => ({ marks, guardRules, directories, profiles }), [marks, guardRules, directories, profiles]);
}
