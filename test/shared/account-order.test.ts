import { expect, test } from 'vitest';
import { orderAccounts } from '../../src/shared/account-order.ts';

const account = (name: string, accountId = '111122223333') => ({ accountId, name });

test('accounts stand by name, whatever its case and accents, then by id', () => {
  const accounts = [
    account('staging'),
    account('Älpha 2'),
    account('beta', '222233334444'),
    account('Beta', '111122223333'),
    account('alpha 10'),
  ];
  expect(orderAccounts(accounts).map(({ name, accountId }) => `${name} ${accountId}`)).toEqual([
    'alpha 10 111122223333',
    'Älpha 2 111122223333',
    'Beta 111122223333',
    'beta 222233334444',
    'staging 111122223333',
  ]);
});

test('one without a name stands where its id does', () => {
  const accounts = [account('Zeta'), account('  ', '555566667777'), account('1st')];
  expect(orderAccounts(accounts).map(({ name }) => name)).toEqual(['1st', '  ', 'Zeta']);
});

test('what is in order already is the same list', () => {
  const accounts = [account('a'), account('B'), account('c'), account('c', '999988887777')];
  expect(orderAccounts(accounts)).toBe(accounts);
});

test('a name with the sign that parts names from ids stays whole', () => {
  const accounts = [account('b\u00005'), account('a\u000099')];
  expect(orderAccounts(accounts)).toEqual([account('a\u000099'), account('b\u00005')]);
});
