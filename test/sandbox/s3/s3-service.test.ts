import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { credentialsOf, stsClient, type SdkCredentials } from '../../helpers/sandbox-clients.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { signedGet, type SigningChoices } from '../../helpers/sign-request.ts';

const { assumeOnly } = DEMO.users;

async function list(
  sandbox: Sandbox,
  credentials: SdkCredentials,
  choices: Partial<SigningChoices> = {},
  path = '/?x-id=ListBuckets',
) {
  const url = `${sandbox.url}${path}`;
  const headers = signedGet(url, credentials, { service: 's3', region: 'ap-northeast-1', ...choices });
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
    await expect(list(sandbox, admin, {}, '/bucket?list-type=2')).resolves.toMatchObject({ status: 501 });
    sandbox.control.expireCredentials();
    await expect(list(sandbox, admin)).resolves.toMatchObject({ status: 400, code: 'ExpiredToken' });
  });
});
