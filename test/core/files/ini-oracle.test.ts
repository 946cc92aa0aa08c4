import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { botocoreErrors, readAsBotocore, type BotocoreSection } from '../../../src/core/files/botocore-reading.ts';
import { parseIni, type IniDocument } from '../../../src/core/files/ini-document.ts';
import { jsSectionList, type JsSectionList } from '../../../src/core/files/js-document-reading.ts';
import {
  jsSectionName,
  parseJsIni,
  readAsJs,
  type JsSection,
  type JsSections,
} from '../../../src/core/files/js-reading.ts';
import { splitShellWords } from '../../../src/core/files/shell-words.ts';
import { saneIniText, wildIniText } from './ini-arbitraries.ts';
import { askPython, hasBotocore, jsSdkReader, readWithBotocore, readWithJsSdk } from './oracles.ts';

test('3,000 generated files read as the real botocore reads them, refusals included', (ctx) => {
  if (!hasBotocore()) {
    ctx.skip('python3-botocore is not installed');
  }
  const texts = fc.sample(wildIniText, { numRuns: 3_000, seed: 20_261_123 });
  const real = readWithBotocore(texts);
  const ours = texts.map((text) => {
    const document = parseIni(text);
    return botocoreErrors(document).length > 0 ? undefined : plain(readAsBotocore(document, 'config').sections);
  });
  texts.forEach((text, index) => {
    expect({ text, reading: ours[index] }).toEqual({ text, reading: real[index] });
  });
  expect(real.filter((reading) => reading !== undefined).length).toBeGreaterThan(300);
});

test('1,500 generated files read as the real JS SDK reads them', async (ctx) => {
  const sdk = jsSdkReader();
  if (sdk === undefined) {
    ctx.skip('@smithy/core cannot be resolved from here');
    return;
  }
  for (const text of fc.sample(wildIniText, { numRuns: 1_500, seed: 7 })) {
    const real = await readWithJsSdk(sdk, text);
    expect({ text, file: plain(readAsJs(text, 'config')) }).toEqual({ text, file: real.config });
    expect({ text, file: plain(readAsJs(text, 'credentials')) }).toEqual({ text, file: real.credentials });
  }
});

test('a document is read for the JS SDK as its text is', () => {
  fc.assert(
    fc.property(fc.oneof(wildIniText, saneIniText), (text) => {
      const document = parseIni(text);
      const isTwice = botocoreErrors(document).some(({ code }) => code === 'duplicate-section');
      const list = isTwice ? undefined : jsSectionList(document);
      expect(plain(namedJsSections(document, list))).toEqual(plain(parseJsIni(text)));
    }),
    { numRuns: 10_000, seed: 13 },
  );
});

test('words are split as shlex splits them', (ctx) => {
  if (!hasBotocore()) {
    ctx.skip('python3 is not installed');
  }
  const texts = fc.sample(
    fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\t', '"', "'", '\\', '#', '\u00e9', '\n') }),
    {
      numRuns: 5_000,
      seed: 11,
    },
  );
  const script = `
import json, shlex, sys
def words(text):
    try:
        return shlex.split(text)
    except ValueError:
        return None
json.dump([words(t) for t in json.load(sys.stdin)], sys.stdout)
`;
  const real = askPython(script, texts) as readonly (readonly string[] | null)[];
  texts.forEach((text, index) => {
    expect({ text, words: splitShellWords(text) ?? null }).toEqual({ text, words: real[index] });
  });
});

function namedJsSections(document: IniDocument, list: JsSectionList): JsSections {
  if (list === undefined) {
    return parseJsIni(document.serialise());
  }
  const sections = new Map<string, JsSection>();
  document.sections.forEach(({ header }, index) => {
    const section = list[index];
    if (section !== undefined) {
      sections.set(jsSectionName(header ?? '') ?? '', section);
    }
  });
  return sections;
}

function plain(sections: ReadonlyMap<string, BotocoreSection> | JsSections): Record<string, unknown> {
  // Through JSON, as the real readings came, so that a section named __proto__ is a key like any other.
  const text = [...sections].map(
    ([name, values]) =>
      `${JSON.stringify(name)}:{${[...values]
        .map(
          ([key, value]) =>
            `${JSON.stringify(key)}:${JSON.stringify(value instanceof Map ? Object.fromEntries(value) : value)}`,
        )
        .join(',')}}`,
  );
  return JSON.parse(`{${text.join(',')}}`) as Record<string, unknown>;
}
