import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkEnvironment } from '../../../../src/core/session/doctor/check-environment.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';

const FACTS = {
  profileNames: new Set(['default', 'admin']),
  configFile: '/nowhere/config',
  credentialsFile: '/nowhere/credentials',
};
const found = (env: Record<string, string>): readonly string[] =>
  checkEnvironment(env, FACTS).map(({ id, severity }) => `${severity} ${id}`);

describe('the environment', () => {
  test.each<[Record<string, string>, readonly string[]]>([
    [{}, []],
    [{ AWS_PROFILE: 'admin', AWS_REGION: 'eu-west-1' }, []],
    [{ AWS_PROFILE: 'default' }, []],
    [{ AWS_PROFILE: '' }, []],
    [{ AWS_PROFILE: 'gone' }, ['error environment-profile-missing:AWS_PROFILE']],
    [{ AWS_DEFAULT_PROFILE: 'gone' }, ['error environment-profile-missing:AWS_DEFAULT_PROFILE']],
    [{ AWS_PROFILE: 'admin', AWS_DEFAULT_PROFILE: 'default' }, ['warning environment-differs:AWS_PROFILE']],
    [{ AWS_PROFILE: 'admin', AWS_DEFAULT_PROFILE: 'admin' }, []],
    [{ AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, ['warning environment-differs:AWS_REGION']],
    [{ AWS_ACCESS_KEY_ID: 'ASIAX', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' }, ['info environment-keys']],
    [
      { AWS_ACCESS_KEY_ID: 'ASIAX', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't', AWS_PROFILE: 'admin' },
      ['warning environment-keys'],
    ],
    [{ AWS_ACCESS_KEY_ID: 'AKIAX', AWS_SECRET_ACCESS_KEY: 's' }, ['warning environment-keys']],
    [{ AWS_ACCESS_KEY_ID: 'AKIAX' }, ['warning environment-keys', 'error environment-keys-incomplete']],
    [{ AWS_SECRET_ACCESS_KEY: 's' }, ['error environment-keys-incomplete']],
    [
      { AWS_ACCESS_KEY_ID: 'ASIAX', AWS_SECRET_ACCESS_KEY: 's' },
      ['info environment-keys', 'error environment-token-missing'],
    ],
    [{ AWS_SECURITY_TOKEN: 'old' }, ['warning environment-security-token']],
    [
      { AWS_ACCESS_KEY_ID: 'ASIAX', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 'new', AWS_SECURITY_TOKEN: 'old' },
      ['info environment-keys', 'error environment-security-token'],
    ],
    [{ AWS_SESSION_TOKEN: 'same', AWS_SECURITY_TOKEN: 'same' }, []],
    [{ AWS_CONFIG_FILE: '/nowhere/config' }, ['warning environment-file-missing:AWS_CONFIG_FILE']],
    [
      { AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials' },
      ['warning environment-file-missing:AWS_SHARED_CREDENTIALS_FILE'],
    ],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' }, ['info environment-endpoint:AWS_ENDPOINT_URL']],
    [
      { AWS_ENDPOINT_URL: 'http://x:1', AWS_ENDPOINT_URL_SSO: 'http://x:1/sso', AWS_ENDPOINT_URL_STS: 'http://x:2' },
      ['info environment-endpoint:AWS_ENDPOINT_URL', 'info environment-endpoint:AWS_ENDPOINT_URL_STS'],
    ],
    [{ AWS_ENDPOINT_URL_STS: 'localhost' }, ['error environment-endpoint:AWS_ENDPOINT_URL_STS']],
    [{ AWS_ENDPOINT_URL: 'http://x', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'TRUE' }, []],
    [{ HTTPS_PROXY: 'http://proxy.corp:3128', http_proxy: 'proxy.corp:3128' }, []],
    [{ HTTPS_PROXY: 'http://' }, ['error environment-proxy:HTTPS_PROXY']],
    [{ https_proxy: 'not a proxy' }, ['error environment-proxy:https_proxy']],
  ])('%j', (env, expected) => {
    expect(found(env)).toEqual(expected);
  });

  test('a file that is there is fine', async () => {
    const configFile = join(await scratchFolder(), 'config');
    await writeFile(configFile, '');
    expect(checkEnvironment({ AWS_CONFIG_FILE: configFile }, { ...FACTS, configFile })).toEqual([]);
  });

  test('no secret, and no password of a proxy or endpoint, is ever told', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'AKIAcanary',
      AWS_SECRET_ACCESS_KEY: 'canary',
      AWS_SESSION_TOKEN: 'canary',
      AWS_SECURITY_TOKEN: 'other canary',
      AWS_ENDPOINT_URL: 'http://user:canary@gateway',
      HTTPS_PROXY: 'http://user:canary@ proxy',
    };
    expect(JSON.stringify(checkEnvironment(env, FACTS))).not.toContain('canary');
  });
});
