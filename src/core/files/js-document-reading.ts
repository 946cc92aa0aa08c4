import { isObjectMember, jsSectionName, parseJsIni, seesHeader, type JsSection } from './js-reading.ts';
import type { IniDocument } from './ini-document.ts';
import type { IniEntry, IniSection } from './ini-scan.ts';

/**
 * What the JS SDK makes of the sections of a document, each by itself and in their order; undefined for a section that it does not
 * see. The whole is undefined when they cannot be told apart: then only reading the text as the SDK does tells (`parseJsIni`).
 */
export type JsSectionList = readonly (JsSection | undefined)[] | undefined;

// Headers of which no two become the same name to the SDK.
const PLAIN_HEADER = /^(?:(?:profile|sso-session|services) [\w@+.%:/-]+|[\w-]+)$/;
const PLAIN_KEY = /^[a-z0-9_.-]+$/;
// What the two tools may strip or break differently.
const UNCOMMON = /[^ -~\t\r\n]/;
const COMMENT = /(?:^|\s)[#;]/;

/**
 * Takes from a document what both tools read alike, which in a large file is nearly everything, and reads the rest as the SDK does.
 * Give only documents in which no header stands twice.
 */
export function jsSectionList(document: IniDocument): JsSectionList {
  const [lead] = document.chunks;
  const isApart =
    document.sections.every(isApartSection) &&
    !document.chunks.some(crossesSections) &&
    // Some lines before the first header are none to botocore, and headers to the JS SDK.
    (lead?.header !== undefined || parseJsIni(lead?.text ?? '').size === 0);
  if (!isApart) {
    return undefined;
  }
  const list: (JsSection | undefined)[] = [];
  for (const section of document.sections) {
    if (isPlain(section)) {
      list.push(new PlainJsSection(section.entries));
      continue;
    }
    const seen = parseJsIni(section.text);
    const own = seen.get(jsSectionName(section.header ?? '') ?? '');
    if (seen.size > (own === undefined ? 0 : 1)) {
      return undefined;
    }
    list.push(own);
  }
  return list;
}

/** A section in which the JS SDK sees the very entries that botocore does. */
export class PlainJsSection implements JsSection {
  readonly entries: readonly IniEntry[];

  constructor(entries: readonly IniEntry[]) {
    this.entries = entries;
  }

  get size(): number {
    return new Set(this.keys()).size;
  }

  get(key: string): string | undefined {
    return this.entries.findLast((entry) => entry.key === key)?.value;
  }

  has(key: string): boolean {
    for (const entry of this.entries) {
      if (entry.key === key) {
        return true;
      }
    }
    return false;
  }

  keys(): Iterable<string> {
    return this.entries.map((entry) => entry.key);
  }

  [Symbol.iterator](): Iterator<[string, string]> {
    return this.entries.map(({ key, value }): [string, string] => [key, value])[Symbol.iterator]();
  }
}

function isApartSection({ header = '', text }: IniSection): boolean {
  const isPlainHeader = PLAIN_HEADER.test(header) && !isObjectMember(header) && header !== 'profile default';
  return isPlainHeader && (startsWithHeader(text, header) || seesHeader(text));
}

function isPlain({ header = '', text, badLines, entries }: IniSection): boolean {
  if (badLines.length > 0 || entries.length === 0 || !startsWithHeader(text, header) || UNCOMMON.test(text)) {
    return false;
  }
  for (const entry of entries) {
    if (!isPlainEntry(entry)) {
      return false;
    }
  }
  return true;
}

function startsWithHeader(text: string, header: string): boolean {
  const end = header.length + 2;
  const isEnded = text.length === end || text.startsWith('\n', end) || text.startsWith('\r\n', end);
  return isEnded && text.startsWith('[') && text.startsWith(header, 1);
}

function isPlainEntry({ key, value, indent, delimiter, isContinued }: IniEntry): boolean {
  return (
    indent === 0 &&
    delimiter === '=' &&
    value !== '' &&
    !isContinued &&
    key !== '__proto__' &&
    PLAIN_KEY.test(key) &&
    !COMMENT.test(value)
  );
}

/**
 * What the JS SDK does not read section by section: a line end that only botocore knows, so that its lines are others than ours; and
 * the name at which it gives up the whole file.
 */
function crossesSections({ text }: IniSection): boolean {
  return text.includes('__proto__') || (text.includes('\r') && /\r(?!\n)/.test(text));
}
