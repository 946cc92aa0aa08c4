import { oncePerObject } from '../../shared/once-per-object.ts';
import { FileUnsafeError } from './file-errors.ts';
import { parseIni, type IniDocument } from './ini-document.ts';
import { excerptOf } from './ini-excerpt.ts';
import type { IniSection } from './ini-scan.ts';

/**
 * The lines that mark what Rolecall writes into the config file. Without `=` and `:`, because the AWS CLI's writer takes any line with
 * one for a key and would put a new key of the last profile behind it, out of the block.
 * Source: https://github.com/aws/aws-cli/blob/2.36.7/awscli/customizations/configure/writer.py (`OPTION_REGEX`)
 */
export const BLOCK_BEGIN = '# >>> Rolecall profiles. Written by Rolecall, which replaces all up to the end mark >>>';
/** As `BLOCK_BEGIN`, where the text before had no line end: it is taken away again with the block. */
export const BLOCK_BEGIN_JOINED = `${BLOCK_BEGIN} (joined)`;
export const BLOCK_END = '# <<< Rolecall profiles <<<';

/** Where our block is in a document. `broken` says why it cannot be told; lines count from 1. */
export type ManagedBlock =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'found';
      /** Character offsets in the text: of the begin mark, of what is inside, and behind the end mark's line. */
      readonly start: number;
      readonly contentStart: number;
      readonly contentEnd: number;
      readonly end: number;
      readonly isJoined: boolean;
      readonly content: IniDocument;
    }
  | { readonly kind: 'broken'; readonly line: number; readonly why: string };

interface Mark {
  readonly kind: 'begin' | 'end';
  readonly isJoined: boolean;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds our block. Only a whole line counts as a mark, and only one pair in its order; a mark quoted in another comment is no mark.
 * An edit asks more than once.
 */
export const findManagedBlock = oncePerObject(lookForBlock);

function lookForBlock(document: IniDocument): ManagedBlock {
  const text = document.serialise();
  const marks = findMarks(text);
  const [begin, end, extra] = marks;
  if (begin === undefined) {
    return { kind: 'none' };
  }
  if (begin.kind === 'end') {
    return { kind: 'broken', line: begin.line, why: 'its end mark comes without a begin mark before it' };
  }
  if (end === undefined) {
    return { kind: 'broken', line: begin.line, why: 'its end mark is missing' };
  }
  if (end.kind === 'begin' || extra !== undefined) {
    return { kind: 'broken', line: (extra ?? end).line, why: 'it is marked more than once' };
  }
  const stray = strayKeyLine(text, end);
  if (stray !== undefined) {
    return { kind: 'broken', line: stray, why: 'keys stand below its end mark without a [section] of their own' };
  }
  return {
    kind: 'found',
    start: begin.start,
    contentStart: begin.end,
    contentEnd: end.start,
    end: end.end,
    isJoined: begin.isJoined,
    content: excerptOf(document, begin.end, end.start),
  };
}

/**
 * The document with these sections (INI text, see `newSectionText`) as our block: in place of the old block, else at the end. No byte
 * outside changes. '' removes the block. Throws FileUnsafeError when the old block cannot be told from the user's own lines.
 */
export function replaceManagedBlock(document: IniDocument, content: string): IniDocument {
  const text = document.serialise();
  const block = knownBlock(document);
  if (content === '') {
    return removeManagedBlock(document);
  }
  const { eol } = document;
  const isJoined = block.kind === 'found' ? block.isJoined : text !== '' && !/[\r\n]$/.test(text);
  const body = withLineEnds(content.slice(0, endOfLastLine(content)), eol);
  // The blank line keeps what the AWS CLI inserts below the last key inside the block.
  const lines = [isJoined ? BLOCK_BEGIN_JOINED : BLOCK_BEGIN, body, '', BLOCK_END].join(eol) + eol;
  const written =
    block.kind === 'found'
      ? text.slice(0, block.start) + lines + text.slice(block.end)
      : text + (isJoined ? eol : '') + lines;
  return written === text ? document : parseIni(written);
}

/** The document without our block: byte for byte what was around it, the missing last line end included. Throws FileUnsafeError. */
export function removeManagedBlock(document: IniDocument): IniDocument {
  const block = knownBlock(document);
  if (block.kind === 'none') {
    return document;
  }
  const text = document.serialise();
  const before = text.slice(0, block.start);
  const after = text.slice(block.end);
  // Only at the end: with something behind it by now, the line end before the block parts the two.
  const isRejoined = block.isJoined && after === '';
  return parseIni((isRejoined ? before.replace(/(?:\r\n|\r|\n)$/, '') : before) + after);
}

/** The sections inside our block. None without a block; throws FileUnsafeError. */
export function managedSections(document: IniDocument): readonly IniSection[] {
  const block = knownBlock(document);
  return block.kind === 'none' ? [] : block.content.sections;
}

/** Where the line breaks at the end of a text begin. */
function endOfLastLine(text: string): number {
  let end = text.length;
  while (end > 0 && (text.charAt(end - 1) === '\n' || text.charAt(end - 1) === '\r')) {
    end -= 1;
  }
  return end;
}

function withLineEnds(text: string, eol: string): string {
  return eol === '\n' && !text.includes('\r') ? text : text.replaceAll(/\r\n|\r|\n/g, eol);
}

function knownBlock(document: IniDocument): Exclude<ManagedBlock, { kind: 'broken' }> {
  const block = findManagedBlock(document);
  if (block.kind === 'broken') {
    throw new FileUnsafeError(
      `The part of the config file that Rolecall writes cannot be told from yours: ${block.why} (line ${block.line}).`,
      'Put its two marks back around it, or remove both marks and what should go. Nothing has been changed.',
    );
  }
  return block;
}

function findMarks(text: string): readonly Mark[] {
  const marks: Mark[] = [];
  let line = 0;
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed + 1;
    line += 1;
    const kind = text.charCodeAt(start) === HASH ? markOf(text.slice(start, end).replace(/[\r\n]+$/, '')) : undefined;
    if (kind !== undefined) {
      marks.push({ ...kind, line, start, end });
    }
    start = end;
  }
  return marks;
}

const HASH = 0x23;

function markOf(line: string): Pick<Mark, 'kind' | 'isJoined'> | undefined {
  switch (line) {
    case BLOCK_BEGIN:
      return { kind: 'begin', isJoined: false };
    case BLOCK_BEGIN_JOINED:
      return { kind: 'begin', isJoined: true };
    case BLOCK_END:
      return { kind: 'end', isJoined: false };
    default:
      return undefined;
  }
}

/** The line of a key that stands below the end mark and so belongs to the block's last section. */
function strayKeyLine(text: string, end: Mark): number | undefined {
  const [lead] = parseIni(text.slice(end.end)).chunks;
  const [bad] = lead?.header === undefined ? (lead?.badLines ?? []) : [];
  return bad === undefined ? undefined : end.line + bad.line + 1;
}
