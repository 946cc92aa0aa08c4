import { describe, expect, test } from 'vitest';
import { evaluatePolicies, intersect } from '../../../src/sandbox/policy/evaluate.ts';
import { evaluateTrust } from '../../../src/sandbox/policy/evaluate-trust.ts';
import { requestContext } from '../../../src/sandbox/policy/match.ts';
import { parsePolicyDocument, type PolicyStatement } from '../../../src/sandbox/policy/policy-document.ts';

const verdict = (statements: PolicyStatement[], action: string, resource = '*', context: Record<string, string> = {}) =>
  evaluatePolicies([{ Version: '2012-10-17', Statement: statements }], {
    action,
    resource,
    context: requestContext(context),
  });

const allow = (more: Partial<PolicyStatement>): PolicyStatement => ({ Effect: 'Allow', Resource: '*', ...more });

describe('statements', () => {
  test('nothing is allowed by default, and a deny beats an allow', () => {
    expect(verdict([], 's3:GetObject')).toBe('implicit-deny');
    expect(verdict([allow({ Action: 's3:*' })], 's3:GetObject')).toBe('allow');
    const deny: PolicyStatement = { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' };
    expect(verdict([allow({ Action: '*' }), deny], 's3:GetObject')).toBe('explicit-deny');
    expect(verdict([allow({ Action: '*' }), deny], 's3:PutObject')).toBe('allow');
  });

  test('actions match without case and by wildcard; resources with case and variables', () => {
    expect(verdict([allow({ Action: ['S3:get*'] })], 's3:GetObject')).toBe('allow');
    expect(verdict([allow({ NotAction: ['iam:*'] })], 'iam:GetUser')).toBe('implicit-deny');
    expect(verdict([allow({ NotAction: ['iam:*'] })], 's3:GetObject')).toBe('allow');
    const own = allow({ Action: 'iam:*', Resource: 'arn:aws:iam::*:user/${aws:username}' });
    const arn = 'arn:aws:iam::111122223333:user/mika';
    expect(verdict([own], 'iam:GetUser', arn, { 'aws:username': 'mika' })).toBe('allow');
    expect(verdict([own], 'iam:GetUser', arn, { 'aws:username': 'sam' })).toBe('implicit-deny');
    expect(verdict([own], 'iam:GetUser', arn)).toBe('implicit-deny');
    expect(verdict([{ Effect: 'Allow', Action: '*', NotResource: 'arn:b' }], 's3:X', 'arn:b')).toBe('implicit-deny');
  });
});

describe('conditions', () => {
  const mfa = (operator: string, value: string) =>
    allow({ Action: '*', Condition: { [operator]: { 'aws:MultiFactorAuthPresent': value } } });
  const present = { 'aws:MultiFactorAuthPresent': 'true' };
  const absent = { 'aws:MultiFactorAuthPresent': 'false' };

  test.each([
    ['Bool', 'true', present, true],
    ['Bool', 'true', absent, false],
    ['Bool', 'true', {}, false],
    ['Bool', 'false', {}, false],
    ['BoolIfExists', 'false', {}, true],
    ['BoolIfExists', 'false', present, false],
    ['Null', 'true', {}, true],
    ['Null', 'false', {}, false],
    ['Null', 'false', present, true],
  ])('%s of %s with %j is %s', (operator, value, context, holds) => {
    expect(verdict([mfa(operator, value)], 's3:X', '*', context)).toBe(holds ? 'allow' : 'implicit-deny');
  });

  test.each([
    ['StringEquals', 'a', true],
    ['StringEquals', 'A', false],
    ['StringEqualsIgnoreCase', 'A', true],
    ['StringNotEquals', 'b', true],
    ['StringLike', '?', true],
    ['StringNotLike', '*', false],
  ])('%s %s holds for a: %s', (operator, value, holds) => {
    const statement = allow({ Action: '*', Condition: { [operator]: { key: value } } });
    expect(verdict([statement], 's3:X', '*', { key: 'a' })).toBe(holds ? 'allow' : 'implicit-deny');
  });

  test('numbers are compared as numbers', () => {
    const statement = allow({ Action: '*', Condition: { NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } } });
    expect(verdict([statement], 's3:X', '*', { 'aws:MultiFactorAuthAge': '900' })).toBe('allow');
    expect(verdict([statement], 's3:X', '*', { 'aws:MultiFactorAuthAge': '10000' })).toBe('implicit-deny');
  });
});

describe('trust', () => {
  const trust = (AWS: string) =>
    evaluateTrust(
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' } },
      { accountId: '111122223333', arns: ['arn:aws:iam::111122223333:user/mika'] },
      { action: 'sts:AssumeRole', resource: 'arn', context: requestContext({}) },
    );

  test.each([
    ['arn:aws:iam::111122223333:root', 'allow', true],
    ['111122223333', 'allow', true],
    ['*', 'allow', true],
    ['arn:aws:iam::111122223333:user/mika', 'allow', false],
    ['arn:aws:iam::111122223333:user/sam', 'implicit-deny', true],
    ['arn:aws:iam::444455556666:root', 'implicit-deny', true],
  ])('in %s is %s, delegated: %s', (principal, expected, delegated) => {
    const result = trust(principal);
    expect(result.verdict).toBe(expected);
    expect(result.delegated).toBe(delegated);
  });

  test('the stricter of two verdicts counts', () => {
    expect(intersect('allow', 'implicit-deny')).toBe('implicit-deny');
    expect(intersect('explicit-deny', 'allow')).toBe('explicit-deny');
    expect(intersect('allow', 'allow')).toBe('allow');
  });
});

describe('documents from the wire', () => {
  test.each([
    '{',
    'null',
    '[]',
    '{"Statement":[]}',
    '{"Version":"2012-10-17","Statement":[]}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Maybe","Action":"*","Resource":"*"}}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*"}}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":1,"Resource":"*"}}',
    '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}}',
  ])('%s is malformed', (text) => {
    expect(() => parsePolicyDocument(text)).toThrow(
      expect.objectContaining({ code: 'MalformedPolicyDocument' }) as Error,
    );
  });
});
