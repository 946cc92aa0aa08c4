import { expect, test } from 'vitest';
import { parsePlace, placeHash } from '../../src/shared/pages.ts';

test.each([
  ['', { page: 'access', subject: undefined }],
  ['#/settings', { page: 'settings', subject: undefined }],
  ['#/profiles/a%2Fb%20c', { page: 'profiles', subject: 'a/b c' }],
  ['#/nowhere', { page: 'access', subject: undefined }],
  ['#b=secret-code', { page: 'access', subject: undefined }],
  ['#/profiles/%E0%A4%A', { page: 'profiles', subject: undefined }],
  ['#/__proto__', { page: 'access', subject: undefined }],
])('%s leads to %j', (hash, place) => {
  expect(parsePlace(hash)).toEqual(place);
});

test('every place finds its way back from its address', () => {
  for (const subject of [undefined, 'admin', 'a/b#c?d', '東京 <b>', '%']) {
    const place = { page: 'profiles', subject } as const;
    expect(parsePlace(placeHash(place))).toEqual(place);
  }
});
