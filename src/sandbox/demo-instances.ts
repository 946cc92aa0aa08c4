import { DEMO } from './demo-facts.ts';
import type { Instance } from './organization.ts';

type Row = readonly [accountId: string, region: string, name: string, system: System, how: How];

type System = 'al2023' | 'ubuntu' | 'windows';
type How = 'online' | 'lost' | 'stopped' | 'unmanaged' | 'elsewhere';

const SYSTEMS: Readonly<Record<System, Pick<Instance, 'platformType' | 'platformName' | 'platformVersion'>>> = {
  al2023: { platformType: 'Linux', platformName: 'Amazon Linux', platformVersion: '2023' },
  ubuntu: { platformType: 'Linux', platformName: 'Ubuntu', platformVersion: '24.04' },
  windows: { platformType: 'Windows', platformName: 'Microsoft Windows Server 2022', platformVersion: '10.0.20348' },
};

const { production, staging, development, sharedServices, hostile } = DEMO.accounts;
const TOKYO = DEMO.region;
const OSAKA = 'ap-northeast-3';

/** Two of one name, one that is off, one that nobody can reach, one that Systems Manager does not know, one in a server room. */
const ROWS: readonly Row[] = [
  [production, TOKYO, 'bastion', 'al2023', 'online'],
  [production, TOKYO, 'web', 'al2023', 'online'],
  [production, TOKYO, 'web', 'al2023', 'online'],
  [production, TOKYO, 'batch', 'ubuntu', 'stopped'],
  [production, TOKYO, 'legacy-erp', 'windows', 'lost'],
  [production, TOKYO, 'nat', 'al2023', 'unmanaged'],
  [production, OSAKA, 'standby', 'al2023', 'online'],
  [staging, TOKYO, 'web', 'al2023', 'online'],
  [staging, TOKYO, 'reports', 'windows', 'online'],
  [development, TOKYO, 'workbench', 'ubuntu', 'online'],
  [sharedServices, TOKYO, 'build-runner', 'ubuntu', 'online'],
  [sharedServices, TOKYO, 'server-room-nas', 'ubuntu', 'elsewhere'],
  [hostile, TOKYO, '"; touch /tmp/$(id) `id` & calc #', 'al2023', 'online'],
  [DEMO.iam.clientProduction, TOKYO, 'shop', 'al2023', 'online'],
  [DEMO.iam.clientStaging, TOKYO, 'shop-staging', 'ubuntu', 'online'],
];

const INSTANCES = ROWS.map((row, at) => ({ accountId: row[0], instance: instanceOf(row, at + 1) }));

/** The machines of an account of the demo. */
export function demoInstances(accountId: string): readonly Instance[] {
  return INSTANCES.filter((each) => each.accountId === accountId).map(({ instance }) => instance);
}

function instanceOf([, region, name, system, how]: Row, number: number): Instance {
  const address = `10.${region === TOKYO ? 20 : 30}.1.${10 + number}`;
  const host = `ip-${address.replaceAll('.', '-')}.${region}.compute.internal`;
  return {
    instanceId: `${how === 'elsewhere' ? 'mi' : 'i'}-0de30${number.toString(16).padStart(12, '0')}`,
    region,
    name,
    state: how === 'stopped' ? 'stopped' : 'running',
    ...(how === 'unmanaged' ? {} : { ping: how === 'online' || how === 'elsewhere' ? 'Online' : 'ConnectionLost' }),
    ...SYSTEMS[system],
    privateAddress: address,
    computerName: how === 'elsewhere' ? 'nas.minato-works.example' : host,
  };
}
