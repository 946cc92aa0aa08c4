import { DescribeInstanceInformationCommand, SSMClient, StartSessionCommand } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { sdkCredentials } from '../../helpers/sandbox-clients.ts';
import { portalCredentials } from '../../helpers/sandbox-sign-in.ts';

const { production, sharedServices } = DEMO.accounts;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await createSandbox();
  return () => sandbox.close();
});

async function ssm(
  roleName: string,
  { accountId = production, region = DEMO.region }: { accountId?: string; region?: string } = {},
) {
  const credentials = sdkCredentials(await portalCredentials(sandbox, accountId, roleName));
  return new SSMClient({ region, endpoint: sandbox.url, credentials, maxAttempts: 1 });
}

describe('DescribeInstanceInformation', () => {
  test('gives what Systems Manager manages in the region, as AWS words it', async () => {
    const client = await ssm('ReadOnlyAccess');
    const { InstanceInformationList: list = [] } = await client.send(new DescribeInstanceInformationCommand({}));
    expect(list.map(({ PingStatus }) => PingStatus)).toEqual([
      'Online',
      'Online',
      'Online',
      'ConnectionLost',
      'ConnectionLost',
    ]);
    expect(list[0]).toMatchObject({
      InstanceId: 'i-0de30000000000001',
      ResourceType: 'EC2Instance',
      PlatformType: 'Linux',
      PlatformName: 'Amazon Linux',
      IPAddress: '10.20.1.11',
      ComputerName: 'ip-10-20-1-11.ap-northeast-1.compute.internal',
    });
    expect(list[0]).not.toHaveProperty('Name');
    expect(list[0]?.LastPingDateTime).toBeInstanceOf(Date);
  });

  test('a machine elsewhere has its name and another kind of id; another region has others', async () => {
    const here = await (
      await ssm('ReadOnlyAccess', { accountId: sharedServices })
    ).send(new DescribeInstanceInformationCommand({ Filters: [{ Key: 'ResourceType', Values: ['ManagedInstance'] }] }));
    expect(here.InstanceInformationList).toMatchObject([
      { InstanceId: 'mi-0de3000000000000c', Name: 'server-room-nas', ResourceType: 'ManagedInstance' },
    ]);
    const osaka = await (
      await ssm('ReadOnlyAccess', { region: 'ap-northeast-3' })
    ).send(new DescribeInstanceInformationCommand({}));
    expect(osaka.InstanceInformationList?.map(({ InstanceId }) => InstanceId)).toEqual(['i-0de30000000000007']);
  });

  test('pages hold 5 to 50', async () => {
    const client = await ssm('ReadOnlyAccess');
    await expect(client.send(new DescribeInstanceInformationCommand({ MaxResults: 4 }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(client.send(new DescribeInstanceInformationCommand({ NextToken: 'x' }))).rejects.toMatchObject({
      name: 'InvalidNextToken',
    });
    await expect(
      client.send(new DescribeInstanceInformationCommand({ Filters: [{ Key: 'Colour', Values: ['red'] }] })),
    ).rejects.toMatchObject({ name: 'InvalidFilterKey' });
  });

  test('a role without the permission is refused by name', async () => {
    const client = await ssm('NetworkAdministrator', { accountId: '472910385512' });
    await expect(client.send(new DescribeInstanceInformationCommand({}))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /is not authorized to perform: ssm:DescribeInstanceInformation on resource: arn:aws:ssm:ap-northeast-1:472910385512:\*/,
      ) as string,
    });
  });

  test('an unknown key and a wrong secret are told apart', async () => {
    const good = sdkCredentials(await portalCredentials(sandbox, production, 'ReadOnlyAccess'));
    const asked = (credentials: typeof good) =>
      new SSMClient({ region: DEMO.region, endpoint: sandbox.url, credentials, maxAttempts: 1 }).send(
        new DescribeInstanceInformationCommand({}),
      );
    await expect(asked({ ...good, accessKeyId: 'ASIAUNKNOWNUNKNOWN22' })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
    await expect(asked({ ...good, secretAccessKey: 'x'.repeat(40) })).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
    sandbox.control.expireCredentials();
    await expect(asked(good)).rejects.toMatchObject({ name: 'ExpiredTokenException' });
  });
});

describe('StartSession', () => {
  const start = (client: SSMClient, Target: string) => client.send(new StartSessionCommand({ Target }));

  test('gives a session of who asked, and where its data flows', async () => {
    const session = await start(await ssm('PowerUserAccess'), 'i-0de30000000000001');
    expect(session.SessionId).toMatch(/^mika\.tanaka-[0-9a-f]{17}$/);
    expect(session.StreamUrl).toBe(
      `wss://ssmmessages.ap-northeast-1.amazonaws.com/v1/data-channel/${session.SessionId}?role=publish_subscribe`,
    );
    expect(session.TokenValue).toMatch(/^.{200,}$/);
  });

  test('read-only may list, not start', async () => {
    await expect(start(await ssm('ReadOnlyAccess'), 'i-0de30000000000001')).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'ssm:StartSession on resource: arn:aws:ec2:ap-northeast-1:620184739255:instance/i-0de30000000000001',
      ) as string,
    });
  });

  test.each([
    ['off', 'i-0de30000000000004'],
    ['in another region', 'i-0de30000000000007'],
    ['not there', 'i-0123456789abcdef0'],
  ])('an instance that is %s is not connected', async (_what, target) => {
    await expect(start(await ssm('PowerUserAccess'), target)).rejects.toMatchObject({
      name: 'TargetNotConnected',
      message: `${target} is not connected.`,
    });
  });
});
