import { useEffect, useRef, type RefObject } from 'react';

/** For a row of a list that the arrow keys go through: the active one is always in sight. */
export function useKeptInSight(active: boolean): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (active) {
      row.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [active]);
  return row;
}
