import { IniDocument, lineEndOf, parseIni } from './ini-document.ts';
import type { IniSection } from './ini-scan.ts';

/**
 * What stands between two offsets of a document's text, both at the beginning of a line, as `parseIni` reads it by itself. The sections
 * that lie there whole are those of the document: they are not read again.
 */
export function excerptOf(document: IniDocument, start: number, end: number): IniDocument {
  const text = document.serialise();
  const content = text.slice(start, end);
  const { sections, first, last } = sectionsBetween(document, start, end);
  const lead = parseIni(text.slice(start, first));
  // What is indented below a key is a part of its value in the document; where that key is cut off it may be a header.
  if (sections.length === 0 || lead.sections.length > 0) {
    return parseIni(content);
  }
  const tail = parseIni(text.slice(last, end));
  const form = { hasByteOrderMark: lead.hasByteOrderMark, eol: lineEndOf(content) };
  return new IniDocument([...lead.chunks, ...sections, ...tail.chunks], form, content);
}

/** The parts of the document that lie there whole, and the offsets of the first one's begin and the last one's end. */
function sectionsBetween(
  document: IniDocument,
  start: number,
  end: number,
): { readonly sections: readonly IniSection[]; readonly first: number; readonly last: number } {
  const sections: IniSection[] = [];
  let first = end;
  let last = end;
  let at = document.hasByteOrderMark ? 1 : 0;
  for (const chunk of document.chunks) {
    const after = at + chunk.text.length;
    if (at >= start && after <= end) {
      first = Math.min(first, at);
      last = after;
      sections.push(chunk);
    }
    at = after;
  }
  return { sections, first, last };
}
