import { describe, expect, test } from 'vitest';
import { refusalOf } from '../../../src/core/loopback/request-gate.ts';

const PORT = 41234;
const HOST = `127.0.0.1:${PORT}`;
const ORIGIN = `http://${HOST}`;

type Headers = readonly (readonly [string, string])[];

function status(method: string, headers: Headers, target = '/'): number | undefined {
  return refusalOf({ method, target, rawHeaders: headers.flat() }, PORT)?.status;
}

const wrongHosts: Headers[] = [
  [],
  ...[
    'localhost:41234',
    '[::1]:41234',
    '127.1:41234',
    '127.0.0.1',
    '127.0.0.1:41235',
    '127.0.0.1:41234.evil.tld',
    '127.0.0.1:041234',
    '2130706433:41234',
    '0x7f.0.0.1:41234',
    'evil.test:41234',
    'evil.test@127.0.0.1:41234',
    '127.0.0.1:41234 ',
    '127.0.0.1:41234, evil.test',
    '',
  ].map((host) => [['Host', host]] as const),
  [
    ['Host', HOST],
    ['Host', HOST],
  ],
  [
    ['Host', HOST],
    ['host', 'evil.test'],
  ],
];

describe('Host', () => {
  test.each(wrongHosts.map((headers) => [JSON.stringify(headers), headers] as const))('%s is refused', (_, headers) => {
    expect(status('GET', headers)).toBe(421);
    expect(status('POST', [...headers, ['Origin', ORIGIN]])).toBe(421);
  });

  test('the exact address is let through', () => {
    expect(status('GET', [['Host', HOST]])).toBeUndefined();
  });
});

describe('Origin', () => {
  test.each([
    'null',
    'http://127.0.0.1',
    'https://127.0.0.1:41234',
    'http://localhost:41234',
    'http://127.0.0.1:41235',
    'http://127.0.0.1:41234/',
    'http://127.0.0.1:41234.evil.tld',
    'http://evil.test:41234',
    'HTTP://127.0.0.1:41234',
    'http://127.0.0.1:41234, http://evil.test',
    '',
  ])('%j is refused on every method', (origin) => {
    const headers: Headers = [
      ['Host', HOST],
      ['Origin', origin],
    ];
    expect(status('GET', headers)).toBe(403);
    expect(status('POST', headers)).toBe(403);
  });

  test('a POST without an Origin, or with two, is refused', () => {
    expect(status('POST', [['Host', HOST]])).toBe(403);
    const twice: Headers = [
      ['Host', HOST],
      ['Origin', ORIGIN],
      ['Origin', ORIGIN],
    ];
    expect(status('POST', twice)).toBe(403);
    expect(status('GET', twice)).toBe(403);
  });

  test('our own page is let through', () => {
    const own: Headers = [
      ['Host', HOST],
      ['Origin', ORIGIN],
    ];
    expect(status('POST', own)).toBeUndefined();
    expect(status('POST', [...own, ['Sec-Fetch-Site', 'same-origin']])).toBeUndefined();
  });
});

describe('Sec-Fetch-Site', () => {
  const own: Headers = [['Host', HOST]];

  test.each(['cross-site', 'same-site', 'nonsense'])(
    '%j may open our page but embed nothing and post nothing',
    (site) => {
      const from = [...own, ['Sec-Fetch-Site', site]] as const;
      expect(status('GET', [...from, ['Sec-Fetch-Dest', 'document']])).toBeUndefined();
      expect(status('GET', [...from, ['Sec-Fetch-Dest', 'iframe']])).toBe(403);
      expect(status('GET', [...from, ['Sec-Fetch-Dest', 'image']])).toBe(403);
      expect(status('GET', [...from, ['Sec-Fetch-Dest', 'script']])).toBe(403);
      expect(status('GET', from)).toBe(403);
      expect(status('POST', [...from, ['Origin', ORIGIN]])).toBe(403);
    },
  );

  test('a typed address is let through for reading only', () => {
    expect(status('GET', [...own, ['Sec-Fetch-Site', 'none']])).toBeUndefined();
    expect(status('POST', [...own, ['Origin', ORIGIN], ['Sec-Fetch-Site', 'none']])).toBe(403);
  });
});

describe('method and target', () => {
  test.each(['OPTIONS', 'PUT', 'DELETE', 'TRACE', 'CONNECT', 'PATCH', ''])('%j is refused', (method) => {
    expect(status(method, [['Host', HOST]])).toBe(405);
  });

  test.each(['http://evil.test/', '//evil.test/', '*', '', 'x', '/a b', '/\u00e9', '/a\u0000b'])(
    'target %j is refused',
    (target) => {
      expect(status('GET', [['Host', HOST]], target)).toBe(400);
    },
  );
});
