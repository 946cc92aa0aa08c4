import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { readTomlTables } from '../../../../src/core/session/import/toml-tables.ts';
import { parseYamlSubset } from '../../../../src/core/session/import/yaml-subset.ts';

const { load, FAILSAFE_SCHEMA } = createRequire(import.meta.url)('js-yaml') as {
  readonly load: (text: string, options: { readonly schema: unknown }) => unknown;
  readonly FAILSAFE_SCHEMA: unknown;
};

/** Texts only, as we read it: js-yaml's failsafe schema says '' where YAML has nothing. */
function oracle(text: string): unknown {
  return blankToNull(load(text, { schema: FAILSAFE_SCHEMA }) ?? null);
}

function blankToNull(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(blankToNull);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, blankToNull(inner)]));
  }
  return value === '' || value === 'null' || value === '~' ? null : value;
}

const READABLE: readonly string[] = [
  'a: b\n',
  '---\na: b\n',
  'SSOConfig:\n    Default:\n        SSORegion: us-east-1\n        Accounts:\n            258234615182:\n                Name: Our Company\n                Tags:\n                  - Type: Main Account\n                    More: x\n                  - Other: y\n',
  'a:\n  b:\n    c:\nd: e\n',
  'list:\n- one\n- two\nnext: x\n',
  'list:\n  - one\n  - two # said\nnext: x\n',
  "a: \"quoted: with colon\"\nb: 'it''s'\nc: plain # comment\n",
  'ProfileFormat: "{{.AccountName}}/{{.RoleName}}"\n',
  "ProfileFormat: '{{ .AccountIdPad }}:{{ .RoleName }}'\n",
  'DefaultSSO: Default                       \n',
  '# only a comment\n\n  # and another\n',
  '',
  'url: https://d-1.awsapps.com/start#/\n',
  'a: []\nb: {}\n',
  '"quoted key": v\nplain key: w\n',
  'command:\n    - open\n    - -a\n    - /Applications/Brave Browser.app\n    - "%s"\n',
  'a: b\r\nc:\r\n  d: e\r\n',
  '-\n  a: b\n- c: d\n  e: f\n',
  '0012345678912:\n  Name: MyTestName\n  Roles:\n    FooBar:\n',
];

describe('YAML as configuration files have it', () => {
  test.each(READABLE)('%j is read as a whole parser reads it', (text) => {
    expect(parseYamlSubset(text)).toEqual(oracle(text));
  });

  test.each([
    ['an anchor', 'a: &x b\n'],
    ['an alias', 'a: *x\n'],
    ['a tag', 'a: !!binary x\n'],
    ['a block text', 'a: |\n  text\n'],
    ['a folded text', 'a: >\n  text\n'],
    ['a flow map', 'a: {b: c}\n'],
    ['a flow list', 'a: [b, c]\n'],
    ['a tab', 'a:\n\tb: c\n'],
    ['a key twice', 'a: b\na: c\n'],
    ['a line that is nothing', 'a: b\nnothing\n'],
    ['indentation that fits nothing', 'a:\n    b: c\n  d: e\n'],
    ['a broken quote', 'a: "b\n'],
    ['two documents', 'a: b\n---\nc: d\n'],
    ['a bottomless pit', Array.from({ length: 60 }, (_, at) => `${' '.repeat(at)}k:`).join('\n')],
  ])('%s is refused with the number of its line, never guessed at', (_what, text) => {
    expect(() => parseYamlSubset(text)).toThrow(/^Line \d+ of the file /);
  });

  test('keys that mean something to JavaScript are keys like any other', () => {
    const value = parseYamlSubset('__proto__:\n  polluted: yes\nconstructor: x\n') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('a large file takes no time', () => {
    const text = Array.from({ length: 50_000 }, (_, at) => `key${at}: ${'x'.repeat(50)}   # ${' '.repeat(20)}`).join(
      '\n',
    );
    expect(Object.keys(parseYamlSubset(text) as object)).toHaveLength(50_000);
  });
});

test('the tables of a TOML file are found with their texts; the rest is passed over', () => {
  const text = [
    'DefaultBrowser = "FIREFOX"',
    'Ordering = ""',
    '[SSO]',
    '  [SSO.prod]',
    '    StartURL = "https://acme.awsapps.com/start" # main',
    "    SSORegion = 'eu-central-1'",
    '    NoCredentialProcess = true',
    '  [SSO."my org"]',
    '    StartURL = "https://other.awsapps.com/start"',
    'broken line',
    '[[ProfileRegistry.Registries]]',
  ].join('\n');
  expect(readTomlTables(text)).toEqual(
    new Map([
      [
        '',
        new Map([
          ['DefaultBrowser', 'FIREFOX'],
          ['Ordering', ''],
        ]),
      ],
      [
        'SSO.prod',
        new Map([
          ['StartURL', 'https://acme.awsapps.com/start'],
          ['SSORegion', 'eu-central-1'],
        ]),
      ],
      ['SSO.my org', new Map([['StartURL', 'https://other.awsapps.com/start']])],
    ]),
  );
});
