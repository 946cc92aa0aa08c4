import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from '../../../src/core/files/line-diff.ts';
import { maskSecretLines } from '../../../src/core/files/mask-secrets.ts';
import { unifiedIniDiff } from '../../../src/core/files/unified-diff.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';

const line = fc.constantFrom('a', 'b', 'c', 'd', '[profile x]', '[profile y]', '', 'region = x');
const lines = fc.array(line, { maxLength: 30 });

test('the steps lead from any lines to any others', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const result = walk(before, after);
      expect([result.old, result.fresh]).toEqual([before, after]);
    }),
    { numRuns: 3_000, seed: 1 },
  );
});

test('equal lines are kept, and one change is one change', () => {
  const before = ['[a]', 'x = 1', '', '[b]', 'x = 1', ''];
  expect(diffLines(before, before).join('')).toBe('      ');
  expect(
    diffLines(before, ['[a]', 'x = 1', '', '[c]', 'x = 1', '', '[b]', 'x = 1', '']).filter((step) => step !== ' '),
  ).toEqual(['+', '+', '+']);
});

test('the diff of any texts turns one into the other', () => {
  const text = fc
    .tuple(lines, fc.boolean())
    .map(([all, isEnded]) => all.join('\n') + (isEnded && all.length > 0 ? '\n' : ''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(apply(before, unifiedIniDiff('f', before, after))).toBe(after);
    }),
    { numRuns: 3_000, seed: 2 },
  );
});

test('a change of every tenth of 10,000 profiles is shown change by change, and takes a moment', () => {
  const before = Array.from(
    { length: 10_000 },
    (_, index) => `[profile p${index}]\nregion = a\nx = 1\ny = 2\nz = 3\nv = 4\nw = 5\n\n`,
  ).join('');
  const after = before.replaceAll(/(\[profile p\d*5\]\nregion = )a/g, '$1b');
  let diff = '';
  expect(cpuMs(() => (diff = unifiedIniDiff('config', before, after)))).toBeLessThan(2_000);
  expect(diff.match(/^\+region = b$/gm)).toHaveLength(1_000);
  expect(diff.match(/^@@/gm)).toHaveLength(1_000);
});

test.each([
  ['aws_secret_access_key = wJalr', 'aws_secret_access_key = ********'],
  ['  AWS_SESSION_TOKEN:x', '  AWS_SESSION_TOKEN:********'],
  ['#aws_security_token=x', '#aws_security_token=********'],
  ['; ; aws_secret_access_key = x = y', '; ; aws_secret_access_key = ********'],
  ['my_password = x', 'my_password = ********'],
  ['# was: aws_secret_access_key = x', '# was: aws_secret_access_key = ********'],
  ['# the role: arn:aws:iam::111111111111:role/x', '# the role: arn:aws:iam::111111111111:role/x'],
  ['web_identity_token_file = /run/token', 'web_identity_token_file = /run/token'],
  ['aws_access_key_id = AKIA', 'aws_access_key_id = AKIA'],
  ['region = x', 'region = x'],
  ['[profile token]', '[profile token]'],
])('%j is shown as %j', (given, shown) => {
  expect(maskSecretLines([given])).toEqual([shown]);
});

test('secrets are masked where lines end at a lone carriage return too', () => {
  const text = '[a]\rregion = x\raws_secret_access_key = hush\r';
  const diff = unifiedIniDiff('f', text, text.replace('= x', '= y'));
  expect(diff).not.toContain('hush');
  expect(diff).toContain('-region = x\r\n+region = y\r\n aws_secret_access_key = ********');
});

function walk(
  before: readonly string[],
  after: readonly string[],
): { readonly old: readonly string[]; readonly fresh: readonly string[] } {
  const old: string[] = [];
  const fresh: string[] = [];
  for (const step of diffLines(before, after)) {
    if (step !== '+') {
      old.push(before[old.length] ?? '');
    }
    if (step !== '-') {
      fresh.push((step === '+' ? after[fresh.length] : before[old.length - 1]) ?? '');
    }
  }
  return { old, fresh };
}

/** What `patch` does. */
function apply(before: string, diff: string): string {
  if (diff === '') {
    return before;
  }
  const old = before === '' ? [] : before.split(/(?<=\n)/);
  const result: string[] = [];
  let taken = 0;
  let last = '';
  for (const row of diff.split('\n').slice(2, -1)) {
    const hunk = /^@@ -(\d+),(\d+) /.exec(row);
    if (hunk !== null) {
      const start = Number(hunk[1]) - (hunk[2] === '0' ? 0 : 1);
      result.push(...old.slice(taken, start));
      taken = start;
    } else if (row.startsWith('\\')) {
      if (last !== '-') {
        result.push((result.pop() ?? '').replace(/\n$/, ''));
      }
    } else if (row.startsWith('+')) {
      result.push(`${row.slice(1)}\n`);
    } else {
      expect((old[taken] ?? '').replace(/\n$/, '')).toBe(row.slice(1));
      if (row.startsWith(' ')) {
        result.push(`${row.slice(1)}\n`);
      }
      taken += 1;
    }
    last = row.charAt(0);
  }
  return result.concat(old.slice(taken)).join('');
}
