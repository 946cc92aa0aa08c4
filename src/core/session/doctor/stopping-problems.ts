import type { ProblemCode } from '../../../shared/finding-codes.ts';

/** Problems by which botocore reads nothing of the whole file that `mendFile` can mend. */
const MENDABLE: ReadonlySet<ProblemCode> = new Set([
  'byte-order-mark',
  'key-before-section',
  'line-without-value',
  'line-without-key',
  'bad-nested-line',
  'duplicate-section',
  'duplicate-key',
  'more-problems',
]);

/** Whether a problem keeps botocore from reading the file at all, and with it from every profile. */
export function stopsWholeFile(code: ProblemCode): boolean {
  return isMendable(code) || code === 'not-utf8' || code === 'unreadable';
}

/** Whether `mendFile` deals with it. */
export function isMendable(code: ProblemCode): boolean {
  return MENDABLE.has(code);
}
