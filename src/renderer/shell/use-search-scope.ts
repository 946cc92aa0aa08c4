import { useMemo } from 'react';
import { filterWords } from '../model/role-filters.ts';
import type { SearchScope } from '../model/search-access.ts';
import { useGuardFacts } from './use-guard-facts.ts';
import { useNow } from './use-now.ts';
import { useAccess, useAppState } from './use-app-state.ts';

/** What a query looks through: the same object until a part of it changes. Time passes in it only while the query asks for what ends. */
export function useSearchScope(query: string): SearchScope {
  const access = useAccess();
  const guard = useGuardFacts();
  const ssoSessions = useAppState((state) => state.ssoSessions);
  const consoleRegion = useAppState((state) => state.settings.consoleRegion);
  const isTimed = useMemo(() => filterWords(query).some(({ key }) => key === 'is'), [query]);
  const now = useNow(isTimed ? 10_000 : undefined);
  const nowMs = isTimed ? now : 0;
  return useMemo(
    () => ({ ...access, guard, ssoSessions, consoleRegion, nowMs }),
    [access, guard, ssoSessions, consoleRegion, nowMs],
  );
}
