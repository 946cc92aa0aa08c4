import { describe, expect, test } from 'vitest';
import { didYouMean, likelyRegions, unknownProfile } from '../../../src/core/model/did-you-mean.ts';

describe('didYouMean', () => {
  const NAMES = ['acme-dev', 'acme-prod', 'admin', 'Ops', 'dev', 'x'];

  test.each([
    ['amdin', 'Did you mean admin? '],
    ['acme-prd', 'Did you mean acme-prod? '],
    ['ADMIN', 'Did you mean admin? '],
    ['ops', 'Did you mean Ops? '],
    ['deb', 'Did you mean dev? '],
    ['acme', 'Did you mean acme-dev or acme-prod? '],
    ['prod', 'Did you mean acme-prod? '],
    ['production', ''],
    ['a', ''],
    ['zz', ''],
    ['', ''],
  ])('after %j: %j', (typed, expected) => {
    expect(didYouMean(typed, NAMES)).toBe(expected);
  });

  test('of many that are as near, three are named; many that only hold it, none', () => {
    const many = Array.from({ length: 9 }, (_, at) => `team-${at}`);
    expect(didYouMean('team-x', many)).toBe('Did you mean team-0 or team-1 or team-2? ');
    expect(didYouMean('eam', many)).toBe('');
    expect(didYouMean('x', [])).toBe('');
  });

  test('thousands of long names are looked through at once', () => {
    const many = Array.from({ length: 20_000 }, (_, at) => ({
      name: `customer-account-number-${at}-AdministratorAccess`,
    }));
    const { hint } = unknownProfile('customer-account-number-777-AdministratorAcess', many);
    expect(hint).toContain('Did you mean customer-account-number-777-AdministratorAccess? ');
  });
});

test.each([
  ['tokyo', 'Did you mean ap-northeast-1 (Tokyo)? '],
  ['Tokio', 'Did you mean ap-northeast-1 (Tokyo)? '],
  ['東京', 'Did you mean ap-northeast-1 (Tokyo)? '],
  ['sao paulo', 'Did you mean sa-east-1 (São Paulo)? '],
  ['virginia', 'Did you mean us-east-1 (N. Virginia)? '],
  ['us-east1', 'Did you mean us-east-1 (N. Virginia)? '],
  ['eu-centrl-1', 'Did you mean eu-central-1 (Frankfurt)? '],
  ['EU-WEST-1', 'Did you mean eu-west-1 (Ireland)? '],
  ['mars', ''],
])('a region typed as %j: %j', (typed, expected) => {
  expect(likelyRegions(typed)).toBe(expected);
});
