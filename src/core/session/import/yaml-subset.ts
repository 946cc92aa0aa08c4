import { BadInputError } from '../../model/errors.ts';

/** What such a file holds: maps, lists and texts. Numbers and booleans stay texts: an account id keeps its zeros. */
export type YamlValue = string | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

interface Line {
  readonly indent: number;
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

const DEEPEST = 20;
const HINT =
  'Import works with block maps, lists and plain or quoted texts. Change the line, or add what it says by hand.';

/**
 * Reads the part of YAML that configuration files of tools consist of: maps and lists by indentation, plain and quoted texts on one
 * line, comments, empty `{}` and `[]`. Everything else (anchors, tags, several documents, texts of many lines, tabs) is refused rather
 * than guessed at. Throws BadInputError that names the line; its text is not repeated.
 * Source: https://yaml.org/spec/1.2.2/
 */
export function parseYamlSubset(text: string): YamlValue {
  const lines = contentLines(text);
  const reader = new Reader(lines);
  const value = lines.length === 0 ? null : reader.block(lines[0]?.indent ?? 0, 0);
  reader.requireEnd();
  return value;
}

function contentLines(text: string): readonly Line[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((raw, at): Line[] => {
      const [, blanks = '', rest = ''] = /^([ \t]*)(.*)$/s.exec(raw) ?? [];
      const content = rest.trimEnd();
      const isNothing = content === '' || content.startsWith('#') || (at === 0 && content === '---');
      if (!isNothing && blanks.includes('\t')) {
        throw refuse(at + 1, 'is indented with a tab');
      }
      return isNothing ? [] : [{ indent: blanks.length, text: content, number: at + 1 }];
    });
}

/** Walks the lines once; `#at` is the next that was not read yet. */
class Reader {
  readonly #lines: Line[];
  #at = 0;

  constructor(lines: readonly Line[]) {
    this.#lines = [...lines];
  }

  /** The map, list or text whose lines begin at `indent`. */
  block(indent: number, depth: number): YamlValue {
    const line = this.#lines[this.#at];
    if (line === undefined) {
      return null;
    }
    if (depth > DEEPEST) {
      throw refuse(line.number, 'is nested too deep');
    }
    if (isItem(line)) {
      return this.#list(indent, depth);
    }
    if (keyOf(line) === undefined) {
      this.#at += 1;
      return scalar(line.text, line.number);
    }
    return this.#map(indent, depth);
  }

  requireEnd(): void {
    const line = this.#lines[this.#at];
    if (line !== undefined) {
      throw refuse(line.number, 'is indented in a way that fits nothing above');
    }
  }

  #map(indent: number, depth: number): YamlValue {
    const entries = new Map<string, YamlValue>();
    for (let line = this.#next(indent); line !== undefined && !isItem(line); line = this.#next(indent)) {
      const found = keyOf(line);
      if (found === undefined) {
        throw refuse(line.number, 'is no "key: value"');
      }
      if (entries.has(found.key)) {
        throw refuse(line.number, 'has a key that stands above already');
      }
      this.#at += 1;
      entries.set(found.key, this.#valueOf(found.rest, line, depth));
    }
    return Object.fromEntries(entries);
  }

  #list(indent: number, depth: number): YamlValue {
    const items: YamlValue[] = [];
    for (let line = this.#next(indent); line !== undefined && isItem(line); line = this.#next(indent)) {
      const rest = line.text.slice(1).trimStart();
      const inner = line.indent + (line.text.length - rest.length);
      if (rest !== '' && keyOf({ ...line, text: rest }) !== undefined) {
        // `- key: value` begins a map whose further keys stand below the first.
        this.#replace({ ...line, indent: inner, text: rest });
        items.push(this.#map(inner, depth + 1));
      } else {
        this.#at += 1;
        items.push(this.#valueOf(rest, line, depth));
      }
    }
    return items;
  }

  /** What follows on the line, else what is indented below it; a list may stand at its key's own indentation. */
  #valueOf(rest: string, line: Line, depth: number): YamlValue {
    if (rest !== '' && !rest.startsWith('#')) {
      return scalar(rest, line.number);
    }
    const below = this.#lines[this.#at];
    const isBelow =
      below !== undefined &&
      (below.indent > line.indent || (below.indent === line.indent && isItem(below) && !isItem(line)));
    return isBelow ? this.block(below.indent, depth + 1) : null;
  }

  #next(indent: number): Line | undefined {
    const line = this.#lines[this.#at];
    return line?.indent === indent ? line : undefined;
  }

  #replace(line: Line): void {
    this.#lines[this.#at] = line;
  }
}

function isItem({ text }: Line): boolean {
  return text === '-' || text.startsWith('- ');
}

/** `key: value`, `key:` or `"key": value`. */
function keyOf({ text, number }: Line): { readonly key: string; readonly rest: string } | undefined {
  const [, quoted, plain, rest = ''] =
    /^(?:("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|([^\s"'#&*!|>%@`{[\]},?-][^#]*?|-[^\s][^#]*?))\s*:(?:\s+(.*))?$/s.exec(
      text,
    ) ?? [];
  if (quoted === undefined && plain === undefined) {
    return undefined;
  }
  return { key: quoted === undefined ? (plain ?? '').trim() : quotedText(quoted, number), rest: rest.trim() };
}

function scalar(text: string, number: number): YamlValue {
  const [, quoted] = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?:\s#.*)?$/s.exec(text) ?? [];
  if (quoted !== undefined) {
    return quotedText(quoted, number);
  }
  const plain = text.replace(/\s+#.*$/s, '').trim();
  if (plain === '{}') {
    return {};
  }
  if (plain === '[]') {
    return [];
  }
  if (/^["'&*!|>%@`{[\]},]/.test(plain)) {
    throw refuse(number, 'is written in a form of YAML that is not read here');
  }
  return plain === '' || plain === '~' || plain === 'null' ? null : plain;
}

function quotedText(quoted: string, number: number): string {
  if (quoted.startsWith("'")) {
    return quoted.slice(1, -1).replaceAll("''", "'");
  }
  try {
    // YAML's double quotes are those of JSON, but for a few escapes that nobody needs here.
    return JSON.parse(quoted) as string;
  } catch {
    throw refuse(number, 'has a quoted text that cannot be read');
  }
}

function refuse(number: number, what: string): BadInputError {
  return new BadInputError(`Line ${number} of the file ${what}.`, HINT);
}
