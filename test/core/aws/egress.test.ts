import { describe, expect, test } from 'vitest';
import { chosenProxy, type Egress } from '../../../src/core/aws/egress.ts';

const STS = new URL('https://sts.eu-west-1.amazonaws.com/');
const ENV = { HTTPS_PROXY: 'http://from-env:1' };

function egress(proxy: Egress['proxy']): Egress {
  return { proxy, caBundleFile: '' };
}

function manual(noProxy = ''): Egress {
  return egress({ url: new URL('http://set:2'), noProxy });
}

describe('which proxy is asked', () => {
  test('the environment decides until the user sets something', () => {
    expect(chosenProxy(STS, egress('environment'), ENV)?.host).toBe('from-env:1');
    expect(chosenProxy(STS, egress('environment'), {})).toBeUndefined();
  });

  test('what the user set wins over the environment, also where it is no proxy', () => {
    expect(chosenProxy(STS, manual(), ENV)?.host).toBe('set:2');
    expect(chosenProxy(STS, manual(), { ...ENV, NO_PROXY: '*' })?.host).toBe('set:2');
    expect(chosenProxy(STS, egress('none'), ENV)).toBeUndefined();
  });

  test.each(['*', 'sts.eu-west-1.amazonaws.com', '.amazonaws.com', 'other.example, *.amazonaws.com'])(
    'hosts that the list without a proxy names (%s) are asked directly',
    (noProxy) => {
      expect(chosenProxy(STS, manual(noProxy), {})).toBeUndefined();
      expect(chosenProxy(new URL('https://gateway.example/'), manual(noProxy.replace('*', 'x')), {})?.host).toBe(
        'set:2',
      );
    },
  );

  test.each([
    'http://127.0.0.1:1/',
    'http://localhost/',
    'http://169.254.169.254/',
    'http://169.254.170.2/',
    'http://[fd00:ec2::254]/',
  ])('%s is never asked through it', (url) => {
    expect(chosenProxy(new URL(url), manual(), {})).toBeUndefined();
  });
});
