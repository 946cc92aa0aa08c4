/**
 * Closes a test run: every skipped test with its reason, then the counts alone on the last line.
 *
 * A file that could not be loaded has no tests to count, so it counts as one failure.
 *
 * @typedef {import('vitest/node').Reporter} Reporter
 * @implements {Reporter}
 */
export class CountReporter {
  /** @param {ReadonlyArray<import('vitest/node').TestModule>} modules @param {ReadonlyArray<unknown>} unhandledErrors */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const test of tests) {
      const result = test.result();
      if (result.state !== 'pending') {
        counts[result.state] += 1;
      }
      if (result.state === 'skipped') {
        console.log(`skipped: ${test.module.relativeModuleId} > ${test.name}: ${result.note ?? 'no reason given'}`);
      }
    }
    const broken = modules.filter(
      (module) => module.state() === 'failed' && [...module.children.allTests('failed')].length === 0,
    );
    counts.failed += broken.length + unhandledErrors.length;
    // The default reporter writes its own summary in this same step: come after it.
    setImmediate(() => console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`));
  }
}
