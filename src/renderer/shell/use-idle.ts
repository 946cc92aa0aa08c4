import { useEffect, useState } from 'react';

/**
 * Whether the browser has had nothing else to do once since this was first drawn. What no first frame needs, such as the words of a
 * title that comes when the mouse rests, can wait for it.
 */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => whenIdle(() => setIdle(true)), []);
  return idle;
}

/** Does something once the browser has nothing else to do; gives the function that calls it off. */
export function whenIdle(action: () => void): () => void {
  // Safari does not tell when it is idle.
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(action);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(action);
  return () => cancelIdleCallback(handle);
}
