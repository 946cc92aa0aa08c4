import {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListMFADevicesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAccessKeyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { inflateSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { demoOrganization } from '../../../src/sandbox/demo-organization.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { credentialsOf, iamClient, stsClient, type SdkCredentials } from '../../helpers/sandbox-clients.ts';

const { assumeOnly, strictUser, newMember } = DEMO.users;
const WINDOW_MS = 30_000;

let clock: FakeClock;
let sandbox: Sandbox;

beforeEach(async () => {
  clock = new FakeClock(Math.floor(Date.now() / WINDOW_MS) * WINDOW_MS + 15_000);
  sandbox = await createSandbox({ clock });
  return () => sandbox.close();
});

const code = (serial: string, windowsLater = 0) => sandbox.control.currentCode(serial, windowsLater);

/** A GetSessionToken session with MFA. */
async function mfaSession(user: SdkCredentials & { readonly mfaSerial: string }): Promise<SdkCredentials> {
  const input = { SerialNumber: user.mfaSerial, TokenCode: code(user.mfaSerial) };
  return credentialsOf(await stsClient(sandbox, user).send(new GetSessionTokenCommand(input)));
}

/** A client that may do all in the client's production account. */
async function administrator(): Promise<IAMClient> {
  const input = {
    RoleArn: DEMO.iam.adminRole,
    RoleSessionName: 'mika',
    SerialNumber: assumeOnly.mfaSerial,
    TokenCode: code(assumeOnly.mfaSerial),
  };
  return iamClient(sandbox, credentialsOf(await stsClient(sandbox, assumeOnly).send(new AssumeRoleCommand(input))));
}

async function enrol(): Promise<{ iam: IAMClient; SerialNumber: string }> {
  const iam = iamClient(sandbox, newMember);
  const created = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: newMember.userName }));
  const SerialNumber = created.VirtualMFADevice?.SerialNumber ?? '';
  const input = { UserName: newMember.userName, SerialNumber };
  await iam.send(
    new EnableMFADeviceCommand({
      ...input,
      AuthenticationCode1: code(SerialNumber, -1),
      AuthenticationCode2: code(SerialNumber),
    }),
  );
  return { iam, SerialNumber };
}

describe('a bare user', () => {
  test('enrols a device with two codes in a row and assumes a role with the next', async () => {
    const { iam, SerialNumber } = await enrol();
    expect(SerialNumber).toBe(newMember.mfaSerial);
    const { MFADevices } = await iam.send(new ListMFADevicesCommand({}));
    expect(MFADevices).toMatchObject([{ UserName: 'new.member', SerialNumber }]);
    const assume = () =>
      stsClient(sandbox, newMember).send(
        new AssumeRoleCommand({
          RoleArn: DEMO.iam.adminRole,
          RoleSessionName: 'new',
          SerialNumber,
          TokenCode: code(SerialNumber),
        }),
      );
    await expect(assume()).rejects.toMatchObject({ name: 'AccessDenied' });
    await clock.advance(WINDOW_MS);
    await expect(assume()).resolves.toBeDefined();
  });

  test('gets a seed as Base32 text and a QR code as PNG', async () => {
    const iam = iamClient(sandbox, newMember);
    const { VirtualMFADevice } = await iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'new.member-2' }),
    );
    const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString();
    expect(seed).toMatch(/^[A-Z2-7]{64}$/);
    const png = Buffer.from(VirtualMFADevice?.QRCodePNG ?? []);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const width = png.readUInt32BE(16);
    const dataLength = png.readUInt32BE(33);
    expect(inflateSync(png.subarray(41, 41 + dataLength))).toHaveLength(width * (width + 1));
    sandbox.control.scanWithPhone(seed);
    await expect(
      iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'new.member-2' })),
    ).rejects.toMatchObject({ name: 'EntityAlreadyExistsException', $metadata: { httpStatusCode: 409 } });
  });

  test('codes that are wrong or not in a row do not enable a device', async () => {
    const iam = iamClient(sandbox, newMember);
    const created = await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: 'new.member' }));
    const SerialNumber = created.VirtualMFADevice?.SerialNumber ?? '';
    const enable = (AuthenticationCode1: string, AuthenticationCode2: string) =>
      iam.send(
        new EnableMFADeviceCommand({ UserName: 'new.member', SerialNumber, AuthenticationCode1, AuthenticationCode2 }),
      );
    for (const [first, second] of [
      ['000000', '111111'],
      [code(SerialNumber), code(SerialNumber)],
      [code(SerialNumber), code(SerialNumber, -1)],
      [code(SerialNumber, -2), code(SerialNumber)],
    ]) {
      await expect(enable(first ?? '', second ?? '')).rejects.toMatchObject({
        name: 'InvalidAuthenticationCodeException',
        message: 'Authentication code for device is not valid.',
      });
    }
    expect((await iam.send(new ListMFADevicesCommand({}))).MFADevices).toEqual([]);
  });

  test('without MFA can do nothing else', async () => {
    const iam = iamClient(sandbox, newMember);
    await expect(iam.send(new GetUserCommand({}))).resolves.toMatchObject({ User: { UserName: 'new.member' } });
    const denied = { name: 'AccessDenied', message: expect.stringContaining('with an explicit deny') as string };
    await expect(iam.send(new CreateAccessKeyCommand({}))).rejects.toMatchObject(denied);
    await expect(iam.send(new ListAccessKeysCommand({}))).rejects.toMatchObject(denied);
    await expect(iam.send(new GetUserCommand({ UserName: 'assume-only' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });
});

describe('a device', () => {
  test('is deactivated and deleted, with MFA, in this order only', async () => {
    const { iam, SerialNumber } = await enrol();
    const UserName = newMember.userName;
    await expect(iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
    });
    await expect(iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await clock.advance(WINDOW_MS);
    const withMfa = iamClient(sandbox, await mfaSession({ ...newMember, mfaSerial: SerialNumber }));
    await withMfa.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }));
    await withMfa.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
    const { VirtualMFADevices = [] } = await withMfa.send(new ListVirtualMFADevicesCommand({}));
    expect(VirtualMFADevices.map((device) => device.SerialNumber)).toEqual([
      assumeOnly.mfaSerial,
      strictUser.mfaSerial,
    ]);
  });

  test('whose clock is five minutes slow works again after resync', async () => {
    const iam = iamClient(sandbox, assumeOnly);
    const slow = -10;
    const getSession = () =>
      stsClient(sandbox, assumeOnly).send(
        new GetSessionTokenCommand({ SerialNumber: assumeOnly.mfaSerial, TokenCode: code(assumeOnly.mfaSerial, slow) }),
      );
    await expect(getSession()).rejects.toMatchObject({ name: 'AccessDenied' });
    await iam.send(
      new ResyncMFADeviceCommand({
        UserName: assumeOnly.userName,
        SerialNumber: assumeOnly.mfaSerial,
        AuthenticationCode1: code(assumeOnly.mfaSerial, slow - 1),
        AuthenticationCode2: code(assumeOnly.mfaSerial, slow),
      }),
    );
    await clock.advance(WINDOW_MS);
    await expect(getSession()).resolves.toBeDefined();
  });

  test('of another user, and one that is not there, are refused', async () => {
    const iam = iamClient(sandbox, newMember);
    const enable = (UserName: string, SerialNumber: string) =>
      iam.send(
        new EnableMFADeviceCommand({
          UserName,
          SerialNumber,
          AuthenticationCode1: '000000',
          AuthenticationCode2: '000000',
        }),
      );
    await expect(enable('new.member', assumeOnly.mfaSerial)).rejects.toMatchObject({
      name: 'EntityAlreadyExistsException',
    });
    await expect(enable('new.member', newMember.mfaSerial)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    await expect(enable('assume-only', newMember.mfaSerial)).rejects.toMatchObject({ name: 'AccessDenied' });
    const resync = new ResyncMFADeviceCommand({
      UserName: 'new.member',
      SerialNumber: assumeOnly.mfaSerial,
      AuthenticationCode1: code(assumeOnly.mfaSerial, -1),
      AuthenticationCode2: code(assumeOnly.mfaSerial),
    });
    await expect(iam.send(resync)).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  });
});

describe('access keys', () => {
  test('rotate: two at most, new ones work after a while, old ones stop at once', async () => {
    sandbox.control.settings.accessKeyDelayMs = 10_000;
    const iam = iamClient(sandbox, await mfaSession(assumeOnly));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({}));
    const fresh = { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    await expect(iam.send(new CreateAccessKeyCommand({}))).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    });
    const whoAmI = (credentials: SdkCredentials) =>
      stsClient(sandbox, credentials).send(new GetCallerIdentityCommand({}));
    await expect(whoAmI(fresh)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await clock.advance(10_000);
    await expect(whoAmI(fresh)).resolves.toBeDefined();
    const old = { UserName: assumeOnly.userName, AccessKeyId: assumeOnly.accessKeyId };
    await iam.send(new UpdateAccessKeyCommand({ ...old, Status: 'Inactive' }));
    await expect(whoAmI(assumeOnly)).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await iam.send(new UpdateAccessKeyCommand({ ...old, Status: 'Active' }));
    await expect(whoAmI(assumeOnly)).resolves.toBeDefined();
    await iam.send(new DeleteAccessKeyCommand(old));
    await expect(iam.send(new DeleteAccessKeyCommand(old))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({}));
    expect(AccessKeyMetadata).toMatchObject([
      { AccessKeyId: fresh.accessKeyId, Status: 'Active', UserName: 'assume-only' },
    ]);
  });

  test('tell when and for what they were last used', async () => {
    const session = await mfaSession(assumeOnly);
    const lastUsed = (AccessKeyId: string) =>
      iamClient(sandbox, session).send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
    expect(await lastUsed(assumeOnly.accessKeyId)).toMatchObject({
      UserName: 'assume-only',
      AccessKeyLastUsed: { ServiceName: 'sts', Region: 'ap-northeast-1' },
    });
    const { AccessKey } = await iamClient(sandbox, session).send(new CreateAccessKeyCommand({}));
    const never = await lastUsed(AccessKey?.AccessKeyId ?? '');
    expect(never.AccessKeyLastUsed).toMatchObject({ ServiceName: 'N/A', Region: 'N/A' });
    expect(never.AccessKeyLastUsed?.LastUsedDate).toBeUndefined();
  });

  test('GetSessionToken credentials without MFA are unknown to IAM', async () => {
    const session = credentialsOf(await stsClient(sandbox, assumeOnly).send(new GetSessionTokenCommand({})));
    await expect(iamClient(sandbox, session).send(new GetUserCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });
});

describe('policies', () => {
  test('are read only by who may', async () => {
    const iam = iamClient(sandbox, await mfaSession(assumeOnly));
    await expect(iam.send(new ListUserPoliciesCommand({ UserName: 'assume-only' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        'because no identity-based policy allows the iam:ListUserPolicies action',
      ) as string,
    });
    const admin = await administratorOfMembers();
    const UserName = 'assume-only';
    const { PolicyNames } = await admin.send(new ListUserPoliciesCommand({ UserName }));
    expect(PolicyNames).toEqual(['AllowAssumeRole', 'ManageOwnMfa']);
    const { PolicyDocument } = await admin.send(new GetUserPolicyCommand({ UserName, PolicyName: 'AllowAssumeRole' }));
    expect(JSON.parse(decodeURIComponent(PolicyDocument ?? ''))).toHaveProperty('Statement.Action', 'sts:AssumeRole');
    expect((await admin.send(new ListAttachedUserPoliciesCommand({ UserName }))).AttachedPolicies).toEqual([]);
    expect((await admin.send(new ListUsersCommand({ MaxItems: 2 }))).IsTruncated).toBe(true);
  });

  test('are simulated', async () => {
    const admin = await administratorOfMembers();
    const { EvaluationResults } = await admin.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: 'arn:aws:iam::619283746501:user/assume-only',
        ActionNames: ['sts:AssumeRole', 's3:ListAllMyBuckets'],
        ResourceArns: [DEMO.iam.adminRole],
        ContextEntries: [
          { ContextKeyName: 'aws:MultiFactorAuthPresent', ContextKeyType: 'boolean', ContextKeyValues: ['true'] },
        ],
      }),
    );
    expect(EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual(['allowed', 'implicitDeny']);
  });

  test('an administrator of one account cannot reach into another', async () => {
    const admin = await administrator();
    await expect(admin.send(new ListUserPoliciesCommand({ UserName: 'assume-only' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
  });
});

/** An IAM administrator of the members' account, put there for the test. */
async function administratorOfMembers(): Promise<IAMClient> {
  const demo = demoOrganization();
  const users = demo.accounts.find(({ accountId }) => accountId === DEMO.iam.membersAccount)?.users ?? [];
  const key = { accessKeyId: 'AKIATESTADMIN2222222', secretAccessKey: 'test-only' };
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } as const;
  const admin = { userName: 'admin', policies: [{ policyName: 'all', document }], accessKeys: [key] };
  await sandbox.close();
  sandbox = await createSandbox({
    clock,
    organization: {
      ...demo,
      accounts: demo.accounts.map((other) =>
        other.accountId === DEMO.iam.membersAccount ? { ...other, users: [...users, admin] } : other,
      ),
    },
  });
  return iamClient(sandbox, key);
}
