import { availableParallelism } from 'node:os';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** These say how long something may take, or look at every process of the machine, so nothing else runs beside them. */
const ALONE = ['command-line', 'helper-callers', 'protect-programs', 'no-secret-anywhere'].map(
  (name) => `test/interop/${name}.test.ts`,
);

/**
 * `test/e2e` and `test/interop` start browsers and foreign programs: they run after the rest, and those that bear nothing beside
 * them last, one at a time.
 */
export default defineConfig({
  test: {
    // vitest itself would leave one core idle, and of two use one; most tests wait for what they started.
    maxWorkers: availableParallelism(),
    // Long enough for a machine where others work too: a test that passes never waits for them.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/interop/**'] },
      },
      real({
        name: 'real',
        include: ['test/{e2e,interop}/**/*.test.ts'],
        exclude: ALONE,
        sequence: { groupOrder: 1 },
      }),
      real({ name: 'alone', include: ALONE, fileParallelism: false, sequence: { groupOrder: 2 } }),
    ],
  },
});

/** A project of tests that start what was built. */
function real(test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      ...test,
      // What was built is run as it is, by Node itself.
      server: { deps: { external: [/\/dist\//] } },
      testTimeout: 120_000,
      hookTimeout: 180_000,
      expect: { poll: { timeout: 30_000 } },
    },
  };
}
