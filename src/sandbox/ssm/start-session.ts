import { partitionOfRegion } from '../../core/model/partition.ts';
import { principalUserId } from '../state/principal.ts';
import { arnHere, instancesHere, requireSsmAllowed, type SsmCall } from './ssm-call.ts';
import { ssmErrors } from './ssm-errors.ts';

/**
 * Starts a session and says where its data flows; nothing listens there.
 * Source: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartSession.html
 */
export function startSession(call: SsmCall): Readonly<Record<string, unknown>> {
  const { Target: target, DocumentName: document = 'SSM-SessionManagerRunShell' } = call.input;
  if (typeof target !== 'string' || target.length === 0 || target.length > 400) {
    throw ssmErrors.invalid(
      "1 validation error detected: Value at 'target' failed to satisfy constraint: Member must satisfy the length of 1 to 400",
    );
  }
  const resource = target.startsWith('mi-')
    ? arnHere(call, 'ssm', `managed-instance/${target}`)
    : arnHere(call, 'ec2', `instance/${target}`);
  requireSsmAllowed(call, 'ssm:StartSession', resource);
  if (typeof document !== 'string' || document !== 'SSM-SessionManagerRunShell') {
    throw ssmErrors.invalid('Document with name does not exist here.');
  }
  if (!instancesHere(call).some(({ instanceId, ping }) => instanceId === target && ping === 'Online')) {
    throw ssmErrors.notConnected(target);
  }
  const dnsSuffix = partitionOfRegion(call.caller.region)?.dnsSuffix ?? 'amazonaws.com';
  const who = principalUserId(call.caller.principal).split(':').at(-1) ?? 'session';
  const sessionId = `${who}-${call.world.random(9).toString('hex').slice(0, 17)}`;
  return {
    SessionId: sessionId,
    TokenValue: call.world.random(192).toString('base64'),
    StreamUrl: `wss://ssmmessages.${call.caller.region}.${dnsSuffix}/v1/data-channel/${sessionId}?role=publish_subscribe`,
  };
}
