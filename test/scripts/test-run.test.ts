import { expect, test } from 'vitest';
import { tinyRepository } from './tiny-repository.ts';

const CONFIG = `import { defineConfig } from 'vitest/config';\nexport default defineConfig({ test: { include: ['test/**/*.test.ts'] } });`;
const PASSING = `import { test } from 'vitest';\ntest('a', () => {});\ntest('b', () => {});`;

/** Runs `npm test` in a project with these test files; gives the exit code and the lines of its output. */
async function run(files: Readonly<Record<string, string>>, args: readonly string[] = []) {
  const repository = await tinyRepository();
  repository.write('vitest.config.ts', CONFIG);
  Object.entries(files).forEach(([name, text]) => repository.write(`test/${name}.test.ts`, text));
  const { code, output } = await repository.run('scripts/test.mjs', args, { NO_COLOR: '1' });
  return { code, output, last: output.split('\n').filter((line) => /^\d+ passed/.test(line)) };
}

test('a run closes with its counts', async () => {
  const { code, last } = await run({ one: PASSING, two: PASSING });
  expect([code, last]).toEqual([0, ['4 passed, 0 failed, 0 skipped']]);
});

test('a skipped test is listed with its reason', async () => {
  const skipping = `import { test } from 'vitest';\ntest('needs a keyring', (ctx) => ctx.skip('no keyring here'));`;
  const { code, last, output } = await run({ one: PASSING, two: skipping });
  expect([code, last]).toEqual([0, ['2 passed, 0 failed, 1 skipped']]);
  expect(output).toContain('skipped: test/two.test.ts > needs a keyring: no keyring here');
});

test('failures are counted: tests, files that cannot be loaded, and errors nobody caught', async () => {
  const { code, last } = await run({
    one: `import { expect, test } from 'vitest';\ntest('a', () => { expect(1).toBe(2); });\ntest('b', () => {});`,
    two: `throw new Error('cannot be loaded');`,
    three: `import { test } from 'vitest';\ntest('c', async () => { void Promise.reject(new Error('nobody caught me')); await new Promise((r) => setTimeout(r, 50)); });`,
  });
  expect([code, last]).toEqual([1, ['2 passed, 3 failed, 0 skipped']]);
});

test('arguments choose what runs', async () => {
  const { last } = await run({ one: PASSING, two: PASSING }, ['test/two.test.ts', '-t', 'a']);
  expect(last).toEqual(['1 passed, 0 failed, 1 skipped']);
});

test('a run without a single test fails', async () => {
  const { code } = await run({}, ['test/none.test.ts']);
  expect(code).toBe(1);
});
