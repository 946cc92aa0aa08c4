import { expect, test } from 'vitest';
import { Secret } from '../../../../src/core/model/secret.ts';
import { credentialEnvironment, endpointEnvironment } from '../../../../src/core/session/exec/child-environment.ts';

const CREDENTIALS = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: new Secret('secret'),
  sessionToken: new Secret('session'),
  expiresAt: new Date('2026-11-23T13:00:00Z'),
};
const STALE = {
  PATH: '/bin',
  AWS_PROFILE: 'other',
  AWS_SECURITY_TOKEN: 'stale',
  AWS_SESSION_TOKEN: 'stale',
  // Go and Java, Ruby, botocore, and Bedrock's clients take these.
  AWS_ACCESS_KEY: 'stale',
  AWS_SECRET_KEY: 'stale',
  AMAZON_ACCESS_KEY_ID: 'stale',
  AMAZON_SECRET_ACCESS_KEY: 'stale',
  AMAZON_SESSION_TOKEN: 'stale',
  AWS_CREDENTIAL_FILE: '/stale',
  AWS_BEARER_TOKEN_BEDROCK: 'stale',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
  ROLECALL_HOME: '/x',
  AWS_REGION: 'eu-west-1',
  AWS_CA_BUNDLE: '/ca.pem',
};

test('credentials replace every other way to credentials, and nothing of ours leaks', () => {
  expect(credentialEnvironment(STALE, CREDENTIALS, undefined)).toEqual({
    PATH: '/bin',
    AWS_REGION: 'eu-west-1',
    AWS_CA_BUNDLE: '/ca.pem',
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    AWS_CREDENTIAL_EXPIRATION: '2026-11-23T13:00:00.000Z',
  });
});

test('a chosen region stands under both names', () => {
  expect(credentialEnvironment({}, CREDENTIALS, 'ap-northeast-1')).toMatchObject({
    AWS_REGION: 'ap-northeast-1',
    AWS_DEFAULT_REGION: 'ap-northeast-1',
  });
});

test('with an endpoint no key stands in the environment', () => {
  const env = endpointEnvironment(STALE, { url: 'http://127.0.0.1:9/v1', token: new Secret('t') }, undefined);
  expect(env).toEqual({
    PATH: '/bin',
    AWS_REGION: 'eu-west-1',
    AWS_CA_BUNDLE: '/ca.pem',
    AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/v1',
    AWS_CONTAINER_AUTHORIZATION_TOKEN: 't',
  });
});
