import { createRequire } from 'node:module';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { proxyForUrl } from '../../../src/core/aws/proxy.ts';

const { getProxyForUrl } = createRequire(import.meta.url)('proxy-from-env') as {
  readonly getProxyForUrl: (url: string) => string;
};

const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];

const ENVIRONMENTS: readonly Record<string, string>[] = [
  {},
  { HTTPS_PROXY: 'http://proxy.corp:3128' },
  { https_proxy: 'http://low:1', HTTPS_PROXY: 'http://up:2' },
  { HTTP_PROXY: 'http://proxy.corp:3128' },
  { ALL_PROXY: 'http://all:8080' },
  { HTTPS_PROXY: 'proxy.corp:3128' },
  { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*' },
  { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'amazonaws.com' },
  { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.amazonaws.com' },
  { HTTPS_PROXY: 'http://p:1', NO_PROXY: '*.amazonaws.com,other.example' },
  { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'oidc.us-east-1.amazonaws.com:443' },
  { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'oidc.us-east-1.amazonaws.com:8443' },
  { HTTPS_PROXY: 'http://p:1', NO_PROXY: ' OIDC.us-east-1.amazonaws.com  x' },
  { HTTPS_PROXY: 'http://p:1', no_proxy: '', NO_PROXY: 'oidc.us-east-1.amazonaws.com' },
  { HTTPS_PROXY: 'http://user:p%40ss@p:1', NO_PROXY: ',,' },
];

const URLS = [
  'https://oidc.us-east-1.amazonaws.com/token',
  'https://oidc.us-east-1.amazonaws.com:8443/token',
  'http://gateway.example/token',
  'https://portal.sso.eu-west-1.amazonaws.com/assignment/accounts?x=1',
];

afterEach(() => vi.unstubAllEnvs());

describe('proxyForUrl', () => {
  test.each(ENVIRONMENTS)('agrees with proxy-from-env under %j', (env) => {
    for (const name of VARIABLES) {
      vi.stubEnv(name, undefined);
      vi.stubEnv(name.toUpperCase(), undefined);
    }
    for (const [name, value] of Object.entries(env)) {
      vi.stubEnv(name, value);
    }
    for (const url of URLS) {
      const expected = getProxyForUrl(url);
      expect(proxyForUrl(new URL(url), env)?.href, url).toBe(expected === '' ? undefined : new URL(expected).href);
    }
  });

  test.each(['http://127.0.0.1:9/', 'http://localhost:9/', 'http://[::1]:9/', 'http://127.8.8.8/'])(
    'never asks a proxy for %s',
    (url) => {
      expect(proxyForUrl(new URL(url), { HTTP_PROXY: 'http://p:1', ALL_PROXY: 'http://p:1' })).toBeUndefined();
    },
  );
});
