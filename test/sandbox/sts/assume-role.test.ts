import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/client-sso';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { beforeEach, describe, expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { signInToPortal } from '../../helpers/sandbox-sign-in.ts';
import { credentialsOf, stsClient, type SdkCredentials } from '../../helpers/sandbox-clients.ts';

const { assumeOnly, strictUser } = DEMO.users;
const WINDOW_MS = 30_000;

let clock: FakeClock;
let sandbox: Sandbox;

beforeEach(async () => {
  // In the middle of a window, so that no code ends during a test.
  clock = new FakeClock(Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS + 15_000);
  sandbox = await createSandbox({ clock });
  return () => sandbox.close();
});

type AssumeInput = ConstructorParameters<typeof AssumeRoleCommand>[0];

const assume = (credentials: SdkCredentials, input: Partial<AssumeInput> = {}) =>
  stsClient(sandbox, credentials).send(
    new AssumeRoleCommand({ RoleArn: DEMO.iam.adminRole, RoleSessionName: 'mika', ...input }),
  );

const mfaOf = (user: typeof assumeOnly | typeof strictUser) => ({
  SerialNumber: user.mfaSerial,
  TokenCode: sandbox.control.currentCode(user.mfaSerial),
});

describe('MFA', () => {
  test('a role that demands MFA opens with a code and stays closed without', async () => {
    await expect(assume(assumeOnly)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::619283746501:user/assume-only is not authorized to perform: sts:AssumeRole on resource: ${DEMO.iam.adminRole} with an explicit deny in an identity-based policy`,
      $metadata: { httpStatusCode: 403 },
    });
    const answer = await assume(assumeOnly, mfaOf(assumeOnly));
    expect(answer.AssumedRoleUser?.Arn).toBe('arn:aws:sts::730394857612:assumed-role/admin-role/mika');
    expect(answer.Credentials?.Expiration).toEqual(
      new Date(Math.floor(clock.now().getTime() / 1000) * 1000 + 3_600_000),
    );
    const identity = await stsClient(sandbox, credentialsOf(answer)).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Account: DEMO.iam.clientProduction, Arn: answer.AssumedRoleUser?.Arn });
  });

  test('a code is taken once; the next window has a new one', async () => {
    const used = mfaOf(assumeOnly);
    await assume(assumeOnly, used);
    await expect(assume(assumeOnly, used)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'MultiFactorAuthentication failed with invalid MFA one time pass code.',
    });
    await clock.advance(WINDOW_MS);
    await expect(assume(assumeOnly, mfaOf(assumeOnly))).resolves.toBeDefined();
  });

  test.each([
    [
      'a wrong code',
      { SerialNumber: assumeOnly.mfaSerial, TokenCode: '000000' },
      'failed with invalid MFA one time pass code',
    ],
    [
      'another user’s device',
      { SerialNumber: strictUser.mfaSerial, TokenCode: '000000' },
      'Please verify your MFA serial number',
    ],
    [
      'a device that is not',
      { SerialNumber: `${assumeOnly.mfaSerial}x`, TokenCode: '000000' },
      'unable to validate MFA code',
    ],
    ['a code without serial', { TokenCode: '000000' }, 'must provide both MFA serial number and one time pass code'],
  ])('%s is refused in AWS’s words', async (_name, input, words) => {
    await expect(assume(assumeOnly, input)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(words) as string,
    });
  });

  test('GetSessionToken with a code opens every role for twelve hours, without another', async () => {
    const session = credentialsOf(
      await stsClient(sandbox, assumeOnly).send(
        new GetSessionTokenCommand({ DurationSeconds: 43_200, ...mfaOf(assumeOnly) }),
      ),
    );
    await assume(session);
    await assume(session, { RoleArn: DEMO.iam.stagingAdminRole });
    await expect(assume(session, { DurationSeconds: 7200 })).rejects.toMatchObject({
      message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    });
  });

  test('GetSessionToken without MFA opens nothing that demands it', async () => {
    const session = credentialsOf(await stsClient(sandbox, assumeOnly).send(new GetSessionTokenCommand({})));
    await expect(assume(session)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('a deny-unless-MFA policy without sts:GetSessionToken refuses GetSessionToken even with a code, yet AssumeRole works', async () => {
    const refused = stsClient(sandbox, strictUser).send(new GetSessionTokenCommand(mfaOf(strictUser)));
    await expect(refused).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('sts:GetSessionToken') as string,
    });
    await expect(assume(strictUser, mfaOf(strictUser))).resolves.toBeDefined();
  });
});

describe('trust and limits', () => {
  test('an external id must be the right one', async () => {
    const vendor = { RoleArn: DEMO.iam.vendorRole };
    await expect(assume(assumeOnly, { ...vendor, ...mfaOf(assumeOnly) })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await clock.advance(WINDOW_MS);
    const withId = { ...vendor, ExternalId: DEMO.iam.vendorExternalId, ...mfaOf(assumeOnly) };
    await expect(assume(assumeOnly, withId)).resolves.toBeDefined();
  });

  test('a role that does not exist is refused in the same words as a closed one', async () => {
    const RoleArn = 'arn:aws:iam::730394857612:role/nothing-here';
    await expect(assume(assumeOnly, { RoleArn, ...mfaOf(assumeOnly) })).rejects.toMatchObject({
      message: `User: arn:aws:iam::619283746501:user/assume-only is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
  });

  test('a chained role lasts an hour at most', async () => {
    const first = credentialsOf(await assume(assumeOnly, { RoleArn: DEMO.iam.readOnlyRole, ...mfaOf(assumeOnly) }));
    const chained = { RoleArn: DEMO.iam.auditRole, RoleSessionName: 'audit' };
    await expect(assume(first, { ...chained, DurationSeconds: 3601 })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    });
    const second = await assume(first, { ...chained, DurationSeconds: 3600 });
    expect(second.AssumedRoleUser?.Arn).toBe('arn:aws:sts::841405968723:assumed-role/chained-audit/audit');
  });

  test.each([
    [
      'longer than the role allows',
      { RoleArn: DEMO.iam.readOnlyRole, DurationSeconds: 7200 },
      'MaxSessionDuration set for this role',
    ],
    [
      'longer than AWS allows',
      { DurationSeconds: 43_201 },
      "Value '43201' at 'durationSeconds' failed to satisfy constraint",
    ],
    ['shorter than AWS allows', { DurationSeconds: 899 }, 'Member must have value greater than or equal to 900'],
    [
      'with spaces in the session name',
      { RoleSessionName: 'a b' },
      "at 'roleSessionName' failed to satisfy constraint",
    ],
  ])('a session %s is a ValidationError', async (_name, input, words) => {
    await expect(assume(assumeOnly, { ...mfaOf(assumeOnly), ...input })).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(words) as string,
    });
  });

  test('a session policy narrows the role', async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
    });
    const narrowed = credentialsOf(await assume(assumeOnly, { Policy, ...mfaOf(assumeOnly) }));
    await expect(assume(narrowed, { RoleArn: DEMO.iam.auditRole })).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume(assumeOnly, { Policy: '{', ...mfaOf(assumeOnly) })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
  });
});

test('a role of Identity Center is the first link of a chain', async () => {
  const sso = new SSOClient({ region: sandbox.region, endpoint: sandbox.url, maxAttempts: 1 });
  const accessToken = await signInToPortal(sandbox);
  const role = { accountId: DEMO.accounts.development, roleName: 'AdministratorAccess' };
  const { roleCredentials } = await sso.send(new GetRoleCredentialsCommand({ accessToken, ...role }));
  const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = roleCredentials ?? {};
  const portal = { accessKeyId, secretAccessKey, sessionToken };
  const RoleArn = DEMO.chainedFromPortalRole;
  await expect(assume(portal, { RoleArn, DurationSeconds: 3601 })).rejects.toMatchObject({ name: 'ValidationError' });
  await expect(assume(portal, { RoleArn })).resolves.toMatchObject({
    AssumedRoleUser: { Arn: 'arn:aws:sts::518273640991:assumed-role/deploy/mika' },
  });
});
