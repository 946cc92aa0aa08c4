import type { DoctorResult } from '../../shared/care-commands.ts';
import type { Failure } from '../../shared/reply.ts';

/** What the doctor found, when (epoch milliseconds of this machine), and whether it left the network alone. */
export interface DoctorReading extends DoctorResult {
  readonly atMs: number;
  readonly offline: boolean;
}

/** Where the doctor stands in this window. While it looks again, and when it fails, what it found last stays in sight. */
export type DoctorVisit =
  | { readonly kind: 'never' }
  | { readonly kind: 'looking'; readonly last: DoctorReading | undefined }
  | { readonly kind: 'seen'; readonly last: DoctorReading }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly last: DoctorReading | undefined };

/** What was found last, if ever. */
export function lastReading(visit: DoctorVisit): DoctorReading | undefined {
  return visit.kind === 'never' ? undefined : visit.last;
}

/** How many things were found that stop a tool; none before the doctor has looked. */
export function errorCount(visit: DoctorVisit): number {
  return lastReading(visit)?.findings.filter(({ severity }) => severity === 'error').length ?? 0;
}
