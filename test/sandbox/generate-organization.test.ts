import { expect, test } from 'vitest';
import { generateOrganization } from '../../src/sandbox/generate-organization.ts';

test('accounts have different 12-digit ids and names, and every role is assigned in each', () => {
  const { accounts, identityCenters } = generateOrganization(5000, 3);
  expect(new Set(accounts.map(({ accountId }) => accountId)).size).toBe(5000);
  expect(new Set(accounts.map(({ accountName }) => accountName)).size).toBe(5000);
  expect(accounts.every(({ accountId }) => /^\d{12}$/.test(accountId))).toBe(true);
  expect(identityCenters[0]?.users[0]?.assignments).toHaveLength(15_000);
});

test('the same counts give the same organization', () => {
  expect(generateOrganization(20, 2)).toEqual(generateOrganization(20, 2));
});
