import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { splitCommand } from '../../../../src/core/session/resolve/split-command.ts';

const LINES = [
  'a b  c',
  ' a ',
  'a "b c" d',
  "a 'b c' d",
  'a\\ b',
  '"a\\"b"',
  '"a\\\\b"',
  '"a\\nb"',
  "'a\\b'",
  'a""b',
  '""',
  "''",
  'a"b',
  "a'b",
  'a\\',
  '$HOME ~ | x > y',
  'a\tb\nc',
  '#a b',
  '',
  '  ',
  'C:\\a b\\c.exe x',
  '"C:\\a b\\c.exe" x',
  '"C:\\a b\\\\" x',
  'a\\\\"b c" d',
  'a\\"b c',
];

describe('a command line is split as botocore does', () => {
  test.each(['linux', 'win32'] as const)('on %s, for the whole table', (platform) => {
    const function_ = platform === 'win32' ? '_windows_shell_split' : 'shlex.split';
    const script = `import json,shlex,sys
from botocore.compat import _windows_shell_split
def f(l):
    try: return ${function_}(l)
    except ValueError: return None
print(json.dumps([f(l) for l in json.load(sys.stdin)]))`;
    const theirs = JSON.parse(
      execFileSync('/usr/bin/python3', ['-c', script], { input: JSON.stringify(LINES), encoding: 'utf8' }),
    ) as (string[] | null)[];
    const ours = LINES.map((line) => splitCommand(line, platform) ?? null);
    // A line without any word is no command to us.
    expect(ours).toEqual(theirs.map((words) => (words?.length === 0 ? null : words)));
  });
});
