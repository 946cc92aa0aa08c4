import type { InstanceList, ManagedInstance } from '../../src/shared/instances.ts';

const LINUX = 'Amazon Linux 2023';

const ROWS: readonly (readonly [name: string, online: boolean, state: string, platform: string])[] = [
  ['bastion', true, 'running', LINUX],
  ['shop-api-1', true, 'running', LINUX],
  ['shop-api-2', true, 'running', LINUX],
  ['reports', true, 'running', 'Microsoft Windows Server 2022 10.0.20348'],
  ['', true, '', 'Ubuntu 24.04'],
  ['batch', false, 'stopped', 'Ubuntu 24.04'],
  ['legacy-erp', false, 'running', 'Microsoft Windows Server 2016 10.0.14393'],
];

const INSTANCES = ROWS.map(([name, online, state, platform], at): ManagedInstance => {
  const instanceId = `i-0fa4e000000000${String(at + 1).padStart(3, '0')}`;
  return { instanceId, name, online, state, platform, address: `10.20.1.${at + 11}` };
});

/** Instances of a region: some in most, many in Ohio, none in Ireland, without names in Oregon. */
export function fakeInstances(region: string): InstanceList {
  switch (region) {
    case 'eu-west-1':
      return { instances: [], namesMissing: undefined };
    case 'us-east-2':
      return { instances: Array.from({ length: 450 }, (_, at) => many(at + 1)), namesMissing: undefined };
    case 'us-west-2':
      return {
        instances: INSTANCES.map((instance) => ({ ...instance, name: '', state: '' })),
        namesMissing: 'arn:aws:sts::111122223333:assumed-role/x/mika may not do ec2:DescribeInstances.',
      };
    default:
      return { instances: INSTANCES, namesMissing: undefined };
  }
}

function many(number: number): ManagedInstance {
  const [first] = INSTANCES;
  const instanceId = `i-${String(number).padStart(17, '0')}`;
  return { online: true, state: 'running', platform: LINUX, address: '', ...first, instanceId, name: `node-${number}` };
}
