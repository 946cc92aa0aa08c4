import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../helpers/sandbox.ts';

const assume = (sandbox: Sandbox, WebIdentityToken: string, RoleArn: string = DEMO.iam.ciRole) =>
  new STSClient({ region: 'us-east-1', endpoint: sandbox.url, maxAttempts: 1 }).send(
    new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'ci', WebIdentityToken }),
  );

test('a token of the trusted subject opens the role', async () => {
  const sandbox = await startSandbox();
  const answer = await assume(sandbox, sandbox.control.webIdentityToken(DEMO.iam.ciSubject));
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: DEMO.iam.ciSubject,
    AssumedRoleUser: { Arn: 'arn:aws:sts::841405968723:assumed-role/ci-deploy/ci' },
  });
});

test('another subject, audience or role is denied', async () => {
  const sandbox = await startSandbox();
  const good = sandbox.control.webIdentityToken(DEMO.iam.ciSubject);
  await expect(assume(sandbox, sandbox.control.webIdentityToken('repo:other'))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(assume(sandbox, sandbox.control.webIdentityToken(DEMO.iam.ciSubject, 'x'))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(assume(sandbox, good, DEMO.iam.stagingAdminRole)).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(assume(sandbox, good, DEMO.iam.adminRole)).rejects.toMatchObject({
    name: 'InvalidIdentityTokenException',
  });
});

test('a token that is changed, expired or no token is refused', async () => {
  const sandbox = await startSandbox();
  const good = sandbox.control.webIdentityToken(DEMO.iam.ciSubject);
  const [header, , signature] = good.split('.');
  const payload = Buffer.from(JSON.stringify({ iss: 'https://x', sub: 'x', aud: 'x', iat: 1, exp: 9e9 })).toString(
    'base64url',
  );
  await expect(assume(sandbox, `${header}.${payload}.${signature}`)).rejects.toMatchObject({
    name: 'InvalidIdentityTokenException',
  });
  await expect(assume(sandbox, 'no-token')).rejects.toMatchObject({ name: 'InvalidIdentityTokenException' });
  const old = sandbox.control.webIdentityToken(DEMO.iam.ciSubject, 'sts.amazonaws.com', -1);
  await expect(assume(sandbox, old)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
});
