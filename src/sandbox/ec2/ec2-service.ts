import { AwsError } from '../http/aws-error.ts';
import { xmlReply, type SandboxReply } from '../http/sandbox-reply.ts';
import { formOf, type SandboxRequest } from '../http/sandbox-request.ts';
import type { Service } from '../http/service.ts';
import { escapeXml, xmlContent } from '../http/xml.ts';
import { requireAllowed } from '../policy/authorize.ts';
import { authenticate, type Caller } from '../sigv4/authenticate.ts';
import { principalAccount } from '../state/principal.ts';
import { instancesHere } from '../ssm/ssm-call.ts';
import { isSwitchedOff } from '../state/opt-in-regions.ts';
import type { World } from '../world.ts';
import { describeInstances } from './describe-instances.ts';
import { EC2_AUTHENTICATION_ERRORS } from './ec2-errors.ts';

const VERSION = '2016-11-15';

/** Amazon EC2, as far as DescribeInstances goes: its own dialect of the Query protocol. Source: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export const ec2Service: Service = {
  id: 'ec2',
  identify: identifyEc2,
  params: formOf,
  handle(operation, request, world) {
    if (operation !== 'DescribeInstances') {
      throw new AwsError(400, 'InvalidAction', `The action ${operation} is not valid for this web service.`);
    }
    const caller = authenticate(world, request, 'ec2', EC2_AUTHENTICATION_ERRORS);
    if (isSwitchedOff(caller.region)) {
      throw EC2_AUTHENTICATION_ERRORS.unknownKey(caller.accessKeyId);
    }
    requireEc2Allowed(caller, 'ec2:DescribeInstances', world.now());
    return answer(operation, request, caller, world);
  },
  renderError: (error, { requestId }) =>
    xmlReply(
      error.status,
      `<Response><Errors><Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
    ),
  throttled: () => new AwsError(503, 'RequestLimitExceeded', 'Request limit exceeded.'),
  expired: () => EC2_AUTHENTICATION_ERRORS.expired(),
};

function identifyEc2(request: SandboxRequest): string | undefined {
  if (request.method !== 'POST' || request.path !== '/') {
    return undefined;
  }
  const form = formOf(request);
  return form.get('Version') === VERSION ? (form.get('Action') ?? undefined) : undefined;
}

function answer(operation: string, request: SandboxRequest, caller: Caller, world: World): SandboxReply {
  const { accountId } = principalAccount(caller.principal);
  const instances = instancesHere({ caller, world }).filter(({ instanceId }) => instanceId.startsWith('i-'));
  const members = xmlContent(describeInstances({ params: formOf(request), instances, accountId }), 'item');
  return xmlReply(
    200,
    `<${operation}Response xmlns="http://ec2.amazonaws.com/doc/${VERSION}/"><requestId>${request.requestId}</requestId>${members}</${operation}Response>`,
  );
}

/** Lists are of no resource, so EC2 names none where it refuses them. */
function requireEc2Allowed(caller: Caller, action: string, now: Date): void {
  try {
    requireAllowed(caller.principal, action, '*', now);
  } catch (error) {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    const who = error.message.replace(' on resource: *', '');
    throw new AwsError(403, 'UnauthorizedOperation', `You are not authorized to perform this operation. ${who}`);
  }
}
