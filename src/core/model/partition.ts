/**
 * AWS partitions: separate clouds with their own hosts, ARNs and accounts.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html and botocore's `partitions.json`.
 */
export type PartitionId = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc';

/** The hosts and regions of one partition. */
export interface Partition {
  readonly id: PartitionId;
  readonly dnsSuffix: string;
  readonly signinHost: string;
  readonly consoleHost: string;
  /** Where a request goes when no region is set. */
  readonly defaultRegion: string;
  readonly regionPattern: RegExp;
}

export const PARTITIONS: readonly Partition[] = [
  {
    id: 'aws-cn',
    dnsSuffix: 'amazonaws.com.cn',
    signinHost: 'signin.amazonaws.cn',
    consoleHost: 'console.amazonaws.cn',
    defaultRegion: 'cn-north-1',
    regionPattern: /^cn-[a-z]+-\d{1,2}$/,
  },
  {
    id: 'aws-us-gov',
    dnsSuffix: 'amazonaws.com',
    signinHost: 'signin.amazonaws-us-gov.com',
    consoleHost: 'console.amazonaws-us-gov.com',
    defaultRegion: 'us-gov-west-1',
    regionPattern: /^us-gov-[a-z]+-\d{1,2}$/,
  },
  {
    id: 'aws-eusc',
    dnsSuffix: 'amazonaws.eu',
    signinHost: 'signin.amazonaws-eusc.eu',
    consoleHost: 'console.amazonaws-eusc.eu',
    defaultRegion: 'eusc-de-east-1',
    regionPattern: /^eusc-[a-z]{2}-[a-z]+-\d{1,2}$/,
  },
  {
    id: 'aws',
    dnsSuffix: 'amazonaws.com',
    signinHost: 'signin.aws.amazon.com',
    consoleHost: 'console.aws.amazon.com',
    defaultRegion: 'us-east-1',
    regionPattern: /^(?!us-gov-|cn-|eusc-|us-iso)[a-z]{2}-[a-z]+-\d{1,2}$/,
  },
];

/** The partition a region belongs to, or undefined for text that is no region of a partition known here. */
export function partitionOfRegion(region: string): Partition | undefined {
  return PARTITIONS.find((partition) => partition.regionPattern.test(region));
}

/** The partition with this id, or undefined. */
export function partitionById(id: string): Partition | undefined {
  return PARTITIONS.find((partition) => partition.id === id);
}
