/**
 * Whether Python's `str.isspace` (and so `strip` and the `\s` of `re`) counts this UTF-16 unit as white space. JavaScript's own set
 * differs: Python adds U+001C to U+001F and U+0085 and leaves out U+FEFF.
 * Source: https://docs.python.org/3/library/stdtypes.html#str.isspace
 */
export function isPythonSpace(code: number): boolean {
  if (code < 0x80) {
    return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  }
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** The part of `text` from `start` to `end` without white space at either side, as Python's `str.strip` gives it. */
export function pythonStrip(text: string, start = 0, end = text.length): string {
  let first = start;
  let last = end;
  while (first < last && isPythonSpace(text.charCodeAt(first))) {
    first += 1;
  }
  while (last > first && isPythonSpace(text.charCodeAt(last - 1))) {
    last -= 1;
  }
  return text.slice(first, last);
}

// The breaks of `str.splitlines`, more than a file's own line ends. Source: https://docs.python.org/3/library/stdtypes.html#str.splitlines
// oxlint-disable-next-line no-control-regex
const PYTHON_LINE_BREAK = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** The lines of `text`, as Python's `str.splitlines` parts them (an empty last line is harmless to every caller). */
export function pythonSplitLines(text: string): readonly string[] {
  return text.split(PYTHON_LINE_BREAK);
}
