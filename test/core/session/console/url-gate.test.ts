import { describe, expect, test } from 'vitest';
import { passUrlGate } from '../../../../src/core/session/console/url-gate.ts';
import { UrlRefusedError } from '../../../../src/core/session/errors.ts';

const NO_ENV = { env: {} };

describe('the URL gate', () => {
  test.each([
    'https://device.sso.us-east-1.amazonaws.com/?user_code=ABCD-EFGH',
    'https://oidc.eu-central-1.amazonaws.com/authorize?x=1',
    'https://oidc.cn-north-1.amazonaws.com.cn/authorize',
    'https://oidc.eusc-de-east-1.amazonaws.eu/authorize',
    'https://device.sso.us-gov-west-1.amazonaws.com/',
    'https://d-1234567890.awsapps.com/start/#/device?user_code=ABCD-EFGH',
    'https://start.us-gov-home.awsapps.com/directory/d-1234567890#/device',
    'https://start.home.awsapps.cn/directory/d-1#/device',
    'https://ssoins-1234.portal.us-east-1.app.aws/',
    'https://signin.aws.amazon.com/federation?Action=login',
    'https://us-east-1.signin.aws.amazon.com/federation',
    'https://signin.amazonaws.cn/federation',
    'https://signin.amazonaws-us-gov.com/federation',
    'https://signin.amazonaws-eusc.eu/federation',
    'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1',
    'https://111122223333-abcdefgh.us-east-1.console.aws.amazon.com/',
  ])('lets %s through', (url) => {
    expect(passUrlGate(url, NO_ENV)).toBe(new URL(url).href);
  });

  test.each([
    'https://signin.aws.amazon.com@evil.tld/',
    'https://evil.tld\\@signin.aws.amazon.com/',
    'https://user:pass@signin.aws.amazon.com/',
    'https://@signin.aws.amazon.com/',
    'https://ⓐws.amazon.com/',
    'https://a.awsapps.com/start\r\nX: y',
    ' https://a.awsapps.com/start',
    'https://a.awsapps.com/start ',
    'https://a.awsapps.com/st art',
    'https://a.awsapps.com/\t',
    'file:///etc/passwd',
    'smb://h/x',
    'ms-msdt:/id',
    'vscode://x',
    'data:text/html,x',
    'javascript:alert(1)//https://signin.aws.amazon.com/',
    'https://x:8443/',
    'https://signin.aws.amazon.com:8443/',
    'http://signin.aws.amazon.com/',
    'https://evil.tld/?user_code=X',
    'https://evil.tld/?x=.awsapps.com/start',
    'https://d-1.awsapps.com.evil.tld/start',
    'https://evilawsapps.com/start',
    // One name more is no name below.
    'https://evilsignin.aws.amazon.com/',
    'https://evilconsole.amazonaws.cn/',
    'https://bucket.s3.amazonaws.com/login.html',
    'https://oidc.us-east-1.evil.tld/',
    'https://oidc.us-east-1.amazonaws.com.evil.tld/',
    'https://oidc.evil.amazonaws.com/',
    'https://oidc.us-east-1.amazonaws.com.cn/',
    'https://xoidc.us-east-1.amazonaws.com/',
    'https://signin.aws.amazon.com.evil.tld/',
    'https://127.0.0.1/',
    'http://127.0.0.1:1234/',
    '//signin.aws.amazon.com/',
    'signin.aws.amazon.com',
    '',
    `https://a.awsapps.com/${'x'.repeat(3_000)}`,
  ])('refuses %j', (url) => {
    expect(() => passUrlGate(url, NO_ENV)).toThrow(UrlRefusedError);
  });

  test('nothing gets through whose host, as a browser reads it, is not on the list', () => {
    const parts = [
      'https://',
      'http://',
      'signin.aws.amazon.com',
      'evil.tld',
      '@',
      '\\',
      '/',
      '#',
      '?',
      ':',
      '.',
      '\t',
      '%2e',
      '。',
      ':443',
    ];
    let state = 7;
    const next = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648);
    for (let round = 0; round < 50_000; round += 1) {
      const raw = Array.from({ length: 2 + (next() % 7) }, () => parts[next() % parts.length]).join('');
      try {
        const passed = passUrlGate(raw, NO_ENV);
        const host = new URL(raw).hostname;
        expect(host === 'signin.aws.amazon.com' || host.endsWith('.signin.aws.amazon.com'), raw).toBe(true);
        expect(new URL(passed).protocol).toBe('https:');
        expect(new URL(passed).port).toBe('');
      } catch (error) {
        expect(error, raw).toBeInstanceOf(UrlRefusedError);
      }
    }
  });

  test('a configured endpoint’s exact origin is let through, its neighbours are not', () => {
    for (const variable of ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SSO_OIDC', 'ROLECALL_SIGNIN_ENDPOINT']) {
      const env = { [variable]: 'http://127.0.0.1:4000/base' };
      expect(passUrlGate('http://127.0.0.1:4000/device?user_code=A', { env })).toBe(
        'http://127.0.0.1:4000/device?user_code=A',
      );
      for (const other of [
        'http://127.0.0.1:4001/',
        'https://127.0.0.1:4000/',
        'http://localhost:4000/',
        'http://127.0.0.1:4000@evil.tld/',
      ]) {
        expect(() => passUrlGate(other, { env })).toThrow(UrlRefusedError);
      }
    }
  });

  test('the portal at hand is let through by its exact host', () => {
    const options = { env: {}, portal: 'https://aws.corp.example/start' };
    expect(passUrlGate('https://aws.corp.example/start/#/console?account_id=1', options)).toContain('aws.corp.example');
    expect(() => passUrlGate('https://x.aws.corp.example/', options)).toThrow(UrlRefusedError);
    expect(() => passUrlGate('https://corp.example/', options)).toThrow(UrlRefusedError);
  });

  test('a refusal does not repeat the URL', () => {
    try {
      passUrlGate('https://evil.tld/?SigninToken=canary', NO_ENV);
      expect.unreachable();
    } catch (error) {
      expect(String(error)).not.toContain('canary');
    }
  });
});
