import type { XmlValue } from '../http/xml.ts';
import type { Instance } from '../organization.ts';
import { ec2Errors } from './ec2-errors.ts';

/** What DescribeInstances works with: the caller's EC2 instances in the region. */
export interface DescribeInstancesCall {
  readonly params: URLSearchParams;
  readonly instances: readonly Instance[];
  readonly accountId: string;
}

const ROWS = { min: 5, max: 1000 };
const MOST_VALUES = 200;
const STATE_CODES: Readonly<Record<Instance['state'], number>> = { running: 16, stopped: 80 };

/**
 * The members of the answer. An id that is not there has all refused, one in a filter matches nothing.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
 */
export function describeInstances({ params, instances, accountId }: DescribeInstancesCall): XmlValue {
  const ids = listParam(params, 'InstanceId');
  checkIds(ids, instances);
  if (ids.length > 0 && params.has('MaxResults')) {
    throw ec2Errors.idsAndPage();
  }
  const matches = filterOf(params);
  const all = instances.filter(
    (instance) => (ids.length === 0 || ids.includes(instance.instanceId)) && matches(instance),
  );
  const start = startOf(params.get('NextToken'));
  const end = start + rowsOf(params.get('MaxResults'));
  return {
    reservationSet: all.slice(start, end).map((instance) => reservationOf(instance, accountId)),
    nextToken: end < all.length ? Buffer.from(`ec2:${end}`).toString('base64') : undefined,
  };
}

function reservationOf(instance: Instance, accountId: string): XmlValue {
  const { instanceId, name, state, privateAddress, region, platformType } = instance;
  return {
    reservationId: instanceId.replace('i-', 'r-'),
    ownerId: accountId,
    groupSet: [],
    instancesSet: [
      {
        instanceId,
        imageId: 'ami-0demo0demo0demo00',
        instanceState: { code: STATE_CODES[state], name: state },
        privateDnsName: instance.computerName,
        instanceType: 't3.small',
        launchTime: '2026-01-15T08:00:00.000Z',
        placement: { availabilityZone: `${region}a`, tenancy: 'default' },
        platform: platformType === 'Windows' ? 'windows' : undefined,
        privateIpAddress: privateAddress,
        architecture: 'x86_64',
        tagSet: name === undefined ? [] : [{ key: 'Name', value: name }],
      },
    ],
  };
}

function checkIds(ids: readonly string[], instances: readonly Instance[]): void {
  for (const id of ids) {
    if (!/^i-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
      throw ec2Errors.malformedId(id);
    }
    if (!instances.some(({ instanceId }) => instanceId === id)) {
      throw ec2Errors.unknownId(id);
    }
  }
}

/** `InstanceId.1`, `InstanceId.2`, … */
function listParam(params: URLSearchParams, name: string): readonly string[] {
  const values: string[] = [];
  for (let value = params.get(`${name}.1`); value !== null; value = params.get(`${name}.${values.length + 1}`)) {
    values.push(value);
  }
  return values;
}

function filterOf(params: URLSearchParams): (instance: Instance) => boolean {
  const tests: ((instance: Instance) => boolean)[] = [];
  for (let at = 1; params.has(`Filter.${at}.Name`); at += 1) {
    const name = params.get(`Filter.${at}.Name`) ?? '';
    const values = listParam(params, `Filter.${at}.Value`);
    if (values.length > MOST_VALUES) {
      throw ec2Errors.tooManyValues();
    }
    const read = readerOf(name);
    tests.push((instance) => values.includes(read(instance) ?? ''));
  }
  return (instance) => tests.every((test) => test(instance));
}

function readerOf(name: string): (instance: Instance) => string | undefined {
  switch (name) {
    case 'instance-id':
      return ({ instanceId }) => instanceId;
    case 'instance-state-name':
      return ({ state }) => state;
    case 'private-ip-address':
      return ({ privateAddress }) => privateAddress;
    case 'tag:Name':
      return (instance) => instance.name;
    default:
      throw ec2Errors.badFilter(name);
  }
}

function rowsOf(text: string | null): number {
  if (text === null) {
    return ROWS.max;
  }
  const rows = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (!(rows >= ROWS.min && rows <= ROWS.max)) {
    throw ec2Errors.badPage(
      `Value ( ${text} ) for parameter maxResults is invalid. Expecting a value between ${ROWS.min} and ${ROWS.max}.`,
    );
  }
  return rows;
}

function startOf(token: string | null): number {
  if (token === null) {
    return 0;
  }
  const start = /^ec2:(\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (start === undefined) {
    throw ec2Errors.badPage(`Value ( ${token} ) for parameter nextToken is invalid. Unable to parse pagination token.`);
  }
  return Number(start);
}
