import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAsBotocore, type BotocoreSection } from '../../../src/core/files/botocore-reading.ts';
import { parseIni } from '../../../src/core/files/ini-document.ts';
import { readAsJs, type JsSections } from '../../../src/core/files/js-reading.ts';

interface DifferentialCase {
  readonly name: string;
  readonly input: string;
  readonly botocore_load_config: string | Record<string, unknown>;
  readonly botocore_raw: string | Record<string, unknown>;
  readonly js_config_file: Record<string, unknown>;
  readonly js_credentials_file: Record<string, unknown>;
}

const fixture = new URL('../../fixtures/ini-differential.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { readonly cases: readonly DifferentialCase[] };

test('the fixture holds the 64 measured texts', () => {
  expect(cases).toHaveLength(64);
});

describe.each(cases)('$name', (example) => {
  test('reads as botocore reads it', () => {
    const reading = readAsBotocore(parseIni(example.input), 'config');
    if (typeof example.botocore_raw === 'string') {
      expect(reading.errors.length).toBeGreaterThan(0);
      expect(reading.sections.size).toBe(0);
      return;
    }
    expect(reading.errors).toEqual([]);
    expect(plain(reading.sections)).toEqual(example.botocore_raw);
    expect({
      ...plain(reading.other),
      ...nonEmpty('profiles', plain(reading.profiles)),
      ...nonEmpty('sso_sessions', plain(reading.ssoSessions)),
      ...nonEmpty('services', plain(reading.services)),
    }).toEqual(example.botocore_load_config);
  });

  test('reads as the JS SDK reads it', () => {
    expect(plain(readAsJs(example.input, 'config'))).toEqual(example.js_config_file);
    expect(plain(readAsJs(example.input, 'credentials'))).toEqual(example.js_credentials_file);
  });

  test('serialises to the same bytes', () => {
    expect(parseIni(example.input).serialise()).toBe(example.input);
  });
});

function plain(sections: ReadonlyMap<string, BotocoreSection> | JsSections): Record<string, unknown> {
  return Object.fromEntries(
    [...sections].map(([name, values]) => [
      name,
      Object.fromEntries(
        [...values].map(([key, value]) => [key, value instanceof Map ? Object.fromEntries(value) : value]),
      ),
    ]),
  );
}

function nonEmpty(key: string, value: Record<string, unknown>): Record<string, unknown> {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}
