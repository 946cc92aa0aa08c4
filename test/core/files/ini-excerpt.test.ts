import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseIni } from '../../../src/core/files/ini-document.ts';
import { excerptOf } from '../../../src/core/files/ini-excerpt.ts';
import { saneIniText, wildIniText } from './ini-arbitraries.ts';

test('of 10,000 generated files, any lines of them read as the same lines by themselves', () => {
  fc.assert(
    fc.property(fc.oneof(wildIniText, saneIniText), fc.nat(), fc.nat(), (text, one, other) => {
      const starts = lineStarts(text);
      const [start = 0, end = 0] = [one, other].map((pick) => starts[pick % starts.length] ?? 0).sort((a, b) => a - b);
      const excerpt = excerptOf(parseIni(text), start, end);
      const alone = parseIni(text.slice(start, end));
      expect(excerpt.chunks).toEqual(alone.chunks);
      expect([excerpt.serialise(), excerpt.eol, excerpt.hasByteOrderMark]).toEqual([
        alone.serialise(),
        alone.eol,
        alone.hasByteOrderMark,
      ]);
    }),
    { numRuns: 10_000, seed: 20_261_127 },
  );
});

test('a header that only the cut makes one is read as one', () => {
  const text = '[a]\nkey = value\n# cut\n  [b]\n  key = 1\n[c]\nkey = 2\n';
  const excerpt = excerptOf(parseIni(text), text.indexOf('  [b]'), text.length);
  expect(excerpt.sections.map(({ header }) => header)).toEqual(['b', 'c']);
});

test('the sections that lie there whole are those of the document', () => {
  const text = '[a]\nx = 1\n# cut\n\n[b]\nx = 2\n[c]\nx = 3\n# cut\n[d]\n';
  const document = parseIni(text);
  const excerpt = excerptOf(document, text.indexOf('\n[b]'), text.lastIndexOf('# cut'));
  expect(excerpt.section('b')).toBe(document.section('b'));
  expect(excerpt.section('c')?.text).toBe('[c]\nx = 3\n');
});

function lineStarts(text: string): readonly number[] {
  const feeds = [...text.matchAll(/\n/g)].map(({ index }) => index + 1);
  return [0, ...feeds, ...(text.endsWith('\n') ? [] : [text.length])];
}
