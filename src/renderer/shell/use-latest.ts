import { useLayoutEffect, useRef, useState } from 'react';

/** A function that stays the same and does what this one does now: for rows, which keep what they were drawn with. */
export function useLatest<Values extends readonly unknown[]>(
  now: (...values: Values) => void,
): (...values: Values) => void {
  const latest = useRef(now);
  useLayoutEffect(() => {
    latest.current = now;
  });
  return useState(
    () =>
      (...values: Values) =>
        latest.current(...values),
  )[0];
}
