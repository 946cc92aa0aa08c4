import type { InstanceInformation } from '@aws-sdk/client-ssm';
import { isInstanceId } from '../../shared/instances.ts';
import type { SigningCredentials } from '../model/credentials.ts';
import { MalformedReplyError } from './aws-errors.ts';
import type { AwsRequest } from './client-config.ts';
import { displayText } from './display-text.ts';
import { inThisRegion } from './region-refused.ts';
import { callSigned } from './signed-call.ts';
import type { PageRead } from './sso.ts';

/** A machine as Systems Manager knows it. Its texts are fit to show, and empty where it told none. */
export interface ManagedNode {
  /** `i-…` of EC2, `mi-…` of a machine elsewhere. */
  readonly instanceId: string;
  /** Whether its agent answers, so that a session can be started. */
  readonly online: boolean;
  /** Such as `Amazon Linux 2023`. */
  readonly platform: string;
  /** Its private address. */
  readonly address: string;
  /** The name it was registered under; EC2's machines have theirs in a tag instead. */
  readonly name: string;
  /** What it calls itself. */
  readonly computerName: string;
}

/** The most that AWS gives at a time. */
const PAGE_ROWS = 50;

/**
 * One page of the machines that Systems Manager manages in a region. Throws NotAuthorizedError without
 * `ssm:DescribeInstanceInformation`, RegionRefusedError, and the general errors of `core/aws`.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeInstanceInformation.html
 */
export function describeInstanceInformation(
  request: AwsRequest,
  signer: SigningCredentials,
  nextToken: string | undefined,
): Promise<PageRead<ManagedNode>> {
  return inThisRegion(request.region, () =>
    callSigned('ssm', request, signer, {}, async ({ clientOptions, sendOptions }) => {
      const { SSMClient, DescribeInstanceInformationCommand } = await import('@aws-sdk/client-ssm');
      const input = { MaxResults: PAGE_ROWS, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
      const reply = await new SSMClient(clientOptions).send(new DescribeInstanceInformationCommand(input), sendOptions);
      return {
        rows: (reply.InstanceInformationList ?? []).map(readNode),
        nextToken: reply.NextToken === '' ? undefined : reply.NextToken,
      };
    }),
  );
}

function readNode(node: InstanceInformation): ManagedNode {
  const { InstanceId: instanceId = '' } = node;
  if (!isInstanceId(instanceId)) {
    throw new MalformedReplyError('an instance with an impossible id');
  }
  return {
    instanceId,
    online: node.PingStatus === 'Online',
    platform: displayText(`${node.PlatformName ?? node.PlatformType ?? ''} ${node.PlatformVersion ?? ''}`),
    address: displayText(node.IPAddress ?? ''),
    name: displayText(node.Name ?? '', 256),
    computerName: displayText(node.ComputerName ?? '', 256),
  };
}
