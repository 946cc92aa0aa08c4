import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { botocoreErrors, readAsBotocore } from '../../../../src/core/files/botocore-reading.ts';
import { parseIni } from '../../../../src/core/files/ini-document.ts';
import { readAsJs } from '../../../../src/core/files/js-reading.ts';
import { addProfilePrefix, mendFile } from '../../../../src/core/session/doctor/mend-file.ts';

const mend = (text: string, file: 'config' | 'credentials' = 'config'): string =>
  mendFile(parseIni(text), file).serialise();

describe('mending a file that botocore cannot read', () => {
  test.each([
    ['a byte order mark', '\uFEFF[default]\nregion = a\n', '[default]\nregion = a\n'],
    [
      'a forgotten bracket',
      '[default]\nregion = a\n[profile b\nregion = b\n',
      '[default]\nregion = a\n[profile b]\nregion = b\n',
    ],
    ['a forgotten bracket at the very top', '[profile b\nregion = b\n', '[profile b]\nregion = b\n'],
    ['a key above all sections', 'region = a\n[default]\noutput = json\n', '# region = a\n[default]\noutput = json\n'],
    ['a line without a value', '[default]\nregion\noutput = json\n', '[default]\n# region\noutput = json\n'],
    ['a line without a key', '[default]\n= x\noutput = json\n', '[default]\n# = x\noutput = json\n'],
    [
      'a key that stands twice',
      '[default]\nregion = a\noutput = json\nregion = b\n',
      '[default]\n# region = a\noutput = json\nregion = b\n',
    ],
    [
      'a block that stands twice',
      '[default]\ns3 =\n  a = 1\n  b = 2\ns3 =\n  a = 3\n',
      '[default]\n# s3 =\n  # a = 1\n  # b = 2\ns3 =\n  a = 3\n',
    ],
    ['a bad line in a block', '[default]\ns3 =\n  junk\n  a = 1\n', '[default]\ns3 =\n  # junk\n  a = 1\n'],
    [
      'a section that stands twice',
      '[profile a]\nregion = a\n\n[profile b]\nregion = b\n\n[profile a]\noutput = json\n',
      '[profile a]\nregion = a\n\noutput = json\n[profile b]\nregion = b\n\n',
    ],
    [
      'both with the same key',
      '[profile a]\nregion = a\n[profile a]\n# newer\nregion = b\n',
      '[profile a]\n# region = a\n# newer\nregion = b\n',
    ],
    [
      'indented keys behind keys that are not',
      '[profile a]\nregion = a\n[profile a]\n  output = json\n  s3 =\n    a = 1\n',
      '[profile a]\nregion = a\noutput = json\ns3 =\n  a = 1\n',
    ],
    [
      'no last line end',
      '[profile a]\nregion = a\n[profile b]\nx = 1\n[profile a]\noutput = json',
      '[profile a]\nregion = a\noutput = json\n[profile b]\nx = 1\n',
    ],
    [
      'CRLF',
      '[profile a]\r\nregion\r\n[profile a]\r\noutput = json\r\n',
      '[profile a]\r\n# region\r\noutput = json\r\n',
    ],
    [
      'several at once',
      '\uFEFFx = 1\n[profile a\nregion\n[profile a]\nregion = b\n',
      '# x = 1\n[profile a]\n# region\nregion = b\n',
    ],
  ])('%s', (_, text, mended) => {
    expect(mend(text)).toBe(mended);
  });

  test('what can be read stays as it is', () => {
    const text = '# a\n[default]\nregion=x\n\n[DEFAULT]\na = 1\n[DEFAULT]\nb = 2\n';
    expect(mend(text)).toBe(text);
  });

  test.each([
    ['a header that cannot be told', '[default]\nregion = a\n[profile my prod\nregion = b\n'],
    ['a header with a comment in it', '[default]\nregion = a\n[profile prod #1\nregion = b\n'],
    ['keys twice in [DEFAULT]', '[DEFAULT]\na = 1\n[default]\nb = 1\n[DEFAULT]\na = 2\n'],
  ])('%s is for a person to mend', (_, text) => {
    expect(() => mend(text)).toThrow(expect.objectContaining({ code: 'file-unsafe' }));
  });

  test('any file is either readable afterwards, with every value it had, or refused', () => {
    const line = fc.constantFrom(
      '[default]',
      '[profile a]',
      '[profile b',
      '[profile a b',
      'region = x',
      'output: json',
      '  nested = 1',
      's3 =',
      'junk',
      '= x',
      '# c',
      '',
      '\tindented = 2',
      '[DEFAULT]',
      'region = y',
      '  junk',
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 14 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (lines, eol, hasMark) => {
          const text = (hasMark ? '\uFEFF' : '') + lines.join(eol);
          const mended = (() => {
            try {
              return mend(text);
            } catch (error) {
              expect(error).toMatchObject({ code: 'file-unsafe' });
              return undefined;
            }
          })();
          if (mended !== undefined) {
            expect(botocoreErrors(parseIni(mended))).toEqual([]);
            const after = parseIni(mended);
            const meant = lines.map((each) => (each === '[profile b' ? `${each}]` : each)).join(eol);
            for (const { header, entries } of parseIni(meant).sections) {
              const there = after.sections
                .filter((section) => section.header === header)
                .map((section) => section.text);
              expect(there).not.toEqual([]);
              for (const { key, value } of entries) {
                for (const part of [key, ...value.split('\n')]) {
                  expect(there.join('')).toContain(part);
                }
              }
            }
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

describe('the credentials file', () => {
  test('[profile x] becomes [x], which every tool finds', () => {
    const text = '[profile x]\naws_access_key_id = AKIA\naws_secret_access_key = hush\n';
    const mended = mend(text, 'credentials');
    expect(mended).toBe(text.replace('[profile x]', '[x]'));
    expect(readAsBotocore(parseIni(mended), 'credentials').profiles.has('x')).toBe(true);
    expect(readAsJs(mended, 'credentials').has('x')).toBe(true);
    expect(mend(text, 'config')).toBe(text);
  });

  test('where both are there and differ, nothing is done', () => {
    const text = '[x]\naws_access_key_id = AKIA1\n[profile x]\naws_access_key_id = AKIA2\n';
    expect(() => mend(text, 'credentials')).toThrow(expect.objectContaining({ code: 'already-exists' }));
  });
});

test('[x] in the config file becomes [profile x], and default stays default', () => {
  const text = '[x]\nregion = a\n';
  expect(addProfilePrefix(parseIni(text), 'x').serialise()).toBe('[profile x]\nregion = a\n');
  expect(addProfilePrefix(parseIni(text), 'y').serialise()).toBe(text);
  expect(() => addProfilePrefix(parseIni(`${text}[profile x]\n`), 'x')).toThrow(
    expect.objectContaining({ code: 'already-exists' }),
  );
});
