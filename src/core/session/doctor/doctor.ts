import { NotFoundError } from '../../model/errors.ts';
import { applyFix, previewFix, type AppliedFix, type FixParts } from './apply-fix.ts';
import type { Finding, FindingFix } from './finding.ts';
import { runDoctor, type DoctorOptions, type DoctorParts, type DoctorReport } from './run-doctor.ts';

/** A fix, shown or made. */
export interface FixReport extends AppliedFix {
  readonly finding: Finding;
  readonly fix: FindingFix;
}

/** What the doctor looks at, and what fixes are made with. */
export interface DoctorServiceParts extends DoctorParts, Omit<FixParts, 'clock' | 'awsNow' | 'platform'> {}

/**
 * Looks for everything that is wrong, and mends what can be mended safely. A fix is named by its finding: what it does is found out anew
 * each time, so that nothing but what the doctor itself found is ever touched.
 */
export class Doctor {
  readonly #parts: DoctorServiceParts;

  constructor(parts: DoctorServiceParts) {
    this.#parts = parts;
  }

  /** Looks; changes nothing. */
  run(options: DoctorOptions): Promise<DoctorReport> {
    return runDoctor(this.#parts, options);
  }

  /** What the fix of a finding would change. Throws NotFoundError where the finding is gone or has none, and as `previewFix`. */
  async previewFix(findingId: string): Promise<FixReport> {
    const { finding, fix } = await this.#find(findingId);
    return { finding, fix, previews: await previewFix(this.#fixParts(), fix), undoId: undefined };
  }

  /** Makes the fix of a finding. Throws as `previewFix` and `applyFix`. */
  async applyFix(findingId: string): Promise<FixReport> {
    const { finding, fix } = await this.#find(findingId);
    return { finding, fix, ...(await applyFix(this.#fixParts(), fix)) };
  }

  async #find(findingId: string): Promise<{ readonly finding: Finding; readonly fix: FindingFix }> {
    const { findings } = await this.run({ offline: true, signal: new AbortController().signal });
    const finding = findings.find(({ id }) => id === findingId);
    if (finding?.fix === undefined) {
      throw new NotFoundError(
        finding === undefined ? 'That was found no more.' : 'There is no fix for that by one click.',
        finding === undefined ? 'Run the doctor again.' : finding.hint,
      );
    }
    return { finding, fix: finding.fix };
  }

  #fixParts(): FixParts {
    const { surroundings, network } = this.#parts;
    const { clock, platform } = surroundings;
    return { ...this.#parts, clock, platform, awsNow: () => network.serverClock.now() };
  }
}
