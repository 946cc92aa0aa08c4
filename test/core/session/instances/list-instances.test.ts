import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { systemRandom } from '../../../../src/core/model/random.ts';
import { listInstances } from '../../../../src/core/session/instances/list-instances.ts';
import { createSandbox } from '../../../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import { demoOrganization } from '../../../../src/sandbox/demo-organization.ts';
import type { Instance } from '../../../../src/sandbox/organization.ts';
import type { Sandbox } from '../../../../src/sandbox/sandbox.ts';
import { portalCredentials } from '../../../helpers/sandbox-sign-in.ts';
import { networkTo } from '../../../helpers/test-network.ts';

const { production } = DEMO.accounts;

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await createSandbox();
  return () => sandbox.close();
});

interface Asked {
  readonly accountId?: string;
  readonly roleName?: string;
  readonly region?: string;
}

async function list({ accountId = production, roleName = 'ReadOnlyAccess', region = DEMO.region }: Asked = {}) {
  const clock = systemClock();
  const network = networkTo(sandbox.url, { clock });
  const signer = await portalCredentials(sandbox, accountId, roleName);
  const retry = { clock, random: systemRandom() };
  return listInstances({ network, retry }, signer, region, AbortSignal.timeout(20_000));
}

const named = (at: number, more: Partial<Instance> = {}): Instance => ({
  instanceId: `i-${at.toString(16).padStart(17, '0')}`,
  region: DEMO.region,
  name: `node-${at}`,
  state: 'running',
  ping: 'Online',
  platformType: 'Linux',
  platformName: 'Amazon Linux',
  platformVersion: '2023',
  privateAddress: '10.0.0.1',
  computerName: `host-${at}`,
  ...more,
});

function give(instances: readonly Instance[]): void {
  const account = demoOrganization().accounts.find(({ accountId }) => accountId === production);
  if (account !== undefined) {
    sandbox.control.putAccount({ ...account, instances });
  }
}

describe('the instances of a role', () => {
  test('those that are online come first, then by name, with what EC2 knows of them', async () => {
    const { instances, namesMissing } = await list();
    expect(namesMissing).toBeUndefined();
    expect(instances.map(({ name, online, state }) => [name, online, state])).toEqual([
      ['bastion', true, 'running'],
      ['web', true, 'running'],
      ['web', true, 'running'],
      ['batch', false, 'stopped'],
      ['legacy-erp', false, 'running'],
    ]);
    expect(instances[0]).toEqual({
      instanceId: 'i-0de30000000000001',
      name: 'bastion',
      online: true,
      state: 'running',
      platform: 'Amazon Linux 2023',
      address: '10.20.1.11',
    });
  });

  test('a machine elsewhere is named as it was registered, and EC2 is not asked for it', async () => {
    const { instances } = await list({ accountId: DEMO.accounts.sharedServices });
    expect(instances.find(({ instanceId }) => instanceId.startsWith('mi-'))).toMatchObject({ name: 'server-room-nas' });
    expect(JSON.stringify(sandbox.requests.of('ec2.DescribeInstances').map(({ params }) => params))).not.toContain(
      'mi-',
    );
  });

  test('what has no tag is named as it calls itself', async () => {
    const { name: _name, ...nameless } = named(1);
    give([nameless]);
    expect((await list()).instances.map(({ name }) => name)).toEqual(['host-1']);
  });

  test('450 instances: every page of both services is read, and names are asked for 200 at a time', async () => {
    give(Array.from({ length: 450 }, (_, at) => named(at + 1)));
    const { instances } = await list();
    expect(instances).toHaveLength(450);
    expect(instances.every(({ name }) => name.startsWith('node-'))).toBe(true);
    expect(instances.map(({ name }) => name).slice(8, 11)).toEqual(['node-9', 'node-10', 'node-11']);
    expect(sandbox.requests.count('ssm.DescribeInstanceInformation')).toBe(9);
    expect(sandbox.requests.count('ec2.DescribeInstances')).toBe(3);
  });

  test('a region with none is an empty list, and EC2 is not asked', async () => {
    expect(await list({ region: 'eu-west-1' })).toEqual({ instances: [], namesMissing: undefined });
    expect(sandbox.requests.count('ec2.*')).toBe(0);
  });

  test('no name can write on a terminal or turn the text around', async () => {
    give([named(1, { name: `a\u202eb\u0085c` })]);
    expect((await list()).instances[0]?.name).toBe('abc');
  });
});

/** The demo with a read-only role that may do this alone. */
async function sandboxOf(action: string): Promise<Sandbox> {
  const organization = demoOrganization();
  const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } } as const;
  const identityCenters = organization.identityCenters.map((center) => ({
    ...center,
    permissionSets: center.permissionSets.map((set) =>
      set.permissionSetName === 'ReadOnlyAccess' ? { ...set, policies: [{ policyName: 'few', document }] } : set,
    ),
  }));
  const other = await createSandbox({ organization: { ...organization, identityCenters } });
  onTestFinished(() => other.close());
  return other;
}

describe('what is refused', () => {
  test('without ssm:DescribeInstanceInformation the action is named', async () => {
    await expect(list({ accountId: '472910385512', roleName: 'NetworkAdministrator' })).rejects.toMatchObject({
      name: 'NotAuthorizedError',
      action: 'ssm:DescribeInstanceInformation',
      hint: 'Ask your administrator to allow this action.',
    });
  });

  test('without ec2:DescribeInstances the list comes without names, and says so', async () => {
    sandbox = await sandboxOf('ssm:DescribeInstanceInformation');
    const { instances, namesMissing } = await list();
    expect(instances.map(({ name, state }) => [name, state])).toContainEqual([
      'ip-10-20-1-11.ap-northeast-1.compute.internal',
      '',
    ]);
    expect(namesMissing).toMatch(/^arn:aws:sts::620184739255:\S+ may not do ec2:DescribeInstances\.$/);
  });

  test('a region that does not know the credentials is named as the reason', async () => {
    await expect(list({ region: 'eu-south-2' })).rejects.toMatchObject({
      name: 'RegionRefusedError',
      message: 'AWS does not accept these credentials in eu-south-2.',
    });
    sandbox.faults.add({ operation: 'ssm.*', fault: { kind: 'expired-token' } });
    await expect(list()).rejects.toMatchObject({ name: 'CredentialsExpiredError' });
  });

  test('text that is no region is refused before anybody is asked', async () => {
    await expect(list({ region: 'tokyo' })).rejects.toMatchObject({ name: 'BadInputError' });
    expect(sandbox.requests.count('ssm.*')).toBe(0);
  });

  test('throttling passes', async () => {
    sandbox.faults.add({ operation: 'ssm.*', fault: { kind: 'throttle' }, times: 2 });
    expect((await list()).instances).toHaveLength(5);
  });
});
