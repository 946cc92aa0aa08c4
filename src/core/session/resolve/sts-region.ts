import { partitionById, partitionOfRegion, PARTITIONS, type Partition } from '../../model/partition.ts';

/**
 * The region whose STS is asked: the first wish that lies in the partition, else the partition's own. Wishes come in order of weight:
 * the role's profile, the profile asked for, the environment.
 */
export function stsRegion(partition: Partition, wishes: readonly (string | undefined)[]): string {
  return (
    wishes.find((region) => region !== undefined && partitionOfRegion(region)?.id === partition.id) ??
    partition.defaultRegion
  );
}

/** What the environment says about the region, in the AWS CLI's order. */
export function regionsOfEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): readonly (string | undefined)[] {
  return [env['AWS_REGION'], env['AWS_DEFAULT_REGION']];
}

/** The partition of a user's key: that of its MFA device, else of the first region wished for; a key itself does not tell. */
export function partitionOfKey(mfaSerial: string | undefined, wishes: readonly (string | undefined)[]): Partition {
  const ofDevice = partitionById(mfaSerial?.split(':', 2)[1] ?? '');
  const ofRegion = wishes.flatMap((region) => partitionOfRegion(region ?? '') ?? [])[0];
  const usual = PARTITIONS.find(({ id }) => id === 'aws');
  const partition = ofDevice ?? ofRegion ?? usual;
  if (partition === undefined) {
    throw new RangeError('There is no partition aws.');
  }
  return partition;
}
