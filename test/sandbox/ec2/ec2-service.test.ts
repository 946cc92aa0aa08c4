import { DescribeInstancesCommand, EC2Client, type DescribeInstancesCommandInput } from '@aws-sdk/client-ec2';
import { beforeEach, expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { sdkCredentials } from '../../helpers/sandbox-clients.ts';
import { portalCredentials } from '../../helpers/sandbox-sign-in.ts';

const { production } = DEMO.accounts;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await createSandbox();
  return () => sandbox.close();
});

async function described(
  input: DescribeInstancesCommandInput,
  roleName = 'ReadOnlyAccess',
  accountId: string = production,
) {
  const credentials = sdkCredentials(await portalCredentials(sandbox, accountId, roleName));
  const client = new EC2Client({ region: DEMO.region, endpoint: sandbox.url, credentials, maxAttempts: 1 });
  const { Reservations = [], NextToken } = await client.send(new DescribeInstancesCommand(input));
  return { instances: Reservations.flatMap(({ Instances = [] }) => Instances), NextToken };
}

test('instances come with tags and states, also those that Systems Manager does not know', async () => {
  const { instances } = await described({});
  expect(instances.map(({ Tags, State }) => [Tags?.[0]?.Value, State?.Name])).toEqual([
    ['bastion', 'running'],
    ['web', 'running'],
    ['web', 'running'],
    ['batch', 'stopped'],
    ['legacy-erp', 'running'],
    ['nat', 'running'],
  ]);
  expect(instances[0]).toMatchObject({
    InstanceId: 'i-0de30000000000001',
    PrivateIpAddress: '10.20.1.11',
    Placement: { AvailabilityZone: 'ap-northeast-1a' },
  });
});

test('a filter leaves out what is not there; an id that is not there has all refused', async () => {
  const ids = ['i-0de30000000000001', 'i-0123456789abcdef0'];
  const { instances } = await described({ Filters: [{ Name: 'instance-id', Values: ids }] });
  expect(instances.map(({ InstanceId }) => InstanceId)).toEqual(['i-0de30000000000001']);
  await expect(described({ InstanceIds: ids })).rejects.toMatchObject({ name: 'InvalidInstanceID.NotFound' });
  await expect(described({ InstanceIds: ['web'] })).rejects.toMatchObject({ name: 'InvalidInstanceID.Malformed' });
});

test('pages, and what no page can be', async () => {
  const first = await described({ MaxResults: 5 });
  expect(first.instances).toHaveLength(5);
  const second = await described({ MaxResults: 5, NextToken: first.NextToken });
  expect(second.instances.map(({ Tags }) => Tags?.[0]?.Value)).toEqual(['nat']);
  expect(second.NextToken).toBeUndefined();
  for (const input of [{ MaxResults: 4 }, { NextToken: 'x' }, { Filters: [{ Name: 'colour', Values: ['red'] }] }]) {
    await expect(described(input)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  }
  const tooMany = Array.from({ length: 201 }, (_, at) => `i-${at}`);
  await expect(described({ Filters: [{ Name: 'instance-id', Values: tooMany }] })).rejects.toMatchObject({
    name: 'FilterLimitExceeded',
  });
});

test('a role without the permission is refused in EC2’s words', async () => {
  await expect(described({}, 'Billing', '214748364801')).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    message: expect.stringMatching(
      /^You are not authorized to perform this operation\. User: \S+ is not authorized to perform: ec2:DescribeInstances because/,
    ) as string,
  });
});
