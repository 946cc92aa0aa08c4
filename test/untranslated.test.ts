import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.join(process.cwd(), 'src/renderer');

/** Names, which are the same in every language. */
const NAMES = new Set(['Rolecall', 'AWS', 'SSO', 'MFA', 'AWS CLI, boto3', 'JS SDK', 'AWS SDK for JavaScript']);

/** What programs read, shown as an example of its form. */
const EXAMPLE = /^(?:rolecall \w+|https:\/\/\S*|arn:\S+|AKIA…|[a-z]{2}-[a-z]+-\d)$/;

/** Properties whose text people see or hear. */
const SPOKEN =
  /\b(?:label|title|alt|hint|message|text|placeholder|aria-(?:label|description|roledescription|valuetext)|closeLabel|clearLabel)=(?:"([^"]+)"|\{'([^']+)'\}|\{`([^`]+)`\})/g;

/** What stands between two tags. */
const BETWEEN_TAGS = />([^<>{}]*[A-Za-z]{2,}[^<>{}]*)</g;

function componentFiles(): readonly string[] {
  return fs
    .readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') && !file.startsWith('gallery'));
}

/** The words of a component that are in no catalogue. */
function ownWords(source: string): readonly string[] {
  // Without comments, types and arrows nothing but tags has `>` before a word and `<` behind it on its lines.
  const code = source
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    .replaceAll('=>', '');
  const jsx = code
    .split('\n')
    .filter((line) => /^\s*(?:<|\w[^;(]*<\/)/.test(line) || /^\s*[A-Z][^;={}()]*$/.test(line));
  const between = [...jsx.join('\n').matchAll(BETWEEN_TAGS)].map(([, words = '']) => words.trim());
  const spoken = [...code.matchAll(SPOKEN)].map(([, a, b, c]) => (a ?? b ?? c ?? '').trim());
  return [...between, ...spoken].filter(
    (words) =>
      /[A-Za-z]{2}/.test(words.replaceAll(/\$\{[^}]*\}/g, '')) &&
      !NAMES.has(words) &&
      !EXAMPLE.test(words) &&
      !/^[a-z]+(?:-[a-z]+)*$/.test(words),
  );
}

test('components say nothing that is in no catalogue', () => {
  expect(componentFiles().length).toBeGreaterThan(60);
  const found = componentFiles().flatMap((file) =>
    ownWords(fs.readFileSync(path.join(ROOT, file), 'utf8')).map((words) => `${file}: ${words}`),
  );
  expect(found).toEqual([]);
});

test('the search for such words finds them', () => {
  expect(ownWords('<p>Access ends soon</p>')).toEqual(['Access ends soon']);
  expect(ownWords('<Button label="Sign in">')).toEqual(['Sign in']);
  expect(ownWords("<Button\n  title={'Open it'}\n>")).toEqual(['Open it']);
  expect(ownWords('<p>{t.empty.title}</p>')).toEqual([]);
  expect(ownWords('<span>\n  Renews by itself\n</span>')).toEqual(['Renews by itself']);
});
