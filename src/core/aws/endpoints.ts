import { notARegion } from '../model/did-you-mean.ts';
import { BadInputError } from '../model/errors.ts';
import { partitionOfRegion, type Partition } from '../model/partition.ts';

/** The AWS services this product calls through the SDK. */
export type AwsService = 'sso' | 'sso-oidc' | 'sts' | 'iam' | 'ssm' | 'ec2';

/** Environment variables, as given by the surroundings. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Where the requests of one service go, and the region they are signed for. */
export interface ServiceEndpoint {
  readonly url: URL;
  readonly region: string;
}

const OVERRIDE_VARIABLE: Readonly<Record<AwsService, string>> = {
  sso: 'AWS_ENDPOINT_URL_SSO',
  'sso-oidc': 'AWS_ENDPOINT_URL_SSO_OIDC',
  sts: 'AWS_ENDPOINT_URL_STS',
  iam: 'AWS_ENDPOINT_URL_IAM',
  ssm: 'AWS_ENDPOINT_URL_SSM',
  ec2: 'AWS_ENDPOINT_URL_EC2',
};

/**
 * The endpoint of a service in a region: `AWS_ENDPOINT_URL_<SERVICE>`, else `AWS_ENDPOINT_URL`, else AWS's own host in the
 * region's partition. Throws BadInputError for text that is no region: it would become part of a host name.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function serviceEndpoint(service: AwsService, region: string, env: Env): ServiceEndpoint {
  const partition = requirePartition(region);
  const signingRegion = service === 'iam' ? partition.defaultRegion : region;
  const override = endpointOverride(service, env);
  return { url: override ?? new URL(`https://${awsHost(service, signingRegion, partition)}`), region: signingRegion };
}

/** The partition of a region. Throws BadInputError for text that is no region known here. */
export function requirePartition(region: string): Partition {
  const partition = partitionOfRegion(region);
  if (partition === undefined) {
    throw notARegion(region);
  }
  return partition;
}

/** The endpoint the user configured for a service in the environment, if any. Throws BadInputError for one that is no http(s) URL. */
export function endpointOverride(service: AwsService, env: Env): URL | undefined {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') {
    return undefined;
  }
  const variable = env[OVERRIDE_VARIABLE[service]] ? OVERRIDE_VARIABLE[service] : 'AWS_ENDPOINT_URL';
  return parseEndpointVariable(variable, env);
}

/** Reads a URL from an environment variable; undefined when unset or empty. Throws BadInputError for anything but http(s) without user name. */
export function parseEndpointVariable(variable: string, env: Env): URL | undefined {
  const text = env[variable];
  if (text === undefined || text === '') {
    return undefined;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new BadInputError(
      `${variable} does not hold a usable URL.`,
      `Set ${variable} to an http or https URL, or unset it.`,
    );
  }
  return url;
}

function awsHost(service: AwsService, region: string, partition: Partition): string {
  switch (service) {
    case 'sso':
      return `portal.sso.${region}.${partition.dnsSuffix}`;
    case 'sso-oidc':
      return `oidc.${region}.${partition.dnsSuffix}`;
    case 'sts':
    case 'ssm':
    case 'ec2':
      return `${service}.${region}.${partition.dnsSuffix}`;
    case 'iam':
      return iamHost(partition);
  }
}

/** IAM is global: one host a partition. Source: https://docs.aws.amazon.com/general/latest/gr/iam-service.html */
function iamHost(partition: Partition): string {
  switch (partition.id) {
    case 'aws':
      return 'iam.amazonaws.com';
    case 'aws-us-gov':
      return 'iam.us-gov.amazonaws.com';
    case 'aws-cn':
    case 'aws-eusc':
      return `iam.${partition.defaultRegion}.${partition.dnsSuffix}`;
  }
}
