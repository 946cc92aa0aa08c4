import { PARTITIONS, partitionOfRegion, type Partition } from '../../core/model/partition.ts';
import type { Endpoint, ServiceId } from '../http/sandbox-request.ts';

type AwsEndpoint = Extract<Endpoint, { kind: 'aws' }>;

const REGION = String.raw`[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}`;

/** Hosts whose first labels name the service and the region. */
const REGIONAL: readonly (readonly [pattern: RegExp, services: readonly ServiceId[]])[] = [
  [new RegExp(`^oidc\\.(${REGION})\\.(.+)$`), ['sso-oidc', 'page']],
  [new RegExp(`^portal\\.sso\\.(${REGION})\\.(.+)$`), ['sso']],
  [new RegExp(`^device\\.sso\\.(${REGION})\\.(.+)$`), ['page']],
  [new RegExp(`^sts\\.(${REGION})\\.(.+)$`), ['sts']],
  [new RegExp(`^ssm\\.(${REGION})\\.(.+)$`), ['ssm']],
  [new RegExp(`^ec2\\.(${REGION})\\.(.+)$`), ['ec2']],
  [new RegExp(`^s3\\.(${REGION})\\.(.+)$`), ['s3']],
];

/** IAM has one endpoint per partition, and signatures are scoped to the partition's main region. */
const GLOBAL: Readonly<Record<string, readonly [ServiceId, Partition['id']]>> = {
  'sts.amazonaws.com': ['sts', 'aws'],
  's3.amazonaws.com': ['s3', 'aws'],
  'iam.amazonaws.com': ['iam', 'aws'],
  'iam.global.api.aws': ['iam', 'aws'],
  'iam.cn-north-1.amazonaws.com.cn': ['iam', 'aws-cn'],
  'iam.us-gov.amazonaws.com': ['iam', 'aws-us-gov'],
  'iam.eusc-de-east-1.amazonaws.eu': ['iam', 'aws-eusc'],
};

/** Hosts of access portals. Source: the AWS CLI's list of start URL forms. */
const PORTAL_SUFFIXES: readonly (readonly [suffix: string, partition: Partition['id']])[] = [
  ['awsapps.com', 'aws'],
  ['app.aws', 'aws'],
  ['portal.amazonaws.com', 'aws'],
  ['awsapps.cn', 'aws-cn'],
  ['app.amazonwebservices.com.cn', 'aws-cn'],
  ['portal.amazonaws.com.cn', 'aws-cn'],
  ['portal.amazonaws.eu', 'aws-eusc'],
];

/**
 * What a real AWS host name stands for. Undefined for hosts that are not AWS's, which the proxy refuses.
 * AWS hosts of services that the sandbox does not play are known, with no services: everything there is answered 404.
 */
export function awsEndpoint(hostname: string): AwsEndpoint | undefined {
  const host = hostname.toLowerCase();
  return globalEndpoint(host) ?? regionalEndpoint(host) ?? webEndpoint(host) ?? otherEndpoint(host);
}

function globalEndpoint(host: string): AwsEndpoint | undefined {
  const [service, partition] = (Object.hasOwn(GLOBAL, host) ? GLOBAL[host] : undefined) ?? [];
  return service === undefined || partition === undefined
    ? undefined
    : { kind: 'aws', host, services: [service], partition };
}

function regionalEndpoint(host: string): AwsEndpoint | undefined {
  for (const [pattern, services] of REGIONAL) {
    const [, region, suffix] = pattern.exec(host) ?? [];
    const partition = region === undefined ? undefined : partitionOfRegion(region);
    if (region !== undefined && partition !== undefined && partition.dnsSuffix === suffix) {
      return { kind: 'aws', host, services, partition: partition.id, region };
    }
  }
  return undefined;
}

function webEndpoint(host: string): AwsEndpoint | undefined {
  const within = (name: string): boolean => host === name || host.endsWith(`.${name}`);
  const signin = PARTITIONS.find(({ signinHost }) => within(signinHost));
  if (signin !== undefined) {
    return { kind: 'aws', host, services: ['federation', 'signin', 'page'], partition: signin.id };
  }
  const console_ = PARTITIONS.find(({ consoleHost }) => within(consoleHost));
  const portal = PORTAL_SUFFIXES.find(([suffix]) => host.endsWith(`.${suffix}`));
  const partition = console_?.id ?? portal?.[1];
  return partition === undefined ? undefined : { kind: 'aws', host, services: ['page'], partition };
}

function otherEndpoint(host: string): AwsEndpoint | undefined {
  const region = new RegExp(`(?:^|\\.)(${REGION})\\.`).exec(host)?.[1];
  const partition =
    (region === undefined ? undefined : partitionOfRegion(region)) ??
    PARTITIONS.find(({ dnsSuffix }) => host.endsWith(`.${dnsSuffix}`));
  return partition !== undefined && host.endsWith(`.${partition.dnsSuffix}`)
    ? { kind: 'aws', host, services: [], partition: partition.id }
    : undefined;
}
