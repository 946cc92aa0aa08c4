import { splitShellWords } from '../../files/shell-words.ts';

/**
 * Splits a `credential_process` or `mfa_process` line as botocore does: no shell, so `$HOME`, `~` and `|` are plain text. Undefined
 * where a quotation mark or backslash is left open, or there is no word at all.
 *
 * POSIX: Python's `shlex.split`. Windows: the rules of the Microsoft C runtime.
 * Source: botocore/compat.py, https://docs.python.org/3/library/shlex.html#parsing-rules
 */
export function splitCommand(line: string, platform: 'linux' | 'darwin' | 'win32'): readonly string[] | undefined {
  const words = platform === 'win32' ? splitWindows(line) : splitShellWords(line);
  return words === undefined || words.length === 0 ? undefined : words;
}

function splitWindows(line: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  // Backslashes that lead up to a quotation mark, other backslashes, blanks, or anything else.
  for (const [piece] of line.matchAll(/\\*"|\\+|[ \t]+|[^\\" \t]+/g)) {
    if (piece.endsWith('"')) {
      const backslashes = piece.length - 1;
      const escaped = backslashes % 2 === 1;
      word = `${word ?? ''}${'\\'.repeat(Math.floor(backslashes / 2))}${escaped ? '"' : ''}`;
      quoted = escaped ? quoted : !quoted;
    } else if (!quoted && /^[ \t]/.test(piece)) {
      words.push(...(word === undefined ? [] : [word]));
      word = undefined;
    } else {
      word = (word ?? '') + piece;
    }
  }
  if (quoted) {
    return undefined;
  }
  return word === undefined ? words : [...words, word];
}
