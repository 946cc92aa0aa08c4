import { useCallback, useDeferredValue, useEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { revealedTop, rowRange, type RowView } from '../model/row-window.ts';

/** The rows of a long list that are in the page. */
export interface RowWindow {
  /** Places of the rows to draw. */
  readonly indexes: readonly number[];
  /** For the element that scrolls. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Scrolls as little as needed for a row to be in sight. */
  readonly reveal: (index: number) => void;
  readonly toTop: () => void;
}

/**
 * Keeps in the page those rows of a list that are in sight; their heights are known beforehand, so nothing is measured.
 *
 * Before the list is in the page, as much is drawn as the page is high: the first frame has its rows already. Those beyond its edges
 * follow.
 *
 * @param tops where each row begins, see `rowTops`
 * @param headPx height of a head that stays in sight above the rows
 */
export function useRowWindow(tops: ArrayLike<number>, headPx = 0): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<RowView>(() => ({ topPx: 0, heightPx: window.innerHeight }));
  const latest = useRef(view);

  const look = useCallback(
    (next: RowView) => {
      latest.current = next;
      setView((drawn) => (isSameRange(tops, drawn, next) ? drawn : next));
    },
    [tops],
  );
  useEffect(() => {
    const element = scroller.current;
    if (element === null) {
      return undefined;
    }
    // Drawn before the browser shows the frame with the list scrolled.
    const onScroll = (): void => flushSync(() => look({ ...latest.current, topPx: element.scrollTop }));
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [look]);
  useEffect(() => {
    const element = scroller.current;
    const observer = new ResizeObserver(([entry]) => {
      const heightPx = entry?.contentRect.height ?? 0;
      look({ ...latest.current, heightPx: Math.max(0, heightPx - headPx) });
    });
    if (element !== null) {
      observer.observe(element);
    }
    return () => observer.disconnect();
  }, [look, headPx]);

  const scrollTo = useCallback(
    (topPx: number) => {
      if (topPx !== latest.current.topPx && scroller.current !== null) {
        scroller.current.scrollTop = topPx;
        look({ ...latest.current, topPx });
      }
    },
    [look],
  );
  const reveal = useCallback(
    (index: number) => {
      // A list that has just come has not been told its height yet, and a row below its edge would count as in sight.
      const heightPx = (scroller.current?.clientHeight ?? latest.current.heightPx + headPx) - headPx;
      scrollTo(revealedTop(tops, index, { ...latest.current, heightPx }));
    },
    [scrollTo, tops, headPx],
  );
  const toTop = useCallback(() => scrollTo(0), [scrollTo]);
  const isShown = useDeferredValue(true, false);
  const { first, end } = rowRange(tops, view, isShown ? undefined : 0);
  const indexes = Array.from({ length: end - first }, (_, at) => first + at);
  return { indexes, scroller, reveal, toTop };
}

/** Most steps of the wheel bring no other rows into sight. */
function isSameRange(tops: ArrayLike<number>, drawn: RowView, next: RowView): boolean {
  const [before, after] = [rowRange(tops, drawn), rowRange(tops, next)];
  return before.first === after.first && before.end === after.end;
}
