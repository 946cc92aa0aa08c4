/** Compares without regard to case; `*` in the pattern stands for anything, also for nothing. */
export function matchesPattern(text: string, pattern: string): boolean {
  const [start = '', ...rest] = pattern.toLowerCase().split('*');
  const lowered = text.toLowerCase();
  if (rest.length === 0) {
    return lowered === start;
  }
  const end = rest.pop() ?? '';
  if (!lowered.startsWith(start) || !lowered.endsWith(end)) {
    return false;
  }
  // Greedy from the left is enough: each part is searched in what the parts before it left over.
  const from = rest.reduce((at, part) => {
    const found = at < 0 ? -1 : lowered.indexOf(part, at);
    return found < 0 ? -1 : found + part.length;
  }, start.length);
  return from >= 0 && from <= lowered.length - end.length;
}
