const WHITESPACE = ' \t\r\n';

/**
 * The words of `text` as Python's `shlex.split` gives them, or undefined where that raises (a quote or backslash left open).
 * Source: https://github.com/python/cpython/blob/v3.11.7/Lib/shlex.py (POSIX mode, `whitespace_split`, no comments)
 */
export function splitShellWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    position += 1;
    if (WHITESPACE.includes(character)) {
      if (word !== undefined) {
        words.push(word);
      }
      word = undefined;
    } else if (character === '\\') {
      if (position >= text.length) {
        return undefined;
      }
      word = (word ?? '') + text.charAt(position);
      position += 1;
    } else if (character === "'" || character === '"') {
      const quoted = readQuoted(text, position, character);
      if (quoted === undefined) {
        return undefined;
      }
      word = (word ?? '') + quoted.text;
      position = quoted.end;
    } else {
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** What stands between a quote that was just read and its partner. Only double quotes know escapes, of themselves and of the backslash. */
function readQuoted(
  text: string,
  start: number,
  quote: string,
): { readonly text: string; readonly end: number } | undefined {
  let result = '';
  let position = start;
  while (position < text.length) {
    const character = text.charAt(position);
    if (character === quote) {
      return { text: result, end: position + 1 };
    }
    const next = text.charAt(position + 1);
    const escapes = quote === '"' && character === '\\';
    if (escapes && next === '') {
      return undefined;
    }
    const taken = escapes && (next === '"' || next === '\\');
    result += taken ? next : character;
    position += taken ? 2 : 1;
  }
  return undefined;
}
