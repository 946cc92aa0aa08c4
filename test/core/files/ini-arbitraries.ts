import * as fc from 'fast-check';

/** The pieces that INI files are made of, sane and otherwise. */
const HEADERS = [
  '[default]',
  '[profile a]',
  '[profile b]',
  '[profile "a b"]',
  "[profile 'ab']",
  '[profile   c]',
  '[profile\td]',
  '[sso-session corp]',
  '[sso-session "x y"]',
  '[services v]',
  '[a]',
  '[DEFAULT]',
  '[profile default]',
  '[profile a b]',
  "[profile a'b]",
  '[profile a]b]',
  '[profile a] junk',
  '[profile a] # note',
  '[profile __proto__]',
  '[__proto__]',
  '[toString]',
  '[profile constructor]',
  '[profile.x]',
  '[ profile a ]',
  '[Profile a]',
  '[profilexyz a]',
  '[]',
  '[]]',
  '[',
  ']',
  '[profile a',
  '[profile \u00e9]',
  '[profile a\\b]',
  '[sso-session]',
];
const KEYS = [
  'region',
  'output',
  'Region',
  's3',
  'sso',
  'aws_access_key_id',
  'my key',
  'a.b',
  '__proto__',
  'role_arn',
  '',
];
const DELIMITERS = ['=', ' = ', ' =', '= ', ':', ' : ', '\t=\t', ''];
const VALUES = [
  '',
  'eu-west-1',
  'x # c',
  'x ; c',
  '#c',
  ';c',
  'https://x.awsapps.com/start/#/',
  'a=b',
  'a:b',
  '"q"',
  '%(x)s',
  ' padded ',
  '\u00a0r',
  'tail\u00a0',
  'a\u2028b',
  'a\u0085b',
  '\ufeffx',
  '\x1cx',
  '\x1fx\x1f',
  'x\x0by',
  '[x]',
  '\\',
  '\u65e5\u672c',
];
const INDENTS = ['', '', '', ' ', '  ', '\t', '    ', '\u00a0', '\ufeff', '\x1c', '\x0b'];
const COMMENTS = ['# note', '; note', '#', '  # indented', '#[profile z]', '# k = v'];
const ENDS = ['\n', '\n', '\n', '\n', '\r\n', '\r'];

const header = fc
  .tuple(fc.constantFrom(...INDENTS), fc.constantFrom(...HEADERS))
  .map(([indent, text]) => indent + text);
const entry = fc
  .tuple(
    fc.constantFrom(...INDENTS),
    fc.constantFrom(...KEYS),
    fc.constantFrom(...DELIMITERS),
    fc.constantFrom(...VALUES),
  )
  .map((parts) => parts.join(''));
const other = fc.constantFrom(...COMMENTS, '', '  ', '\t', '\u00a0');
const line = fc.oneof(
  { weight: 3, arbitrary: header },
  { weight: 6, arbitrary: entry },
  { weight: 2, arbitrary: other },
);

/** Any file: most of these no tool reads whole. */
export const wildIniText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '', '\ufeff'),
    fc.array(fc.tuple(line, fc.constantFrom(...ENDS)), { maxLength: 14 }),
    fc.boolean(),
  )
  .map(([mark, lines, isEnded]) => {
    const text = mark + lines.map((parts) => parts.join('')).join('');
    return isEnded ? text : text.replace(/(?:\r\n|\r|\n)$/, '');
  });

const saneName = fc.constantFrom('a', 'b', 'dev', 'prod-admin', 'x.y', 'team@corp', 'n/1');
const saneKey = fc.constantFrom(
  'region',
  'output',
  'sso_account_id',
  'sso_role_name',
  'role_arn',
  'source_profile',
  'cli_pager',
);
const saneValue = fc.constantFrom(
  'eu-west-1',
  'json',
  '111122223333',
  'arn:aws:iam::111122223333:role/Dev',
  'https://x/start#/',
  'a b',
  '"q"',
);
const saneEnd = fc.constantFrom('\n', '\r\n');

/** A file that botocore reads: no section and no key twice; comments, blank lines, blocks, indents and a missing last line end as people write. */
export const saneIniText: fc.Arbitrary<string> = fc
  .record({
    eol: saneEnd,
    lead: fc.array(fc.constantFrom('# a comment', '', '; other'), { maxLength: 3 }),
    sections: fc.uniqueArray(
      fc.record({
        header: fc
          .tuple(fc.constantFrom('profile', 'sso-session', 'services'), saneName)
          .map((parts) => parts.join(' ')),
        entries: fc.uniqueArray(
          fc.record({
            key: saneKey,
            value: saneValue,
            delimiter: fc.constantFrom(' = ', '=', ' =', '\t= ', ' : '),
            below: fc.array(fc.constantFrom('', '# why', '   '), { maxLength: 2 }),
          }),
          { selector: (item) => item.key, maxLength: 5 },
        ),
        block: fc.option(fc.constantFrom('s3 =', 's3=', 'sso = ')),
        indent: fc.constantFrom('', '', '  '),
      }),
      { selector: (item) => item.header, maxLength: 6 },
    ),
    isEnded: fc.boolean(),
  })
  .map(({ eol, lead, sections, isEnded }) => {
    const lines: string[] = [...lead];
    for (const section of sections) {
      lines.push(`[${section.header}]`);
      for (const item of section.entries) {
        lines.push(`${section.indent}${item.key}${item.delimiter}${item.value}`, ...item.below);
      }
      if (section.block !== null) {
        lines.push(
          section.indent + section.block,
          `${section.indent}  max_queue_size = 10`,
          `${section.indent}  # inside`,
          `${section.indent}  x = y`,
        );
      }
    }
    return lines.join(eol) + (isEnded && lines.length > 0 ? eol : '');
  });
