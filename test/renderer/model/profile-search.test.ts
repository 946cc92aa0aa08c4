import { expect, test } from 'vitest';
import { createProfileSearch } from '../../../src/renderer/model/profile-search.ts';
import { PROFILES } from '../fake-state.ts';

test.each([
  ['', ['admin', 'prod-read', 'assume-only', 'admin-role', 'legacy-tools']],
  ['prod', ['prod-read']],
  ['2222', ['admin', 'prod-read']],
  ['acme readonly', ['prod-read']],
  ['ORGANIZATION', ['admin-role']],
  ['static', ['assume-only']],
  ['zzz', []],
])('%j finds %j', (query, names) => {
  expect(createProfileSearch(PROFILES)(query).map(({ name }) => name)).toEqual(names);
});
