import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { credentialsOf, stsClient, type SdkCredentials } from '../../helpers/sandbox-clients.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { signedRequest, type SigningChoices } from '../../helpers/sign-request.ts';

const { assumeOnly } = DEMO.users;

async function list(
  sandbox: Sandbox,
  credentials: SdkCredentials,
  choices: Partial<SigningChoices> = {},
  path = '/?x-id=ListBuckets',
) {
  const url = `${sandbox.url}${path}`;
  const headers = signedRequest(url, credentials, { service: 's3', region: 'ap-northeast-1', ...choices });
  const reply = await fetch(url, { headers });
  const body = await reply.text();
  return { status: reply.status, code: /<Code>(\w+)<\/Code>/.exec(body)?.[1], body };
}

async function adminOf(sandbox: Sandbox): Promise<SdkCredentials> {
  const answer = await stsClient(sandbox, assumeOnly).send(
    new AssumeRoleCommand({
      RoleArn: DEMO.iam.adminRole,
      RoleSessionName: 'mika',
      SerialNumber: assumeOnly.mfaSerial,
      TokenCode: sandbox.control.currentCode(assumeOnly.mfaSerial),
    }),
  );
  return credentialsOf(answer);
}

describe('ListBuckets', () => {
  test('lists the buckets of the caller’s account', async () => {
    const sandbox = await startSandbox();
    const { status, body } = await list(sandbox, await adminOf(sandbox));
    expect(status).toBe(200);
    expect(body).toContain('<Name>client-prod-site</Name>');
    expect(body).not.toContain('minato-');
  });

  test('who may not list them is refused', async () => {
    const sandbox = await startSandbox();
    await expect(list(sandbox, assumeOnly)).resolves.toMatchObject({ status: 403, code: 'AccessDenied' });
  });

  test.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, {}, 403, 'SignatureDoesNotMatch'],
    ['an unknown key', { accessKeyId: 'AKIANOBODYNOBODYNOBO' }, {}, 403, 'InvalidAccessKeyId'],
    ['a foreign session token', { sessionToken: 'foreign' }, {}, 400, 'InvalidToken'],
    ['a clock an hour off', {}, { at: new Date(Date.now() - 3_600_000) }, 403, 'RequestTimeTooSkewed'],
    ['another service’s scope', {}, { service: 's3', region: 'cn-north-1' }, 400, 'AuthorizationHeaderMalformed'],
    ['a false payload hash', {}, { payloadHash: '0'.repeat(64) }, 403, 'SignatureDoesNotMatch'],
  ])('%s is refused as S3 does', async (_name, changes, choices, status, code) => {
    const sandbox = await startSandbox();
    const credentials = { ...(await adminOf(sandbox)), ...changes };
    await expect(list(sandbox, credentials, choices)).resolves.toMatchObject({ status, code });
  });

  test('credentials that ended are 400 ExpiredToken, and other calls are not implemented', async () => {
    const sandbox = await startSandbox();
    const admin = await adminOf(sandbox);
    await expect(list(sandbox, admin, {}, '/client-prod-site?acl')).resolves.toMatchObject({ status: 501 });
    sandbox.control.expireCredentials();
    await expect(list(sandbox, admin)).resolves.toMatchObject({ status: 400, code: 'ExpiredToken' });
  });
});

describe('objects', () => {
  /** One request of the administrator, whose body is vouched for by nobody, as over TLS. */
  async function ask(sandbox: Sandbox, admin: SdkCredentials, method: string, path: string, more: RequestInit = {}) {
    const url = `${sandbox.url}${path}`;
    const choices = { service: 's3', region: 'ap-northeast-1', method, payloadHash: 'UNSIGNED-PAYLOAD' };
    const headers = { ...signedRequest(url, admin, choices), ...(more.headers as Record<string, string> | undefined) };
    const reply = await fetch(url, { method, ...more, headers });
    const body = await reply.text();
    return { status: reply.status, body, code: /<Code>(\w+)<\/Code>/.exec(body)?.[1] };
  }

  test('are put, listed, read and deleted', async () => {
    const sandbox = await startSandbox();
    const admin = await adminOf(sandbox);
    const path = '/client-prod-site/a/b';
    await expect(ask(sandbox, admin, 'GET', path)).resolves.toMatchObject({ status: 404, code: 'NoSuchKey' });
    await expect(ask(sandbox, admin, 'PUT', path, { body: 'text' })).resolves.toMatchObject({ status: 200 });
    await expect(ask(sandbox, admin, 'GET', path)).resolves.toMatchObject({ status: 200, body: 'text' });
    await expect(ask(sandbox, admin, 'HEAD', path)).resolves.toMatchObject({ status: 200, body: '' });
    const listed = await ask(sandbox, admin, 'GET', '/client-prod-site?list-type=2&prefix=a%2F');
    expect(listed.body).toContain('<Key>a/b</Key>');
    await expect(ask(sandbox, admin, 'DELETE', path)).resolves.toMatchObject({ status: 204 });
    await expect(ask(sandbox, admin, 'GET', path)).resolves.toMatchObject({ status: 404 });
  });

  test('a body with its checksum behind it is stored without the framing; a cut one is refused', async () => {
    const sandbox = await startSandbox();
    const admin = await adminOf(sandbox);
    const headers = { 'content-encoding': 'aws-chunked' };
    const body = '4\r\ntext\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n';
    await ask(sandbox, admin, 'PUT', '/client-prod-site/k', { body, headers });
    await expect(ask(sandbox, admin, 'GET', '/client-prod-site/k')).resolves.toMatchObject({ body: 'text' });
    await expect(
      ask(sandbox, admin, 'PUT', '/client-prod-site/k', { body: body.slice(0, 6), headers }),
    ).resolves.toMatchObject({ status: 400, code: 'IncompleteBody' });
  });

  test('"If-None-Match: *" lets only the first one write, as a lock needs', async () => {
    const sandbox = await startSandbox();
    const admin = await adminOf(sandbox);
    const put = () =>
      ask(sandbox, admin, 'PUT', '/client-prod-site/lock', { body: 'x', headers: { 'if-none-match': '*' } });
    await expect(put()).resolves.toMatchObject({ status: 200 });
    await expect(put()).resolves.toMatchObject({ status: 412, code: 'PreconditionFailed' });
  });

  test.each([
    ['a bucket that is not there', '/nobodys-bucket/k', 404, 'NoSuchBucket'],
    ['another account’s bucket', '/client-staging-site/k', 403, 'AccessDenied'],
  ])('%s is refused', async (_name, path, status, code) => {
    const sandbox = await startSandbox();
    await expect(ask(sandbox, await adminOf(sandbox), 'PUT', path, { body: 'x' })).resolves.toMatchObject({
      status,
      code,
    });
  });

  test('who may only read is refused to write', async () => {
    const sandbox = await startSandbox();
    const answer = await stsClient(sandbox, assumeOnly).send(
      new AssumeRoleCommand({
        RoleArn: DEMO.iam.readOnlyRole,
        RoleSessionName: 'mika',
        SerialNumber: assumeOnly.mfaSerial,
        TokenCode: sandbox.control.currentCode(assumeOnly.mfaSerial),
      }),
    );
    const reader = credentialsOf(answer);
    await expect(ask(sandbox, reader, 'GET', '/client-prod-site?list-type=2')).resolves.toMatchObject({ status: 200 });
    await expect(ask(sandbox, reader, 'PUT', '/client-prod-site/k', { body: 'x' })).resolves.toMatchObject({
      status: 403,
      code: 'AccessDenied',
    });
  });
});
