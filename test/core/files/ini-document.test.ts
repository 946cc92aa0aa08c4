import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { botocoreErrors, readAsBotocore } from '../../../src/core/files/botocore-reading.ts';
import { parseIni, type IniDocument } from '../../../src/core/files/ini-document.ts';
import { parseJsIni, readAsJs } from '../../../src/core/files/js-reading.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';
import { saneIniText, wildIniText } from './ini-arbitraries.ts';

const TEN_THOUSAND = { numRuns: 10_000, seed: 20_261_123 };

describe('every byte that is not edited stays', () => {
  test('10,000 generated files, broken ones among them, serialise to what they were', () => {
    fc.assert(
      fc.property(wildIniText, (text) => {
        const document = parseIni(text);
        expect(document.serialise()).toBe(text);
        expect(textOfParts(document)).toBe(text);
      }),
      TEN_THOUSAND,
    );
  });

  test('in 10,000 generated files setting a key changes one run of bytes, and both tools read the new value and else the same', () => {
    fc.assert(
      fc.property(saneIniText, fc.nat(), fc.constantFrom('region', 'output', 's3', 'brand_new'), (text, pick, key) => {
        const document = parseIni(text);
        const header = document.sections[pick % Math.max(document.sections.length, 1)]?.header;
        if (header === undefined) {
          return;
        }
        const edited = document.setKey(header, key, 'set-by-test');
        expectOnlyKeyChanged(document, edited, header, key);
        expect(textOfParts(edited)).toBe(edited.serialise());
      }),
      TEN_THOUSAND,
    );
  });

  test('in generated files removing a key that was just added gives the same bytes back', () => {
    fc.assert(
      fc.property(saneIniText, fc.nat(), (text, pick) => {
        const document = parseIni(text.endsWith('\n') ? text : `${text}\n`);
        const header = document.sections[pick % Math.max(document.sections.length, 1)]?.header;
        if (header !== undefined) {
          const back = document.setKey(header, 'brand_new', 'x').removeKey(header, 'brand_new');
          expect(back.serialise()).toBe(document.serialise());
        }
      }),
      { numRuns: 2_000, seed: 3 },
    );
  });

  test('in generated files renaming a key and back gives the same bytes', () => {
    fc.assert(
      fc.property(saneIniText, fc.nat(), (text, pick) => {
        const document = parseIni(text);
        const section = document.sections[pick % Math.max(document.sections.length, 1)];
        const entry = section?.entries[0];
        if (section?.header !== undefined && entry !== undefined) {
          const away = document.renameKey(section.header, entry.key, `rolecall_${entry.key}`);
          expect(away.get(section.header, entry.key)).toBeUndefined();
          expect(away.renameKey(section.header, `rolecall_${entry.key}`, entry.key).serialise()).toBe(text);
        }
      }),
      { numRuns: 2_000, seed: 4 },
    );
  });

  test('in generated files adding a section leaves all before it as it was', () => {
    fc.assert(
      fc.property(saneIniText, (text) => {
        const added = parseIni(text).addSection('profile added-by-test', { region: 'eu-west-1' }).serialise();
        expect(added.startsWith(text)).toBe(true);
        expect(botocoreErrors(parseIni(added))).toEqual([]);
        expect(readAsJs(added, 'config').get('added-by-test')).toEqual(new Map([['region', 'eu-west-1']]));
      }),
      { numRuns: 2_000, seed: 5 },
    );
  });
});

describe('setting a key', () => {
  test.each([
    ['keeps the form around the equals sign', '[default]\nregion=a\n', '[default]\nregion=b\n'],
    ['keeps the alignment', '[default]\nregion   =  a\n', '[default]\nregion   =  b\n'],
    ['keeps the indent', '[default]\n  region = a\n', '[default]\n  region = b\n'],
    ['keeps CRLF', '[default]\r\nregion = a\r\n', '[default]\r\nregion = b\r\n'],
    ['keeps a missing line end', '[default]\nregion = a', '[default]\nregion = b'],
    ['turns a colon into an equals sign, which the JS SDK needs', '[default]\nregion: a\n', '[default]\nregion = b\n'],
    ['writes the key in small letters, which the JS SDK needs', '[default]\nRegion = a\n', '[default]\nregion = b\n'],
    ['replaces a value with its continuation', '[default]\nregion = a\n  c = d\n# x\n', '[default]\nregion = b\n# x\n'],
    [
      'replaces a block',
      '[default]\nregion =\n  a = 1\n\n  b = 2\noutput = j\n',
      '[default]\nregion = b\noutput = j\n',
    ],
    ['gives an empty value its space', '[default]\nregion =\noutput = j\n', '[default]\nregion = b\noutput = j\n'],
    [
      'drops a comment that the AWS CLI took for a part of the value',
      '[default]\nregion = a # c\n',
      '[default]\nregion = b\n',
    ],
    [
      'adds below the last key, above the comments of the next section',
      '[default]\noutput = j\n\n# next\n[profile x]\n',
      '[default]\noutput = j\nregion = b\n\n# next\n[profile x]\n',
    ],
    ['adds to an empty section', '[default]\n\n[profile x]\n', '[default]\nregion = b\n\n[profile x]\n'],
    ['adds behind a missing line end', '[default]\noutput = j', '[default]\noutput = j\nregion = b\n'],
    ['adds behind a header without line end', '[default]', '[default]\nregion = b\n'],
    [
      'adds without indent below an indented block, where both tools see it',
      '[default]\n  s3 =\n    a = 1\n',
      '[default]\n  s3 =\n    a = 1\nregion = b\n',
    ],
    [
      'moves an indented key that the JS SDK took for a part of the block above',
      '[default]\n  s3 =\n    a = 1\n  region = a\n',
      '[default]\n  s3 =\n    a = 1\nregion = b\n',
    ],
  ])('%s', (_, before, after) => {
    const edited = parseIni(before).setKey('default', 'region', 'b');
    expect(edited.serialise()).toBe(after);
    expect(parseJsIni(after).get('default')?.get('region')).toBe('b');
    expect(readAsBotocore(edited, 'config').sections.get('default')?.get('region')).toBe('b');
  });

  test('gives the very same document when nothing would change', () => {
    const document = parseIni('[default]\nregion = a\n');
    expect(document.setKey('default', 'region', 'a')).toBe(document);
  });

  test('leaves the document it came from alone', () => {
    const document = parseIni('[default]\nregion = a\n');
    document.setKey('default', 'region', 'b');
    expect(document.serialise()).toBe('[default]\nregion = a\n');
  });

  test('a section that is not there is an error', () => {
    expect(() => parseIni('').setKey('default', 'region', 'a')).toThrow('no [default]');
  });
});

describe('what no tool would read back is refused, and not repeated in the error', () => {
  const secret = 'wJalrXUtnFEMI';
  test.each([
    ['a line feed', `${secret}\ncredential_process = touch /tmp/pwn`],
    ['a carriage return', `${secret}\r[default]\rregion=x`],
    ['a NUL', `${secret}\u0000`],
    ['a line separator', `${secret}\u2028x`],
    ['a next line character', `${secret}\u0085x`],
    ['a vertical tab', `${secret}\u000bx`],
    ['a file separator', `${secret}\u001cx`],
    ['a tab', `${secret}\tx`],
    ['an escape sequence', `\u001b[2J${secret}`],
    ['a text direction mark', `${secret}\u202ex`],
    ['a zero-width space', `${secret}\u200bx`],
    ['a byte order mark', `\ufeff${secret}`],
    ['a no-break space', `${secret}\u00a0x`],
    ['half a surrogate pair', `${secret}\ud800`],
    ['a hash after a space', `${secret} #1`],
    ['a semicolon after a space', `${secret} ;1`],
    ['a hash at the start', `#${secret}`],
    ['a space at the start', ` ${secret}`],
    ['a space at the end', `${secret} `],
    ['nothing', ''],
    ['100,000 characters', secret + 'A'.repeat(100_000)],
  ])('%s', (_, value) => {
    const document = parseIni('[default]\nregion = a\n');
    const act = (): IniDocument => document.setKey('default', 'region', value);
    expect(act).toThrow(/The value for region/);
    expect(errorText(act)).not.toContain(secret);
    expect(() => document.addSection('profile x', { region: value })).toThrow(/The value for region/);
  });

  test.each(['', 'Region', 'a b', 'a=b', 'a:b', '#a', ';a', '[a', 'a\nb', ' a', '__proto__', '\u00e9'])(
    'the key %j',
    (key) => {
      expect(() => parseIni('[default]\n').setKey('default', key, 'x')).toThrow('not a plain lower-case name');
    },
  );

  test.each(
    [
      'profile a b',
      'profile "a"',
      "profile 'a'",
      'profile a]',
      'a]\n[profile default',
      'profile \u00e9',
      'profile  a',
      'profile\ta',
      'profile __proto__',
      '__proto__',
      'DEFAULT',
      'profile default',
      'profile',
      '',
      'profile prod #1',
      'profile a(b)',
      'unknown a',
      'profile a*',
      'profile a\\b',
      `profile ${'A'.repeat(200)}`,
      'profile ',
    ].filter((header) => header !== 'profile'),
  )('the header %j', (header) => {
    expect(() => parseIni('').addSection(header, { region: 'x' })).toThrow('cannot be written');
    expect(() => parseIni('[a]\n').renameSection('a', header)).toThrow('cannot be written');
  });

  test('values with quotes, percent signs, equals signs and letters beyond ASCII are fine, and read back', () => {
    for (const value of [
      '"/home/jos\u00e9/a b/rolecall" credentials',
      '%(x)s',
      'a=b==',
      'https://x/start/#/',
      "it's",
      'a#b;c',
    ]) {
      const text = parseIni('').addSection('profile x', { credential_process: value }).serialise();
      expect(readAsJs(text, 'config').get('x')?.get('credential_process')).toBe(value);
      expect(parseIni(text).get('profile x', 'credential_process')).toBe(value);
    }
  });
});

describe('sections', () => {
  test.each([
    ['to an empty file', '', '[profile new]\nregion = r\n'],
    ['behind a blank line', '[default]\nregion = a\n', '[default]\nregion = a\n\n[profile new]\nregion = r\n'],
    ['not behind a second blank line', '[default]\n\n', '[default]\n\n[profile new]\nregion = r\n'],
    ['behind a missing line end', '[default]\nregion = a', '[default]\nregion = a\n\n[profile new]\nregion = r\n'],
    ['with CRLF', '[default]\r\n', '[default]\r\n\r\n[profile new]\r\nregion = r\r\n'],
    ['behind comments only', '# mine', '# mine\n\n[profile new]\nregion = r\n'],
  ])('are added %s', (_, before, after) => {
    expect(parseIni(before).addSection('profile new', { region: 'r' }).serialise()).toBe(after);
  });

  test.each([
    [
      'in the middle, comments of the next kept',
      '[a]\nx = 1\n\n[b]\ny = 1\n\n# about c\n[c]\n',
      '[a]\nx = 1\n\n# about c\n[c]\n',
    ],
    ['at the end', '[a]\nx = 1\n\n[b]\ny = 1\n', '[a]\nx = 1\n\n'],
    ['at the start', '[b]\ny = 1\n\n[c]\n', '[c]\n'],
    ['at the start, with a comment below', '[b]\ny = 1\n# about c\n[c]\n', '# about c\n[c]\n'],
    ['all there is', '[b]\ny = 1\n', ''],
    ['with its block', '[b]\ns3 =\n  a = 1\n[c]\n', '[c]\n'],
    ['below comments, which stay', '# mine\n[b]\ny = 1\n[c]\n', '# mine\n[c]\n'],
  ])('are removed %s', (_, before, after) => {
    expect(parseIni(before).removeSection('b').serialise()).toBe(after);
  });

  test('one that is not there is removed without effect', () => {
    const document = parseIni('[a]\n');
    expect(document.removeSection('b')).toBe(document);
  });

  test('adding one that is there is an error, putting it sets its keys and keeps the others', () => {
    const document = parseIni('[profile a]\nregion = x\noutput = json\n');
    expect(() => document.addSection('profile a', {})).toThrow('already');
    const put = document.putSection('profile a', { region: 'y', role_arn: 'z' });
    expect(put.serialise()).toBe('[profile a]\nregion = y\noutput = json\nrole_arn = z\n');
    expect(put.putSection('profile a', { region: 'y', role_arn: 'z' })).toBe(put);
  });

  test('a rename touches the name only', () => {
    const document = parseIni('  [profile a] # mine\nregion = x\n');
    expect(document.renameSection('profile a', 'profile b').serialise()).toBe('  [profile b] # mine\nregion = x\n');
    expect(() => parseIni('[a]\n[b]\n').renameSection('a', 'b')).toThrow('already');
    expect(() => parseIni('[a]\n').renameSection('c', 'b')).toThrow('no [c]');
  });

  test('an edit is found by later look-ups, also after sections moved', () => {
    const document = parseIni('[a]\nx = 1\n[b]\nx = 2\n[c]\nx = 3\n')
      .removeSection('a')
      .setKey('c', 'x', '4')
      .renameSection('b', 'd');
    expect([document.get('d', 'x'), document.get('c', 'x'), document.get('b', 'x')]).toEqual(['2', '4', undefined]);
  });
});

test('one key of a file of 80,000 lines is edited in linear time, and no other byte', () => {
  const text = Array.from(
    { length: 10_000 },
    (_, index) => `[profile p${index}]\n# c\nregion = a\noutput = json\nx = y\nz = 1\nk = v\n\n`,
  ).join('');
  let edited = '';
  expect(cpuMs(() => (edited = parseIni(text).setKey('profile p5000', 'region', 'b').serialise()))).toBeLessThan(1_000);
  expect(edited).toBe(text.replace('[profile p5000]\n# c\nregion = a', '[profile p5000]\n# c\nregion = b'));
});

test.each([
  ['50,000 headers that do not end', '[profile a\n'.repeat(50_000)],
  ['200,000 blank lines', `[a]\nx = 1\n${'\n'.repeat(200_000)}`],
  ['200,000 bare carriage returns', `[a]\r${'x = 1\r'.repeat(200_000)}`],
  ['a line of 2,000,000 characters', `[a]\nx${' '.repeat(2_000_000)}`],
  ['100,000 continuation lines', `[a]\nx =\n${'  y = 1\n'.repeat(100_000)}`],
  ['100,000 keys in one section', `[a]\n${Array.from({ length: 100_000 }, (_, index) => `k${index} = v`).join('\n')}`],
])('a hostile file costs no more than its length: %s', (_, text) => {
  const spentMs = cpuMs(() => {
    const document = parseIni(text);
    botocoreErrors(document);
    parseJsIni(text);
    expect(document.serialise()).toBe(text);
  });
  expect(spentMs).toBeLessThan(2_000);
});

/** A document's text, put together from its parts as an edit does it. */
function textOfParts({ hasByteOrderMark, chunks }: IniDocument): string {
  return (hasByteOrderMark ? '\uFEFF' : '') + chunks.map(({ text }) => text).join('');
}

function expectOnlyKeyChanged(document: IniDocument, edited: IniDocument, header: string, key: string): void {
  const text = edited.serialise();
  expect(botocoreErrors(edited)).toEqual([]);
  expect(parseIni(text).chunks).toEqual(edited.chunks);
  const before = readAsBotocore(document, 'config').sections;
  const after = readAsBotocore(edited, 'config').sections;
  const expected = new Map(before);
  expected.set(header, new Map([...(before.get(header) ?? []), [key, 'set-by-test']]));
  expect(after).toEqual(expected);
  const jsValues = [...parseJsIni(text)].filter(([name]) => name === header.replace(' ', '.'));
  expect(jsValues.map(([, values]) => values.get(key))).toEqual(['set-by-test']);
  expectOneRunChanged(document.serialise(), text);
}

/** Lines before and after the change are the same bytes. */
function expectOneRunChanged(before: string, after: string): void {
  let head = 0;
  while (head < before.length && before[head] === after[head]) {
    head += 1;
  }
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) {
    tail += 1;
  }
  const changed = after.slice(head, after.length - tail);
  expect(changed.length).toBeLessThanOrEqual('brand_new = set-by-test\r\n'.length + 2);
}

function errorText(act: () => unknown): string {
  try {
    act();
    return '';
  } catch (error) {
    return error instanceof Error ? `${error.message} ${JSON.stringify(error)} ${error.stack}` : String(error);
  }
}
