/**
 * One measured fact. Every file right below `bench/` exports `run(): Promise<BenchRow[]>`; `npm run bench` runs each in a process of
 * its own, from the repository's top folder, with `--expose-gc`.
 */
export interface BenchRow {
  /** What was measured, in words. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The bound as people read it (`< 500`), or undefined where the value is only reported. */
  readonly target: string | undefined;
  readonly ok: boolean;
}
