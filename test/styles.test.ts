import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(process.cwd(), 'src/renderer');
const TOKENS = 'styles/tokens.css';

/** Widths at which layouts change; media and container queries cannot read tokens. */
const LAYOUT_WIDTHS = ['480px', '720px', '1000px'];
/** Widths at which the table has room for one column more: of those that come by themselves, and of those that the user asked for. */
const COLUMN_WIDTHS = ['800px', '940px', '1160px', '1340px', '1520px', '600px', '680px', '760px', '840px', '920px'];
const QUERY_WIDTHS = new Set([...LAYOUT_WIDTHS, ...COLUMN_WIDTHS]);

/** What says a thing nobody sees may be a pixel wide: how screen readers' own words are kept out of sight. */
const UNSEEN = /^(?:width|height): 1px$/;

function filesOf(extension: string): readonly string[] {
  return fs
    .readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(extension) && !file.startsWith('gallery'))
    .map((file) => file.replaceAll(path.sep, '/'));
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

/** Lines of style sheets besides the tokens, without comments, each with its place. */
function styleLines(): readonly (readonly [place: string, line: string])[] {
  return filesOf('.css')
    .filter((file) => file !== TOKENS)
    .flatMap((file) =>
      read(file)
        .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '))
        .split('\n')
        .map((line, at) => [`${file}:${at + 1}`, line.trim()] as const),
    );
}

test('style sheets state no measure of their own', () => {
  const raw = styleLines().filter(([, line]) => {
    const measures = line.match(/(?<![\w-])\d*\.?\d+(?:px|rem|em|ms|s|pt|ch)\b/g) ?? [];
    const isQuery = line.startsWith('@media') || line.startsWith('@container');
    const ownOnes = measures.filter(
      (measure) => !(isQuery && QUERY_WIDTHS.has(measure)) && Number.parseFloat(measure) !== 0,
    );
    return ownOnes.length > 0 && !UNSEEN.test(line.replace(';', ''));
  });
  expect(raw.map((found) => found.join(' '))).toEqual([]);
});

test('style sheets state no colour of their own', () => {
  const colour =
    /#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|color-mix)\(|:\s*(?:white|black|red|green|blue|gr[ae]y)\b/i;
  expect(
    styleLines()
      .filter(([, line]) => colour.test(line))
      .map((found) => found.join(' ')),
  ).toEqual([]);
});

test('every token that is used is there', () => {
  const defined = new Set([...read(TOKENS).matchAll(/^\s*(--[\w-]+):/gm)].map(([, name]) => name));
  const local = new Set(
    styleLines().flatMap(([, line]) => [...line.matchAll(/^(--[\w-]+):/g)].map(([, name]) => name)),
  );
  const inline = new Set(
    filesOf('.tsx').flatMap((file) => [...read(file).matchAll(/'(--[\w-]+)'/g)].map(([, name]) => name)),
  );
  const unknown = styleLines().flatMap(([place, line]) =>
    [...line.matchAll(/var\((--[\w-]+)/g)]
      .filter(([, name]) => !defined.has(name) && !local.has(name) && !inline.has(name))
      .map(([, name]) => `${place} ${name ?? ''}`),
  );
  expect(unknown).toEqual([]);
});

test('every token is used', () => {
  const everything = [...filesOf('.css'), ...filesOf('.tsx'), ...filesOf('.ts')].map((file) => read(file)).join('\n');
  const names = [...new Set([...read(TOKENS).matchAll(/^\s*(--[\w-]+):/gm)].map(([, name = '']) => name))];
  // Row heights are read by the list code, which puts their names together.
  const unused = names.filter((name) => !everything.includes(`var(${name}`) && !name.startsWith('--row-'));
  expect(unused.filter((name) => !/^--(?:mark|text|space|leading)-/.test(name))).toEqual([]);
});

test('components set no size or colour by themselves', () => {
  const raw = filesOf('.tsx').flatMap((file) =>
    [...read(file).matchAll(/style=\{\{([^}]*)\}/g)]
      .filter(([, style = '']) => /\b\d+(?:px|rem|ms)\b|#[\da-f]{3}|:\s*[1-9]\d*\s*[,}]/i.test(style))
      .map(([found]) => `${file} ${found}`),
  );
  expect(raw).toEqual([]);
});
