import { AwsError } from '../http/aws-error.ts';
import { jsonBody, jsonParams } from '../http/json-service.ts';
import { jsonReply } from '../http/sandbox-reply.ts';
import { headerOf, type SandboxRequest } from '../http/sandbox-request.ts';
import type { Service } from '../http/service.ts';
import { authenticate } from '../sigv4/authenticate.ts';
import { isSwitchedOff } from '../state/opt-in-regions.ts';
import { describeInstanceInformation } from './describe-instance-information.ts';
import { startSession } from './start-session.ts';
import type { SsmCall } from './ssm-call.ts';
import { JSON_AUTHENTICATION_ERRORS, ssmErrors } from './ssm-errors.ts';

const OPERATIONS: Readonly<Record<string, (call: SsmCall) => Readonly<Record<string, unknown>>>> = {
  DescribeInstanceInformation: describeInstanceInformation,
  StartSession: startSession,
};

const CONTENT_TYPE = { 'content-type': 'application/x-amz-json-1.1' };

/** AWS Systems Manager, as far as Session Manager's lists and starts go. Source: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const ssmService: Service = {
  id: 'ssm',
  identify: identifySsm,
  params: jsonParams,
  handle(operation, request, world) {
    const run = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
    if (run === undefined) {
      throw new AwsError(400, 'UnknownOperationException', '');
    }
    const caller = authenticate(world, request, 'ssm', JSON_AUTHENTICATION_ERRORS);
    if (isSwitchedOff(caller.region)) {
      throw JSON_AUTHENTICATION_ERRORS.unknownKey(caller.accessKeyId);
    }
    return jsonReply(200, run({ input: jsonBody(request, ssmErrors.malformed), caller, world }), CONTENT_TYPE);
  },
  renderError: (error) => jsonReply(error.status, { __type: error.code, message: error.message }, CONTENT_TYPE),
  throttled: () => new AwsError(400, 'ThrottlingException', 'Rate exceeded'),
  expired: () => JSON_AUTHENTICATION_ERRORS.expired(),
};

/** The header names service and operation; nothing else does. */
function identifySsm(request: SandboxRequest): string | undefined {
  const [service, operation] = (headerOf(request, 'x-amz-target') ?? '').split('.');
  return request.method === 'POST' && request.path === '/' && service === 'AmazonSSM' ? operation : undefined;
}
