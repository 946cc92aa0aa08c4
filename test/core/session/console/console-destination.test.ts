import { describe, expect, test } from 'vitest';
import { consoleDestination } from '../../../../src/core/session/console/console-destination.ts';
import { CONSOLE_SERVICES } from '../../../../src/shared/console-services.ts';
import { UrlRefusedError } from '../../../../src/core/session/errors.ts';
import { partitionById, PARTITIONS, type Partition } from '../../../../src/core/model/partition.ts';

const partition = (id: string): Partition => partitionById(id) ?? PARTITIONS[0]!;
const AWS = partition('aws');

const go = (destination?: string, region?: string, where = AWS): string =>
  consoleDestination(where, { destination, region });

describe('consoleDestination', () => {
  test.each([
    [undefined, undefined, 'https://console.aws.amazon.com/'],
    ['', undefined, 'https://console.aws.amazon.com/'],
    [undefined, 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1'],
    ['s3', undefined, 'https://console.aws.amazon.com/s3/home'],
    ['S3', 'ap-northeast-1', 'https://ap-northeast-1.console.aws.amazon.com/s3/home?region=ap-northeast-1'],
    [
      'logs',
      'us-east-1',
      'https://us-east-1.console.aws.amazon.com/cloudwatch/home?region=us-east-1#logsV2:log-groups',
    ],
    ['/s3/buckets/x?region=eu-west-1#a', undefined, 'https://console.aws.amazon.com/s3/buckets/x?region=eu-west-1#a'],
    [
      'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:',
      undefined,
      'https://eu-west-1.console.aws.amazon.com/ec2/home?region=eu-west-1#Instances:',
    ],
    [
      'https://{region}.console.aws.amazon.com/ecs?region={region}',
      'eu-west-1',
      'https://eu-west-1.console.aws.amazon.com/ecs?region=eu-west-1',
    ],
    ['https://{region}.console.aws.amazon.com/ecs', undefined, 'https://us-east-1.console.aws.amazon.com/ecs'],
    [
      'https://111122223333-a1b2c3d4.us-east-1.console.aws.amazon.com/lambda/home',
      undefined,
      'https://us-east-1.console.aws.amazon.com/lambda/home',
    ],
    ['https://111122223333-a1b2c3d4.console.aws.amazon.com/', undefined, 'https://console.aws.amazon.com/'],
  ])('%j in %s is %s', (destination, region, url) => {
    expect(go(destination, region)).toBe(url);
  });

  test.each([
    ['aws-cn', 'cn-northwest-1', 'https://cn-northwest-1.console.amazonaws.cn/s3/home?region=cn-northwest-1'],
    ['aws-us-gov', 'us-gov-east-1', 'https://us-gov-east-1.console.amazonaws-us-gov.com/s3/home?region=us-gov-east-1'],
    ['aws-eusc', 'eusc-de-east-1', 'https://eusc-de-east-1.console.amazonaws-eusc.eu/s3/home?region=eusc-de-east-1'],
  ])('%s has its own host', (id, region, url) => {
    expect(go('s3', region, partition(id))).toBe(url);
  });

  test.each([
    'https://evil.tld/',
    'https://console.aws.amazon.com.evil.tld/',
    'https://console.aws.amazon.com@evil.tld/',
    'https://evil.tld\\@console.aws.amazon.com/',
    'https://a.b.console.aws.amazon.com/',
    'https://xconsole.aws.amazon.com/',
    'http://console.aws.amazon.com/',
    'https://console.aws.amazon.com:8443/',
    'https://console.amazonaws.cn/',
    '//evil.tld/',
    '/\\evil.tld',
    'javascript:alert(1)',
    'https://console.aws.amazon.com/a b',
    'https://console.aws.amazon.com/\u202Ex',
  ])('%j is refused', (destination) => {
    expect(() => go(destination)).toThrow(UrlRefusedError);
  });

  test('a path stays on the console’s host whatever it holds', () => {
    expect(new URL(go('/@evil.tld/')).host).toBe('console.aws.amazon.com');
    expect(new URL(go('/..//evil.tld')).host).toBe('console.aws.amazon.com');
  });

  test.each(['us-east-1.evil.tld', 'cn-north-1', 'us-gov-west-1', 'US-EAST-1', '../x', ''])(
    'the region %j is refused',
    (region) => {
      expect(() => go('s3', region)).toThrow('region');
    },
  );

  test('an unknown service is told, not guessed', () => {
    expect(() => go('sss3')).toThrow('sss3');
    expect(() => go('constructor')).toThrow('constructor');
  });

  test('all services lead to the console, each under its own id', () => {
    const urls = CONSOLE_SERVICES.map(({ id }) => new URL(go(id, 'eu-central-1')));
    expect(urls.every((url) => url.host === 'eu-central-1.console.aws.amazon.com')).toBe(true);
    expect(new Set(CONSOLE_SERVICES.map(({ id }) => id)).size).toBe(CONSOLE_SERVICES.length);
  });
});
