import { describe, expect, test } from 'vitest';
import { parseStartUrl } from '../../../../src/core/session/sso/start-url.ts';

describe('parseStartUrl', () => {
  test.each([
    ['https://d-1234567890.awsapps.com/start', 'https://d-1234567890.awsapps.com/start', undefined],
    ['https://d-1234567890.awsapps.com/start/', 'https://d-1234567890.awsapps.com/start', undefined],
    ['https://d-1234567890.awsapps.com/start#/', 'https://d-1234567890.awsapps.com/start', undefined],
    ['https://corp.awsapps.com/start/#/?tab=accounts', 'https://corp.awsapps.com/start', undefined],
    ['https://corp.awsapps.com', 'https://corp.awsapps.com/start', undefined],
    ['  https://CORP.awsapps.com/start \n', 'https://corp.awsapps.com/start', undefined],
    [
      'https://corp.awsapps.com/start/user-consent/authorize.html?clientId=x',
      'https://corp.awsapps.com/start',
      undefined,
    ],
    [
      'https://start.us-gov-home.awsapps.com/directory/d-9867188aeb',
      'https://start.us-gov-home.awsapps.com/directory/d-9867188aeb',
      undefined,
    ],
    ['https://start.home.awsapps.cn/directory/d-1234#/', 'https://start.home.awsapps.cn/directory/d-1234', undefined],
    [
      'https://ssoins-722309e5d2f2c4e6.portal.eu-west-1.app.aws',
      'https://ssoins-722309e5d2f2c4e6.portal.eu-west-1.app.aws',
      'eu-west-1',
    ],
    ['https://d-123.us-east-2.portal.amazonaws.com/', 'https://d-123.us-east-2.portal.amazonaws.com', 'us-east-2'],
    [
      'https://d-123.cn-north-1.portal.amazonaws.com.cn',
      'https://d-123.cn-north-1.portal.amazonaws.com.cn',
      'cn-north-1',
    ],
    [
      'https://d-123.eusc-de-east-1.portal.amazonaws.eu',
      'https://d-123.eusc-de-east-1.portal.amazonaws.eu',
      'eusc-de-east-1',
    ],
    [
      'https://x.portal.cn-northwest-1.app.amazonwebservices.com.cn/',
      'https://x.portal.cn-northwest-1.app.amazonwebservices.com.cn',
      'cn-northwest-1',
    ],
    ['https://identitycenter.amazonaws.com/ssoins-1234', 'https://identitycenter.amazonaws.com/ssoins-1234', undefined],
    ['https://x.portal.evil-region.app.aws', 'https://x.portal.evil-region.app.aws', undefined],
  ])('%j is %s in %s', (text, url, region) => {
    expect(parseStartUrl(text)).toEqual({ kind: 'aws', url, region });
  });

  test('a company’s own host is taken as such', () => {
    expect(parseStartUrl('https://aws.corp.example/portal/')).toEqual({
      kind: 'own-domain',
      url: 'https://aws.corp.example/portal',
      region: undefined,
    });
  });

  test('the origin of a configured endpoint is taken, http or not', () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:4000' };
    expect(parseStartUrl('http://127.0.0.1:4000/start#/', env)).toEqual({
      kind: 'configured',
      url: 'http://127.0.0.1:4000/start',
      region: undefined,
    });
    expect(() => parseStartUrl('http://127.0.0.1:4001/start', env)).toThrow('not the address of an AWS access portal');
  });

  test.each([
    'http://d-1.awsapps.com/start',
    'https://evil.tld/?x=.awsapps.com/start',
    'https://d-1.awsapps.com.evil.tld/start',
    'https://d-1-awsapps.com/start',
    'https://awsapps.com@evil.tld/',
    'https://evil.tld\\@d-1.awsapps.com/',
    'https://user@d-1.awsapps.com/start',
    'https://d-1.awsapps.com:8443/start',
    'https://ⓐwsapps.com/start',
    'https://d-1.awsapps.com/st\nart',
    'https://d-1.awsapps.com/\u202Estart',
    'https://169.254.169.254/latest/meta-data/',
    'https://127.0.0.1/start',
    'https://[::1]/start',
    'https://localhost/start',
    'https://xn--wsapps-1fg.com/start',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'd-1.awsapps.com/start',
    'corp',
    '',
    `https://d-1.awsapps.com/${'x'.repeat(2_000)}`,
  ])('%j is refused', (text) => {
    expect(() => parseStartUrl(text)).toThrow('not the address of an AWS access portal');
  });
});
