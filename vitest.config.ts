import { defineConfig } from 'vitest/config';

/**
 * `test/e2e` and `test/interop` start browsers and foreign programs, so they run after the rest, one file at a time.
 */
export default defineConfig({
  test: {
    // Long enough for a machine where others work too: a test that passes never waits for them.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', 'test/interop/**'] },
      },
      {
        extends: true,
        test: {
          name: 'real',
          // What was built is run as it is, by Node itself.
          server: { deps: { external: [/\/dist\//] } },
          include: ['test/{e2e,interop}/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
