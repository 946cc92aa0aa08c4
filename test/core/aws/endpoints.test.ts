import { describe, expect, test } from 'vitest';
import { serviceEndpoint, type AwsService } from '../../../src/core/aws/endpoints.ts';

describe('serviceEndpoint', () => {
  test.each<[AwsService, string, string, string]>([
    ['sso', 'us-east-1', 'https://portal.sso.us-east-1.amazonaws.com/', 'us-east-1'],
    ['sso-oidc', 'eu-central-1', 'https://oidc.eu-central-1.amazonaws.com/', 'eu-central-1'],
    ['sts', 'ap-southeast-5', 'https://sts.ap-southeast-5.amazonaws.com/', 'ap-southeast-5'],
    ['ssm', 'eu-west-1', 'https://ssm.eu-west-1.amazonaws.com/', 'eu-west-1'],
    ['ec2', 'cn-north-1', 'https://ec2.cn-north-1.amazonaws.com.cn/', 'cn-north-1'],
    ['iam', 'eu-west-1', 'https://iam.amazonaws.com/', 'us-east-1'],
    ['sso-oidc', 'cn-northwest-1', 'https://oidc.cn-northwest-1.amazonaws.com.cn/', 'cn-northwest-1'],
    ['sso', 'cn-north-1', 'https://portal.sso.cn-north-1.amazonaws.com.cn/', 'cn-north-1'],
    ['iam', 'cn-northwest-1', 'https://iam.cn-north-1.amazonaws.com.cn/', 'cn-north-1'],
    ['sso-oidc', 'us-gov-east-1', 'https://oidc.us-gov-east-1.amazonaws.com/', 'us-gov-east-1'],
    ['iam', 'us-gov-east-1', 'https://iam.us-gov.amazonaws.com/', 'us-gov-west-1'],
    ['sts', 'eusc-de-east-1', 'https://sts.eusc-de-east-1.amazonaws.eu/', 'eusc-de-east-1'],
    ['sso', 'eusc-de-east-1', 'https://portal.sso.eusc-de-east-1.amazonaws.eu/', 'eusc-de-east-1'],
    ['iam', 'eusc-de-east-1', 'https://iam.eusc-de-east-1.amazonaws.eu/', 'eusc-de-east-1'],
  ])('%s in %s is %s, signed for %s', (service, region, url, signingRegion) => {
    const endpoint = serviceEndpoint(service, region, {});
    expect(endpoint.url.href).toBe(url);
    expect(endpoint.region).toBe(signingRegion);
  });

  test.each([
    'us-east-1.evil.tld',
    'us-east-1/',
    'US-EAST-1 ',
    '../x',
    'us-east-1#',
    'localhost:80',
    '',
    'us-east-1@evil',
    'us-east-1\n',
    '__proto__',
  ])('text that is no region never becomes part of a host: %j', (region) => {
    expect(() => serviceEndpoint('sso-oidc', region, {})).toThrow('That is not an AWS region.');
    expect(() => serviceEndpoint('sso-oidc', region, { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })).toThrow(
      'That is not an AWS region.',
    );
  });

  test("a service's own variable wins over the general one", () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_ENDPOINT_URL_SSO_OIDC: 'https://gateway.corp/oidc' };
    expect(serviceEndpoint('sso-oidc', 'us-east-1', env).url.href).toBe('https://gateway.corp/oidc');
    expect(serviceEndpoint('sso', 'us-east-1', env).url.href).toBe('http://127.0.0.1:1/');
  });

  test('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS turns them off', () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
    expect(serviceEndpoint('sts', 'us-east-1', env).url.host).toBe('sts.us-east-1.amazonaws.com');
  });

  test.each(['ftp://x', 'not a url', 'https://user:pass@host/', 'file:///etc/passwd'])(
    'an unusable override is told: %s',
    (text) => {
      expect(() => serviceEndpoint('sts', 'us-east-1', { AWS_ENDPOINT_URL_STS: text })).toThrow(/AWS_ENDPOINT_URL_STS/);
    },
  );
});
