import { SectionBuilder } from './ini-section-builder.ts';
import { isPythonSpace } from './python-text.ts';

/** One `key = value` of a section, with the lines that continue it. Offsets are into the section's own text. */
export interface IniEntry {
  /** The key as written. */
  readonly key: string;
  /** The key as botocore stores it: lower case. */
  readonly name: string;
  /** The value as botocore joins it: continuation lines stripped and put together with line feeds. */
  readonly value: string;
  /** Whether there are such lines. */
  readonly isContinued: boolean;
  readonly delimiter: '=' | ':';
  /** Lines below the section's header: the header itself is line 0. */
  readonly line: number;
  readonly indent: number;
  /** Where its first line begins, where its value does, and where the line after its last begins. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/** Why a line means nothing: no section above it, no delimiter in it, or nothing before the delimiter. */
export type BadLineReason = 'no-section' | 'no-delimiter' | 'no-key';

/** A line that botocore refuses, and with it the whole file. `line` counts from the section's header. */
export interface BadLine {
  readonly line: number;
  readonly reason: BadLineReason;
}

/** A section with everything up to the next header, or the lines before the first header (`header` undefined). */
export interface IniSection {
  /** What stands between the brackets, as written. */
  readonly header: string | undefined;
  readonly text: string;
  readonly lineCount: number;
  readonly entries: readonly IniEntry[];
  readonly badLines: readonly BadLine[];
}

const HASH = 0x23;
const SEMICOLON = 0x3b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads an INI text line by line in the grammar of Python's `configparser.RawConfigParser`, which botocore uses, and hands out one
 * section after the other. Lenient where that parser raises: what it would refuse is listed in `badLines`, and reading goes on.
 * Every line is looked at a fixed number of times, so that a hostile text costs no more than its length.
 * Source: https://github.com/python/cpython/blob/v3.11.7/Lib/configparser.py (`RawConfigParser._read`)
 */
export class IniScanner {
  /** Once the last scanner is collected, so is the compiled code that knows its shape; this one stays, and with it that code. */
  static readonly lasting = new IniScanner('');

  readonly #text: string;
  readonly #hasLoneReturns: boolean;
  readonly #builder: SectionBuilder;
  #position: number;

  constructor(text: string, position = 0) {
    this.#text = text;
    this.#position = position;
    this.#hasLoneReturns = text.includes('\r') && /\r(?!\n)/.test(text);
    this.#builder = new SectionBuilder(text);
  }

  get done(): boolean {
    return this.#position >= this.#text.length;
  }

  /** The next section. The first call gives the lines before the first header when there are any. */
  next(): IniSection {
    const start = this.#position;
    const end = this.#lineEnd(start);
    const first = this.#firstNonSpace(start, end);
    const header = this.#headerAt(first, end);
    const builder = this.#builder;
    builder.begin(start, header, first - start);
    if (header !== undefined) {
      this.#position = end;
    }
    while (!this.done && this.#takeLine(builder)) {
      // Each turn moves the position by a line.
    }
    return builder.finish(this.#position);
  }

  /** Gives the next line to the builder; false when that line begins another section. */
  #takeLine(builder: SectionBuilder): boolean {
    const start = this.#position;
    const end = this.#lineEnd(start);
    const first = this.#firstNonSpace(start, end);
    const code = first < end ? this.#text.charCodeAt(first) : -1;
    if (code === -1) {
      builder.addBlank();
    } else if (code === HASH || code === SEMICOLON) {
      builder.addComment();
    } else if (builder.continues(first - start)) {
      builder.addContinuation(first, end);
    } else if (this.#headerAt(first, end) !== undefined) {
      return false;
    } else {
      builder.addOption(start, first, end);
    }
    this.#position = end;
    return true;
  }

  /** The header that a line holds: from its `[` to its last `]`, as the greedy pattern of configparser takes it. */
  #headerAt(first: number, end: number): string | undefined {
    if (first >= end || this.#text.charCodeAt(first) !== OPEN_BRACKET) {
      return undefined;
    }
    let close = end - 1;
    while (close > first && this.#text.charCodeAt(close) !== CLOSE_BRACKET) {
      close -= 1;
    }
    return close > first + 1 ? this.#text.slice(first + 1, close) : undefined;
  }

  #firstNonSpace(start: number, end: number): number {
    let position = start;
    while (position < end && isPythonSpace(this.#text.charCodeAt(position))) {
      position += 1;
    }
    return position;
  }

  /** Where the next line begins. Python's text files end lines at `\n`, `\r\n` and a lone `\r`. */
  #lineEnd(start: number): number {
    if (!this.#hasLoneReturns) {
      const feed = this.#text.indexOf('\n', start);
      return feed === -1 ? this.#text.length : feed + 1;
    }
    let position = start;
    while (position < this.#text.length) {
      const code = this.#text.charCodeAt(position);
      position += 1;
      if (code === LINE_FEED) {
        return position;
      }
      if (code === CARRIAGE_RETURN) {
        return this.#text.charCodeAt(position) === LINE_FEED ? position + 1 : position;
      }
    }
    return position;
  }
}
