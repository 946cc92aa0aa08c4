import { expect, test } from 'vitest';
import { withDestination } from '../../../src/core/app/recent-destinations.ts';

test('the service opened last stands in front, once, among six', () => {
  expect(withDestination(['ec2', 's3', 'logs'], 's3')).toEqual(['s3', 'ec2', 'logs']);
  expect(withDestination(['ec2', 'logs', 'iam', 'rds', 'ecs', 'eks'], 's3')).toEqual([
    's3',
    'ec2',
    'logs',
    'iam',
    'rds',
    'ecs',
  ]);
});

test.each([undefined, 'home', '', 'https://console.aws.amazon.com/x', 'no-such-service', '__proto__'])(
  '%j is not noted',
  (destination) => {
    const before = ['ec2'];
    expect(withDestination(before, destination)).toBe(before);
  },
);
