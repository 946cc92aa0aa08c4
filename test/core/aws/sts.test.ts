import { describe, expect, test } from 'vitest';
import type { AwsNetwork } from '../../../src/core/aws/client-config.ts';
import { assumeRole, getCallerIdentity, getFederationToken, getSessionToken } from '../../../src/core/aws/sts.ts';
import { explainRefusal } from '../../../src/core/aws/sts-errors.ts';
import type { LongTermKey } from '../../../src/core/model/credentials.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { networkTo } from '../../helpers/test-network.ts';

const { assumeOnly, strictUser } = DEMO.users;
const region = 'ap-northeast-1';
const key = (user: { readonly accessKeyId: string; readonly secretAccessKey: string }): LongTermKey => ({
  accessKeyId: user.accessKeyId,
  secretAccessKey: new Secret(user.secretAccessKey),
});

async function start(): Promise<{ readonly sandbox: Sandbox; readonly network: AwsNetwork }> {
  const sandbox = await startSandbox();
  return { sandbox, network: networkTo(sandbox.url, { clock: systemClock() }) };
}

const mfa = (sandbox: Sandbox, user: { readonly mfaSerial: string } = assumeOnly) => ({
  mfaSerial: user.mfaSerial,
  tokenCode: new Secret(sandbox.control.currentCode(user.mfaSerial)),
});

const ADMIN = { roleArn: DEMO.iam.adminRole, roleSessionName: 'test' };

describe('STS says who and gives sessions', () => {
  test('GetCallerIdentity', async () => {
    const { network } = await start();
    expect(await getCallerIdentity({ network, region }, key(assumeOnly))).toMatchObject({
      arn: 'arn:aws:iam::619283746501:user/assume-only',
      accountId: DEMO.iam.membersAccount,
    });
  });

  test('AssumeRole with a code', async () => {
    const { sandbox, network } = await start();
    const credentials = await assumeRole({ network, region }, key(assumeOnly), { ...ADMIN, mfa: mfa(sandbox) });
    expect(credentials).toMatchObject({ accountId: DEMO.iam.clientProduction });
    expect(credentials.expiresAt.getTime() - Date.now()).toBeGreaterThan(59 * 60_000);
  });

  test('GetFederationToken, where the user may', async () => {
    const { network } = await start();
    await expect(
      getFederationToken({ network, region }, key(strictUser), { name: 'me', durationSeconds: 3600 }),
    ).rejects.toMatchObject({ name: 'NotAuthorizedError', action: 'sts:GetFederationToken' });
  });
});

describe('refusals are told apart', () => {
  test('a wrong code', async () => {
    const { network } = await start();
    const wrong = { mfaSerial: assumeOnly.mfaSerial, tokenCode: new Secret('000000') };
    await expect(assumeRole({ network, region }, key(assumeOnly), { ...ADMIN, mfa: wrong })).rejects.toMatchObject({
      code: 'mfa-code-rejected',
      mfaSerial: assumeOnly.mfaSerial,
    });
  });

  test('a code used before', async () => {
    const { sandbox, network } = await start();
    const proof = mfa(sandbox);
    await getSessionToken({ network, region }, key(assumeOnly), { durationSeconds: 900, mfa: proof });
    await expect(
      getSessionToken({ network, region }, key(assumeOnly), { durationSeconds: 900, mfa: proof }),
    ).rejects.toMatchObject({ code: 'mfa-code-rejected' });
  });

  test('another user’s device', async () => {
    const { sandbox, network } = await start();
    await expect(
      assumeRole({ network, region }, key(assumeOnly), { ...ADMIN, mfa: mfa(sandbox, strictUser) }),
    ).rejects.toMatchObject({ code: 'mfa-device-unknown' });
  });

  test('no MFA where the role wants it', async () => {
    const { network } = await start();
    await expect(assumeRole({ network, region }, key(assumeOnly), ADMIN)).rejects.toMatchObject({
      name: 'NotAuthorizedError',
      action: 'sts:AssumeRole',
      caller: 'arn:aws:iam::619283746501:user/assume-only',
      resource: DEMO.iam.adminRole,
      hint: expect.stringContaining('trust policy') as string,
    });
  });

  test('an explicit deny', async () => {
    const { network } = await start();
    await expect(getSessionToken({ network, region }, key(strictUser), { durationSeconds: 900 })).rejects.toMatchObject(
      {
        refusal: 'explicit-deny',
      },
    );
  });

  test('too long for the role', async () => {
    const { sandbox, network } = await start();
    const input = { ...ADMIN, durationSeconds: 43_200, mfa: mfa(sandbox) };
    const readOnly = { ...input, roleArn: DEMO.iam.readOnlyRole };
    const errors = await Promise.allSettled([assumeRole({ network, region }, key(assumeOnly), readOnly)]);
    expect(errors[0]).toMatchObject({ status: 'rejected', reason: { name: 'DurationRefusedError' } });
  });

  test('an unknown key, and a wrong secret', async () => {
    const { network } = await start();
    const unknown = { accessKeyId: 'AKIANOSUCHKEYATALL22', secretAccessKey: new Secret('x'.repeat(40)) };
    await expect(getCallerIdentity({ network, region }, unknown)).rejects.toMatchObject({
      awsCode: 'InvalidClientTokenId',
    });
    const wrong = { ...key(assumeOnly), secretAccessKey: new Secret('x'.repeat(40)) };
    await expect(getCallerIdentity({ network, region }, wrong)).rejects.toMatchObject({
      awsCode: 'SignatureDoesNotMatch',
    });
  });

  test('a session that has ended', async () => {
    const { sandbox, network } = await start();
    const session = await getSessionToken({ network, region }, key(assumeOnly), { durationSeconds: 900 });
    sandbox.control.expireCredentials();
    await expect(getCallerIdentity({ network, region }, session)).rejects.toMatchObject({
      name: 'CredentialsExpiredError',
    });
  });

  test('throttling, outage, a captive portal', async () => {
    const { sandbox, network } = await start();
    const code = async (): Promise<unknown> =>
      getCallerIdentity({ network, region }, key(assumeOnly)).catch(
        (error: unknown) => (error as { code?: string }).code,
      );
    sandbox.faults.add({ operation: 'sts.*', fault: { kind: 'throttle' }, times: 1 });
    expect(await code()).toBe('throttled');
    sandbox.faults.add({ operation: 'sts.*', fault: { kind: 'server-error', status: 503 }, times: 1 });
    expect(await code()).toBe('aws-unavailable');
    sandbox.faults.add({ operation: 'sts.*', fault: { kind: 'html-body' }, times: 1 });
    expect(await code()).toBe('offline');
  });

  test.each([3 * 3600_000, -3 * 3600_000])(
    'a clock that is %i ms off is corrected by one more try, and the code still counts',
    async (offMs) => {
      const { sandbox, network } = await start();
      sandbox.faults.clockSkewMs = offMs;
      expect(await getCallerIdentity({ network, region }, key(assumeOnly))).toBeDefined();
      expect(sandbox.requests.count('sts.GetCallerIdentity')).toBe(2);
      await getCallerIdentity({ network, region }, key(assumeOnly));
      expect(sandbox.requests.count('sts.GetCallerIdentity')).toBe(3);
    },
  );

  test.each([
    ['AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. ', 'mfa-code-rejected'],
    [
      'AccessDenied',
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
      'mfa-device-unknown',
    ],
    [
      'AccessDenied',
      'User: arn:aws:iam::1:user/a is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/r',
      'aws-refused',
    ],
    ['AccessDenied', '', 'aws-refused'],
    [
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      'aws-refused',
    ],
    ['SignatureDoesNotMatch', 'Signature expired: 20261123T120000Z is now earlier than 20261123T121500Z', undefined],
    ['SomethingNew', 'x', undefined],
  ])('AWS’s %s "%s"', (awsCode, message, expected) => {
    const failure = { awsCode, status: 403, message, retryAfterMs: undefined };
    expect(explainRefusal(failure, { mfaSerial: 'arn:aws:iam::111122223333:mfa/a', durationSeconds: 7200 })?.code).toBe(
      expected,
    );
  });
});

describe('a reply that holds no usable credentials is refused, and not shown', () => {
  const replace = (tag: string, value: string) => (body: string) =>
    body.replace(new RegExp(`<${tag}>[^<]*</${tag}>`), value === '' ? '' : `<${tag}>${value}</${tag}>`);

  test.each([
    ['a long-term key id', replace('AccessKeyId', 'AKIAIOSFODNN7EXAMPLE')],
    ['no key id', replace('AccessKeyId', '')],
    ['a secret with a line break', replace('SecretAccessKey', `${'a'.repeat(20)}&#10;${'b'.repeat(20)}`)],
    ['a secret with shell syntax', replace('SecretAccessKey', '$(touch /tmp/pwn)aaaaaaaaaaaaaaaaaaaaaaaaa')],
    ['no session token', replace('SessionToken', '')],
    ['a token of 64 kB', replace('SessionToken', 'x'.repeat(65_536))],
    ['a token with an escape', replace('SessionToken', 'a&#9;b')],
    ['no expiration', replace('Expiration', '')],
    ['an expiration in the past', replace('Expiration', '2020-01-01T00:00:00Z')],
    ['an expiration in 2100', replace('Expiration', '2100-01-01T00:00:00Z')],
    ['an expiration "soon"', replace('Expiration', 'soon')],
    [
      'an entity that reads a file',
      (body: string) =>
        body
          .replace(/^/, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
          .replace(/<AccessKeyId>[^<]*/, '<AccessKeyId>&e;'),
    ],
    ['no credentials', (body: string) => body.replace(/<Credentials>[\s\S]*<\/Credentials>/, '')],
  ])('%s', async (_name, edit) => {
    const { sandbox, network } = await start();
    sandbox.faults.add({ operation: 'sts.GetSessionToken', fault: { kind: 'edit-body', edit } });
    const error = await getSessionToken({ network, region }, key(assumeOnly), { durationSeconds: 900 }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'aws-unavailable', name: 'MalformedReplyError' });
    expect(String(error)).not.toMatch(/touch|aaaa|xxxx|root:/);
  });
});
