/** One step from the old lines to the new: keep a line, drop an old one, add a new one. */
export type LineStep = ' ' | '-' | '+';

/** Between anchors, beyond this many differences, the smallest change is not looked for: all is dropped and added. */
const MOST_DIFFERENCES = 200;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The steps from `before` to `after`. Lines that stand once in both hold the two together (patience diff; in an INI file these are the
 * section headers), and between them the change is the smallest (Myers). Time grows with the lines, times the logarithm of the anchors.
 * Sources: https://bramcohen.livejournal.com/73318.html; E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.
 */
export function diffLines(before: readonly string[], after: readonly string[]): readonly LineStep[] {
  const steps: LineStep[] = [];
  let old = 0;
  let fresh = 0;
  for (const [oldAnchor, freshAnchor] of [...anchors(before, after), [before.length, after.length] as const]) {
    addGap(steps, before, { start: old, end: oldAnchor }, after, { start: fresh, end: freshAnchor });
    if (oldAnchor < before.length) {
      steps.push(' ');
    }
    old = oldAnchor + 1;
    fresh = freshAnchor + 1;
  }
  return steps;
}

/** Pairs of equal lines, each the only one of its text on either side, in an order that both sides share. */
function anchors(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  const inAfter = uniqueLines(after);
  const pairs = [...uniqueLines(before)].flatMap(([line, index]) => {
    const other = inAfter.get(line);
    return other === undefined ? [] : [[index, other] as const];
  });
  return longestIncreasing(pairs);
}

function uniqueLines(lines: readonly string[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  const repeated = new Set<string>();
  lines.forEach((line, index) => {
    if (first.has(line)) {
      repeated.add(line);
    } else {
      first.set(line, index);
    }
  });
  for (const line of repeated) {
    first.delete(line);
  }
  return first;
}

/** The longest run of pairs, in the order given, whose second numbers rise: patience sorting. */
function longestIncreasing(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tops: number[] = [];
  const previous = pairs.map(() => -1);
  pairs.forEach(([, value], index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const top = pairs[tops[middle] ?? 0]?.[1] ?? 0;
      low = top < value ? middle + 1 : low;
      high = top < value ? high : middle;
    }
    previous[index] = low === 0 ? -1 : (tops[low - 1] ?? -1);
    tops[low] = index;
  });
  const run: (readonly [number, number])[] = [];
  for (let index = tops.at(-1) ?? -1; index !== -1; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair !== undefined) {
      run.push(pair);
    }
  }
  return run.toReversed();
}

/** The steps between two anchors: what both ends share is kept, the rest compared. */
function addGap(
  steps: LineStep[],
  before: readonly string[],
  old: Range,
  after: readonly string[],
  fresh: Range,
): void {
  let head = 0;
  const shorter = Math.min(old.end - old.start, fresh.end - fresh.start);
  while (head < shorter && before[old.start + head] === after[fresh.start + head]) {
    head += 1;
  }
  let tail = 0;
  while (tail < shorter - head && before[old.end - 1 - tail] === after[fresh.end - 1 - tail]) {
    tail += 1;
  }
  const middle = shortestEdit(
    before.slice(old.start + head, old.end - tail),
    after.slice(fresh.start + head, fresh.end - tail),
  );
  for (let kept = 0; kept < head; kept += 1) {
    steps.push(' ');
  }
  for (const step of middle) {
    steps.push(step);
  }
  for (let kept = 0; kept < tail; kept += 1) {
    steps.push(' ');
  }
}

function shortestEdit(a: readonly string[], b: readonly string[]): readonly LineStep[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  const most = a.length === 0 || b.length === 0 ? -1 : Math.min(a.length + b.length, MOST_DIFFERENCES);
  for (let distance = 0; distance <= most; distance += 1) {
    trace.push(new Map(furthest));
    for (let k = -distance; k <= distance; k += 2) {
      const down = goesDown(furthest, k, distance);
      let x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) {
        x += 1;
      }
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) {
        return backtrack(trace, a.length, b.length);
      }
    }
  }
  return [...a.map((): LineStep => '-'), ...b.map((): LineStep => '+')];
}

function backtrack(trace: readonly ReadonlyMap<number, number>[], endX: number, endY: number): readonly LineStep[] {
  const steps: LineStep[] = [];
  let x = endX;
  let y = endY;
  for (let distance = trace.length - 1; distance >= 0; distance -= 1) {
    const furthest = trace[distance] ?? new Map<number, number>();
    const down = goesDown(furthest, x - y, distance);
    const beforeK = down ? x - y + 1 : x - y - 1;
    const beforeX = distance === 0 ? 0 : at(furthest, beforeK);
    const beforeY = distance === 0 ? 0 : beforeX - beforeK;
    while (x > beforeX && y > beforeY) {
      steps.push(' ');
      x -= 1;
      y -= 1;
    }
    if (distance > 0) {
      steps.push(down ? '+' : '-');
      x = beforeX;
      y = beforeY;
    }
  }
  return steps.toReversed();
}

function goesDown(furthest: ReadonlyMap<number, number>, k: number, distance: number): boolean {
  return k === -distance || (k !== distance && at(furthest, k - 1) < at(furthest, k + 1));
}

function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? 0;
}
