import { AlreadyExistsError, NotFoundError } from '../model/errors.ts';
import { checkNewHeader, checkNewKey, newEntryLine, newSectionText } from './ini-new-text.ts';
import { IniScanner, type IniEntry, type IniSection } from './ini-scan.ts';
import { parseJsIni } from './js-reading.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** Reads an INI text. Never throws: lines that mean nothing are kept, and told in `IniSection.badLines`. */
export function parseIni(text: string): IniDocument {
  const start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const scanner = new IniScanner(text, start);
  const chunks: IniSection[] = [];
  while (!scanner.done) {
    chunks.push(scanner.next());
  }
  return new IniDocument(chunks, { hasByteOrderMark: start === 1, eol: lineEndOf(text) }, text);
}

/**
 * An INI file that keeps every byte it was read from. Immutable: each edit gives a new document, which shares all sections but the
 * one that changed, so an edit costs as much as its section and a pass over the list of sections.
 *
 * A section is named by its header as written between the brackets (`profile admin`). Where a header stands twice, which botocore
 * refuses, the first is meant. New text is checked by `ini-new-text.ts` and throws BadInputError.
 */
export class IniDocument {
  /** All parts in order: the lines before the first header, if any, then the sections. */
  readonly chunks: readonly IniSection[];
  readonly hasByteOrderMark: boolean;
  /** How lines end here: as the first line does. */
  readonly eol: '\n' | '\r\n';
  #byHeader: ReadonlyMap<string, number> | undefined;
  #wasAsked = false;
  #text: string | undefined;

  /** `text` is that of all chunks, where it is at hand. */
  constructor(
    chunks: readonly IniSection[],
    form: { readonly hasByteOrderMark: boolean; readonly eol: '\n' | '\r\n' },
    text?: string,
  ) {
    this.chunks = chunks;
    this.hasByteOrderMark = form.hasByteOrderMark;
    this.eol = form.eol;
    this.#text = text;
  }

  get sections(): readonly IniSection[] {
    return this.chunks[0]?.header === undefined ? this.chunks.slice(1) : this.chunks;
  }

  section(header: string): IniSection | undefined {
    const index = this.#indexOf(header);
    return index === undefined ? undefined : this.chunks[index];
  }

  /** The value of a key (in any case), as botocore reads it; where a key stands twice, the last. */
  get(header: string, key: string): string | undefined {
    const section = this.section(header);
    return section === undefined ? undefined : lastEntry(section, key)?.value;
  }

  /** The text, byte for byte what was parsed but for the edits. */
  serialise(): string {
    this.#text ??= (this.hasByteOrderMark ? BYTE_ORDER_MARK : '') + this.chunks.map((chunk) => chunk.text).join('');
    return this.#text;
  }

  /** Sets one key, in its place if it is there (whatever its case or delimiter), else below the section's last. NotFoundError without the section. */
  setKey(header: string, key: string, value: string): IniDocument {
    const index = this.#require(header);
    const line = newEntryLine(key, value);
    const section = this.#chunk(index);
    const entry = lastEntry(section, key);
    if (entry?.value === value && entry.key === key && jsSees(section, key, value)) {
      return this;
    }
    const inPlace = entry === undefined ? undefined : scanOne(replaceEntry(section, entry, key, value, this.eol));
    if (inPlace !== undefined && jsSees(inPlace, key, value)) {
      return this.#withChunk(index, inPlace);
    }
    // The JS SDK takes an indented key below an open block for a part of the block: only a line of its own at the end serves both.
    const cleared = scanOne(withoutEntries(section, key));
    return this.#withChunk(index, scanOne(appendLine(cleared, line, this.eol)));
  }

  /** Removes a key with its continuation lines. The same document when it is not there; NotFoundError without the section. */
  removeKey(header: string, key: string): IniDocument {
    const index = this.#require(header);
    const section = this.#chunk(index);
    return lastEntry(section, key) === undefined ? this : this.#withChunk(index, scanOne(withoutEntries(section, key)));
  }

  /** Gives a key another name and touches nothing else of its lines, so that renaming it back gives the same bytes. */
  renameKey(header: string, key: string, newKey: string): IniDocument {
    const index = this.#require(header);
    const section = this.#chunk(index);
    const entry = lastEntry(section, key);
    checkNewKey(newKey);
    if (entry === undefined) {
      throw new NotFoundError(`[${header}] has no ${key}.`, 'Look at the file again: it may have changed.');
    }
    if (newKey !== entry.name && lastEntry(section, newKey) !== undefined) {
      throw new AlreadyExistsError(`[${header}] has ${newKey} already.`, `Remove ${newKey} first.`);
    }
    const at = entry.start + entry.indent;
    const text = section.text.slice(0, at) + newKey + section.text.slice(at + entry.key.length);
    return this.#withChunk(index, scanOne(text));
  }

  /** Adds a section at the end, parted by a blank line. AlreadyExistsError when its header is there. */
  addSection(header: string, values: Readonly<Record<string, string>>): IniDocument {
    if (this.#indexOf(header) !== undefined) {
      throw new AlreadyExistsError(
        `[${header}] is in the file already.`,
        'Choose another name, or change that section.',
      );
    }
    const added = scanOne(newSectionText(header, values, this.eol));
    const last = this.chunks.at(-1);
    if (last === undefined) {
      return this.#withChunks([added]);
    }
    const ended = endsLine(last.text) ? last.text : last.text + this.eol;
    const parted = endsBlank(ended) ? ended : ended + this.eol;
    const before = parted === last.text ? last : scanOne(parted);
    return this.#withChunks([...this.chunks.slice(0, -1), before, added]);
  }

  /** Makes sure that a section is there with these values; its other keys stay. May be done again without effect. */
  putSection(header: string, values: Readonly<Record<string, string>>): IniDocument {
    if (this.#indexOf(header) === undefined) {
      return this.addSection(header, values);
    }
    return Object.entries(values).reduce<IniDocument>(
      (document, [key, value]) => document.setKey(header, key, value),
      this,
    );
  }

  /** Removes a section from its header to its last key; comments below stay. The same document when it is not there. */
  removeSection(header: string): IniDocument {
    const index = this.#indexOf(header);
    if (index === undefined) {
      return this;
    }
    const section = this.#chunk(index);
    const tail = section.text.slice(section.entries.at(-1)?.end ?? headerEnd(section.text));
    const before = this.chunks[index - 1];
    const isParted = before === undefined || endsBlank(before.text);
    const kept = isParted ? tail.replace(/^(?:[^\S\r\n]*(?:\r\n|\n|\r))+/, '') : tail;
    const joined = before === undefined ? undefined : scanOne(before.text + kept);
    const head = joined === undefined ? (kept === '' ? [] : [scanOne(kept)]) : [joined];
    return this.#withChunks([
      ...this.chunks.slice(0, Math.max(index - 1, 0)),
      ...head,
      ...this.chunks.slice(index + 1),
    ]);
  }

  /** Gives a section another header and touches nothing else of it. NotFoundError, AlreadyExistsError. */
  renameSection(header: string, newHeader: string): IniDocument {
    const index = this.#require(header);
    checkNewHeader(newHeader);
    if (newHeader !== header && this.#indexOf(newHeader) !== undefined) {
      throw new AlreadyExistsError(`[${newHeader}] is in the file already.`, 'Choose another name.');
    }
    const { text } = this.#chunk(index);
    const at = text.indexOf('[') + 1;
    return this.#withChunk(index, scanOne(text.slice(0, at) + newHeader + text.slice(at + header.length)));
  }

  #chunk(index: number): IniSection {
    const chunk = this.chunks[index];
    if (chunk === undefined) {
      throw new RangeError(`no section ${index}`);
    }
    return chunk;
  }

  #indexOf(header: string): number | undefined {
    if (this.#byHeader === undefined && !this.#wasAsked) {
      // Most documents are asked once, for the edit that replaces them: an index is for those that are asked again.
      this.#wasAsked = true;
      const index = this.chunks.findIndex((chunk) => chunk.header === header);
      return index === -1 ? undefined : index;
    }
    this.#byHeader ??= indexByHeader(this.chunks);
    return this.#byHeader.get(header);
  }

  #require(header: string): number {
    const index = this.#indexOf(header);
    if (index === undefined) {
      throw new NotFoundError(`There is no [${header}] in the file.`, 'Look at the file again: it may have changed.');
    }
    return index;
  }

  #withChunk(index: number, chunk: IniSection): IniDocument {
    const document = this.#withChunks(this.chunks.with(index, chunk));
    document.#text = this.#text === undefined ? undefined : this.#spliced(this.#text, index, chunk.text);
    if (this.chunks[index]?.header === chunk.header) {
      document.#byHeader = this.#byHeader;
    }
    return document;
  }

  /** The text with another in place of one part: much less work than to join thousands of parts. */
  #spliced(text: string, index: number, part: string): string {
    let start = this.hasByteOrderMark ? 1 : 0;
    for (let before = 0; before < index; before += 1) {
      start += this.#chunk(before).text.length;
    }
    return text.slice(0, start) + part + text.slice(start + this.#chunk(index).text.length);
  }

  #withChunks(chunks: readonly IniSection[]): IniDocument {
    return new IniDocument(chunks, this);
  }
}

/** The first line end of a text, which new lines then use. A lone `\r`, which the JS SDK does not know, is never written. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const feed = text.indexOf('\n');
  return feed > 0 && text[feed - 1] === '\r' ? '\r\n' : '\n';
}

function indexByHeader(chunks: readonly IniSection[]): ReadonlyMap<string, number> {
  const index = new Map<string, number>();
  chunks.forEach((chunk, position) => {
    if (chunk.header !== undefined && !index.has(chunk.header)) {
      index.set(chunk.header, position);
    }
  });
  return index;
}

/** Reads a text that is one section, or the lines before the first. New text has been checked, so that more than one is a mistake here. */
function scanOne(text: string): IniSection {
  const scanner = new IniScanner(text);
  const section = scanner.next();
  if (!scanner.done) {
    throw new Error('an edit of one section gave more than one');
  }
  return section;
}

function lastEntry(section: IniSection, key: string): IniEntry | undefined {
  const name = key.toLowerCase();
  return section.entries.findLast((entry) => entry.name === name);
}

/** Whether the JS SDK reads this value for the key, in sections that it sees at all. */
function jsSees(section: IniSection, key: string, value: string): boolean {
  const seen = [...parseJsIni(section.text).values()];
  return seen.length === 0 || seen.some((values) => values.get(key) === value);
}

function replaceEntry(section: IniSection, entry: IniEntry, key: string, value: string, eol: string): string {
  const { text } = section;
  const keepsForm = entry.key === key && entry.delimiter === '=';
  const written = text.slice(entry.start, entry.valueStart);
  const space = /\s$/.test(written) || (entry.value !== '' && !entry.value.startsWith('\n')) ? '' : ' ';
  const prefix = keepsForm ? written + space : `${text.slice(entry.start, entry.start + entry.indent)}${key} = `;
  const lineEnd = /(?:\r\n|\n|\r)$/.test(text.slice(0, entry.end)) ? eol : '';
  return text.slice(0, entry.start) + prefix + value + lineEnd + text.slice(entry.end);
}

function withoutEntries(section: IniSection, key: string): string {
  const name = key.toLowerCase();
  return section.entries
    .filter((entry) => entry.name === name)
    .reduceRight((text, entry) => text.slice(0, entry.start) + text.slice(entry.end), section.text);
}

/** The section's text with a line below its last key: above the comments and blank lines that lead to the next section. */
function appendLine(section: IniSection, line: string, eol: string): string {
  const at = section.entries.at(-1)?.end ?? headerEnd(section.text);
  const before = section.text.slice(0, at);
  return `${before}${endsLine(before) ? '' : eol}${line}${eol}${section.text.slice(at)}`;
}

function headerEnd(text: string): number {
  const match = /^[^\r\n]*(?:\r\n|\n|\r|$)/.exec(text);
  return match?.[0].length ?? text.length;
}

function endsLine(text: string): boolean {
  return text === '' || /[\r\n]$/.test(text);
}

function endsBlank(text: string): boolean {
  return text === '' || /(?:^|\n|\r(?!\n))[^\S\r\n]*(?:\r\n|\n|\r)$/.test(text);
}
