import type { Instance } from '../organization.ts';
import { arnHere, instancesHere, requireSsmAllowed, type SsmCall } from './ssm-call.ts';
import { ssmErrors } from './ssm-errors.ts';

const DEFAULT_ROWS = 10;
const ROWS = { min: 5, max: 50 };

type Filter = (instance: Instance) => string;

/** The keys that are played here. */
const FILTERS: Readonly<Record<string, Filter>> = {
  InstanceIds: ({ instanceId }) => instanceId,
  PingStatus: ({ ping }) => ping ?? '',
  PlatformTypes: ({ platformType }) => platformType,
  ResourceType: resourceType,
};

/** Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html */
export function describeInstanceInformation(call: SsmCall): Readonly<Record<string, unknown>> {
  requireSsmAllowed(call, 'ssm:DescribeInstanceInformation', arnHere(call, 'ssm', '*'));
  const matches = filterOf(call.input['Filters']);
  const all = instancesHere(call).filter((instance) => instance.ping !== undefined && matches(instance));
  const start = startOf(call.input['NextToken']);
  const end = start + rowsOf(call.input['MaxResults']);
  const now = call.world.now().getTime() / 1000;
  return {
    InstanceInformationList: all.slice(start, end).map((instance) => informationOf(instance, now)),
    ...(end < all.length ? { NextToken: Buffer.from(`ssm:${end}`).toString('base64') } : {}),
  };
}

function informationOf(instance: Instance, nowSeconds: number): Readonly<Record<string, unknown>> {
  const { instanceId, ping, platformType, platformName, platformVersion, privateAddress, computerName } = instance;
  const isElsewhere = instanceId.startsWith('mi-');
  return {
    InstanceId: instanceId,
    PingStatus: ping,
    LastPingDateTime: ping === 'Online' ? nowSeconds - 60 : nowSeconds - 86_400,
    AgentVersion: '3.3.3572.0',
    IsLatestVersion: true,
    PlatformType: platformType,
    PlatformName: platformName,
    PlatformVersion: platformVersion,
    ResourceType: resourceType(instance),
    IPAddress: privateAddress,
    ComputerName: computerName,
    SourceId: instanceId,
    SourceType: isElsewhere ? 'AWS::SSM::ManagedInstance' : 'AWS::EC2::Instance',
    ...(isElsewhere ? { Name: instance.name } : {}),
  };
}

function resourceType({ instanceId }: Instance): string {
  return instanceId.startsWith('mi-') ? 'ManagedInstance' : 'EC2Instance';
}

function rowsOf(value: unknown): number {
  if (value === undefined) {
    return DEFAULT_ROWS;
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw ssmErrors.malformed();
  }
  if (value < ROWS.min || value > ROWS.max) {
    const rule = value < ROWS.min ? `greater than or equal to ${ROWS.min}` : `less than or equal to ${ROWS.max}`;
    throw ssmErrors.invalid(
      `1 validation error detected: Value '${value}' at 'maxResults' failed to satisfy constraint: Member must have value ${rule}`,
    );
  }
  return value;
}

function startOf(token: unknown): number {
  if (token === undefined) {
    return 0;
  }
  const text = typeof token === 'string' ? Buffer.from(token, 'base64').toString('utf8') : '';
  const start = /^ssm:(\d+)$/.exec(text)?.[1];
  if (start === undefined) {
    throw ssmErrors.badToken();
  }
  return Number(start);
}

/** Whether an instance has one of the values of every filter. */
function filterOf(filters: unknown): (instance: Instance) => boolean {
  const tests = (Array.isArray(filters) ? (filters as readonly unknown[]) : []).map((filter) => {
    const { Key: key, Values: values } = (filter ?? {}) as { readonly Key?: unknown; readonly Values?: unknown };
    if (typeof key !== 'string' || !Array.isArray(values)) {
      throw ssmErrors.malformed();
    }
    const read = Object.hasOwn(FILTERS, key) ? FILTERS[key] : undefined;
    if (read === undefined) {
      throw ssmErrors.badFilter(key);
    }
    return (instance: Instance): boolean => values.includes(read(instance));
  });
  return (instance) => tests.every((test) => test(instance));
}
