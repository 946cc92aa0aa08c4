import type { Instance } from '@aws-sdk/client-ec2';
import type { SigningCredentials } from '../model/credentials.ts';
import type { AwsRequest } from './client-config.ts';
import { displayText } from './display-text.ts';
import { inThisRegion } from './region-refused.ts';
import { callSigned } from './signed-call.ts';
import type { PageRead } from './sso.ts';

/** What EC2 adds to an instance that Systems Manager knows. */
export interface InstanceNote {
  readonly instanceId: string;
  /** Its `Name` tag, fit to show; empty where it has none. */
  readonly name: string;
  /** Such as `running` or `stopped`; empty where it was not told. */
  readonly state: string;
}

/** The most values that a filter takes. */
export const MOST_IDS = 200;

/**
 * One page of names and states of these instances, at most `MOST_IDS`. They are a filter and no list of ids: one that is gone by now would
 * have AWS refuse all. Throws as `describeInstanceInformation`, for `ec2:DescribeInstances`.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html
 */
export function describeInstances(
  request: AwsRequest,
  signer: SigningCredentials,
  instanceIds: readonly string[],
  nextToken: string | undefined,
): Promise<PageRead<InstanceNote>> {
  return inThisRegion(request.region, () =>
    callSigned('ec2', request, signer, {}, async ({ clientOptions, sendOptions }) => {
      const { EC2Client, DescribeInstancesCommand } = await import('@aws-sdk/client-ec2');
      const input = {
        Filters: [{ Name: 'instance-id', Values: [...instanceIds] }],
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      };
      const reply = await new EC2Client(clientOptions).send(new DescribeInstancesCommand(input), sendOptions);
      return {
        rows: (reply.Reservations ?? []).flatMap(({ Instances = [] }) => Instances.map(readInstance)),
        nextToken: reply.NextToken === '' ? undefined : reply.NextToken,
      };
    }),
  );
}

function readInstance({ InstanceId, Tags = [], State }: Instance): InstanceNote {
  const name = Tags.find(({ Key }) => Key === 'Name')?.Value ?? '';
  return { instanceId: InstanceId ?? '', name: displayText(name, 256), state: displayText(State?.Name ?? '', 32) };
}
