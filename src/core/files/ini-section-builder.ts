import type { BadLine, BadLineReason, IniEntry, IniSection } from './ini-scan.ts';
import { isPythonSpace, pythonStrip } from './python-text.ts';

const EQUALS = 0x3d;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

const NO_ENTRIES: readonly IniEntry[] = [];
const NO_BAD_LINES: readonly BadLine[] = [];

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Collects the lines of one section after the other, as `IniScanner` finds them in the text. */
export class SectionBuilder {
  readonly #text: string;
  #start = 0;
  #header: string | undefined;
  /** Room for the entries of one section after the other, of which so many are of this one. */
  readonly #room: Writable<IniEntry>[] = [];
  #entryCount = 0;
  /** The entries of the section before: most sections of a large file have the same keys in the same order, and share their texts. */
  #before: readonly IniEntry[] = NO_ENTRIES;
  #badLines: BadLine[] | undefined;
  #lineCount = 0;
  #indent = 0;
  /** The entry that an indented line would continue. */
  #open: Writable<IniEntry> | undefined;
  #blanks = 0;

  constructor(text: string) {
    this.#text = text;
  }

  begin(start: number, header: string | undefined, headerIndent: number): void {
    this.#start = start;
    this.#header = header;
    this.#entryCount = 0;
    this.#badLines = undefined;
    this.#lineCount = header === undefined ? 0 : 1;
    this.#indent = header === undefined ? 0 : headerIndent;
    this.#open = undefined;
    this.#blanks = 0;
  }

  addBlank(): void {
    this.#lineCount += 1;
    this.#blanks += 1;
  }

  addComment(): void {
    this.#lineCount += 1;
  }

  continues(indent: number): boolean {
    return this.#open !== undefined && indent > this.#indent;
  }

  addContinuation(first: number, end: number): void {
    this.#lineCount += 1;
    if (this.#open !== undefined) {
      this.#open.value += '\n'.repeat(this.#blanks + 1) + pythonStrip(this.#text, first, end);
      this.#open.end = end - this.#start;
      this.#open.isContinued = true;
    }
    this.#blanks = 0;
  }

  addOption(start: number, first: number, end: number): void {
    const line = this.#lineCount;
    this.#lineCount += 1;
    this.#indent = first - start;
    if (this.#header === undefined) {
      this.#addBadLine(line, 'no-section');
      return;
    }
    const delimiterAt = this.#delimiterIn(first, end);
    if (delimiterAt === -1) {
      // The entry above stays open, as in configparser: a following indented line still continues it.
      this.#addBadLine(line, 'no-delimiter');
      return;
    }
    this.#blanks = 0;
    const entry = this.#entryOf(line, start, first, delimiterAt, end);
    this.#room[this.#entryCount] = entry;
    this.#entryCount += 1;
    this.#open = entry.key === '' ? undefined : entry;
    if (entry.key === '') {
      this.#addBadLine(line, 'no-key');
    }
  }

  finish(end: number): IniSection {
    const entries = this.#entryCount === 0 ? NO_ENTRIES : this.#room.slice(0, this.#entryCount);
    this.#before = entries;
    return {
      header: this.#header,
      text: this.#text.slice(this.#start, end),
      lineCount: this.#lineCount,
      entries,
      badLines: this.#badLines ?? NO_BAD_LINES,
    };
  }

  #addBadLine(line: number, reason: BadLineReason): void {
    this.#badLines ??= [];
    this.#badLines.push({ line, reason });
  }

  #delimiterIn(first: number, end: number): number {
    for (let position = first; position < end; position += 1) {
      const code = this.#text.charCodeAt(position);
      if (code === EQUALS || code === COLON) {
        return position;
      }
    }
    return -1;
  }

  /** The key from `start` on; `like` itself where it is the same. */
  #keyAt(start: number, end: number, like: string | undefined): string {
    let last = end;
    while (last > start && isPythonSpace(this.#text.charCodeAt(last - 1))) {
      last -= 1;
    }
    const isLike = like !== undefined && like.length === last - start && this.#text.startsWith(like, start);
    return isLike ? like : this.#text.slice(start, last);
  }

  #entryOf(line: number, start: number, first: number, delimiterAt: number, end: number): Writable<IniEntry> {
    let valueStart = delimiterAt + 1;
    while (valueStart < end && isInlineSpace(this.#text.charCodeAt(valueStart))) {
      valueStart += 1;
    }
    const like = this.#before[this.#entryCount];
    const key = this.#keyAt(first, delimiterAt, like?.key);
    return {
      key,
      name: like?.key === key ? like.name : key.toLowerCase(),
      value: pythonStrip(this.#text, valueStart, end),
      isContinued: false,
      delimiter: this.#text.charCodeAt(delimiterAt) === EQUALS ? '=' : ':',
      line,
      indent: first - start,
      start: start - this.#start,
      valueStart: valueStart - this.#start,
      end: end - this.#start,
    };
  }
}

/** White space that does not end a line. */
function isInlineSpace(code: number): boolean {
  return code !== LINE_FEED && code !== CARRIAGE_RETURN && isPythonSpace(code);
}
