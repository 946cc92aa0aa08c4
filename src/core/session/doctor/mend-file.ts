import { CONFIGPARSER_DEFAULTS, profileHeader } from '../../files/aws-sections.ts';
import { botocoreErrors, botocoreValue } from '../../files/botocore-reading.ts';
import { FileUnsafeError } from '../../files/file-errors.ts';
import { describeParseError } from '../../files/file-problems.ts';
import { IniDocument, parseIni } from '../../files/ini-document.ts';
import type { IniEntry, IniSection } from '../../files/ini-scan.ts';
import type { AwsFileKind } from '../../model/profile.ts';
import { mendMisplacedProfiles } from '../keys/mend-credentials.ts';

const MOST_ROUNDS = 10;
/** A header whose bracket was forgotten. To put `#` before it would give its keys to the profile above. */
const OPEN_HEADER = /^\[((?:profile|sso-session|services)[ \t]+)?[A-Za-z0-9._@+%:/-]+[ \t]*$/;

/**
 * A file that botocore can read, made from one that it cannot; nothing is lost, and no key changes its section:
 * the byte order mark goes, a forgotten `]` is added, sections that stand twice are put together, and lines that mean nothing, or are
 * overridden by a later one of the same key (which the JS SDK reads), become comments. In the credentials file `[profile x]` becomes `[x]`.
 *
 * Pure; a file that can be read and needs none of it comes back the same. Throws FileUnsafeError for what only a person can mend, and
 * AlreadyExistsError where two sections for one profile hold different values.
 */
export function mendFile(document: IniDocument, file: AwsFileKind): IniDocument {
  const readable = mendUntilReadable(document, MOST_ROUNDS);
  return file === 'credentials' ? mendMisplacedProfiles(readable) : readable;
}

/** The config file with `[x]`, which no tool takes for a profile, as `[profile x]`. The same where it is not there. */
export function addProfilePrefix(document: IniDocument, header: string): IniDocument {
  return document.section(header) === undefined
    ? document
    : document.renameSection(header, profileHeader(header, 'config'));
}

function mendUntilReadable(document: IniDocument, roundsLeft: number): IniDocument {
  const [error] = botocoreErrors(document);
  if (error === undefined) {
    return document;
  }
  const mended = roundsLeft === 0 ? document : mendOnce(document);
  if (mended.serialise() === document.serialise()) {
    throw new FileUnsafeError(
      `Line ${error.line} ${describeParseError(error)}, and what was meant cannot be told.`,
      'Mend that line in an editor. Nothing has been changed.',
    );
  }
  return mendUntilReadable(mended, roundsLeft - 1);
}

/** What decides on sections comes before what decides on lines. */
function mendOnce(document: IniDocument): IniDocument {
  if (document.hasByteOrderMark) {
    return new IniDocument(document.chunks, { hasByteOrderMark: false, eol: document.eol });
  }
  const closed = mapTexts(document, closeHeaders);
  if (closed !== undefined) {
    return closed;
  }
  return mergeDuplicates(document) ?? mapTexts(document, commentOut) ?? document;
}

function closeHeaders(section: IniSection): string {
  const bad = new Set(section.badLines.map(({ line }) => line));
  return linesOf(section.text)
    .map((line, index) => {
      const text = line.replace(/[\r\n]+$/, '');
      if (!bad.has(index) || !text.startsWith('[')) {
        return line;
      }
      if (!OPEN_HEADER.test(text)) {
        throw new FileUnsafeError(
          `The line ${JSON.stringify(text.slice(0, 60))} begins like a section, and what was meant cannot be told.`,
          'Mend that line in an editor. Nothing has been changed.',
        );
      }
      return `${text.trimEnd()}]${line.slice(text.length)}`;
    })
    .join('');
}

/** The keys of a later section of the same name behind those of the first; undefined where none stands twice. */
function mergeDuplicates(document: IniDocument): IniDocument | undefined {
  const first = new Map<string, IniSection>();
  const texts = new Map<IniSection, string>();
  for (const section of document.chunks) {
    const { header } = section;
    const before = header === undefined || header === CONFIGPARSER_DEFAULTS ? undefined : first.get(header);
    if (before === undefined) {
      texts.set(section, section.text);
      first.set(header ?? '', section);
    } else {
      texts.set(before, joined(texts.get(before) ?? '', section, document.eol));
    }
  }
  return texts.size === document.chunks.length ? undefined : parseIni([...texts.values()].join(''));
}

/** Lines of the body lose their common indent: behind keys that have none they would count as continued. */
function joined(text: string, { text: later, entries }: IniSection, eol: string): string {
  const [, ...body] = linesOf(later);
  const indent = Math.min(...entries.map((entry) => entry.indent), Infinity);
  const lines = body.map((line) =>
    Number.isFinite(indent) && /^\s*$/.test(line.slice(0, indent)) && line.trim() !== '' ? line.slice(indent) : line,
  );
  return [text, lines.join('')].map((part) => (part === '' || /[\r\n]$/.test(part) ? part : part + eol)).join('');
}

function commentOut(section: IniSection): string {
  const overridden = section.entries.filter((entry, index) =>
    section.entries.slice(index + 1).some(({ name }) => name === entry.name),
  );
  const lines = new Set([
    ...section.badLines.map(({ line }) => line),
    ...overridden.flatMap((entry) => linesOfEntry(section, entry)),
    ...section.entries
      .filter((entry) => botocoreValue(entry) === undefined)
      .flatMap((entry) =>
        linesOfEntry(section, entry)
          .slice(1)
          .filter((line) => !lineAt(section, line).includes('=')),
      ),
  ]);
  return linesOf(section.text)
    .map((line, index) => (lines.has(index) && !/^\s*(?:[#;]|$)/.test(line) ? line.replace(/\S/, '# $&') : line))
    .join('');
}

/** The lines that an entry and its continuation take, counted in its section. */
function linesOfEntry({ text }: IniSection, { start, end, line }: IniEntry): readonly number[] {
  return linesOf(text.slice(start, end)).map((_, index) => line + index);
}

function lineAt(section: IniSection, line: number): string {
  return linesOf(section.text)[line] ?? '';
}

/** Lines with their ends. Python ends lines at a lone carriage return too. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)|(?<=\r)(?!\n)/);
}

/** The document with changed sections; undefined where none changes. */
function mapTexts(document: IniDocument, change: (section: IniSection) => string): IniDocument | undefined {
  const texts = document.chunks.map(change);
  return texts.every((text, index) => text === document.chunks[index]?.text) ? undefined : parseIni(texts.join(''));
}
