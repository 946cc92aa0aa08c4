import { Secret } from '../../model/secret.ts';
import { BadInputError } from '../../model/errors.ts';
import type { UserDevice } from '../../session/mfa/mfa-devices.ts';
import type { RotationProgress } from '../../session/keys/rotate-key.ts';
import type { CallContext } from '../../session/ports.ts';
import type { EnrolmentPicture, memberCommandInputs } from '../../../shared/member-commands.ts';
import type { AppState } from '../../../shared/app-state.ts';
import type { Caller } from '../core.ts';
import { Enrolments } from '../enrolments.ts';
import { readGuide } from '../read-guide.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type MemberCommand = keyof typeof memberCommandInputs;
type What = AppState['activity'][number]['what'];

/** Commands of people with an IAM user: keys, devices, the guide. */
export function memberHandlers(context: HandlerContext): HandlersOf<MemberCommand> {
  return { ...keyHandlers(context), ...deviceHandlers(context), readGuide: async (input) => readGuide(input) };
}

type KeyCommand =
  'addAccessKey' | 'addRoleProfile' | 'accessKeyFacts' | 'rotateAccessKey' | 'endRotation' | 'checkSetup';

function keyHandlers(context: HandlerContext): HandlersOf<KeyCommand> {
  const { services, files, signal } = context;
  return {
    async addAccessKey({ secretAccessKey, ...input }) {
      const { arn, accountId } = await services.members.addKey(
        { ...input, secretAccessKey: new Secret(secretAccessKey) },
        signal,
      );
      await files.load();
      return { arn, accountId };
    },
    async addRoleProfile({ preview = false, mfaSerial, region, ...input }) {
      const written = await services.members.addRoleProfile({ ...input, mfaSerial, region }, { preview });
      await files.load();
      return { previews: [written] };
    },
    async accessKeyFacts({ profile }, caller) {
      const call = callOf(caller, signal);
      const { accessKeyId, userName, createdAt } = await services.members.rotation.facts(profile, call);
      const rotation = await services.members.rotation.pending(profile);
      return {
        accessKeyId,
        userName,
        createdAt: createdAt?.toISOString(),
        rotation: rotation && rotationFact(rotation),
      };
    },
    rotateAccessKey: ({ profile }, caller) =>
      recorded(context, 'rotate-key', profile, caller, async (call) => {
        const progress = await services.members.rotation.rotate(profile, call);
        await files.load();
        return rotationFact(progress);
      }),
    endRotation: ({ profile, how }, caller) =>
      recorded(context, 'rotate-key', profile, caller, async (call) => {
        const { rotation } = services.members;
        await (how === 'delete-old-key' ? rotation.finish(profile, call) : rotation.revert(profile, call));
        await files.load();
        return null;
      }),
    async checkSetup({ profile }, caller) {
      const findings = await services.members.check(profile, callOf(caller, signal));
      return { findings: findings.map(({ fix, ...finding }) => ({ ...finding, fix: fix?.document ?? fix?.action })) };
    },
  };
}

type DeviceCommand =
  | 'listMfaDevices'
  | 'beginMfaEnrolment'
  | 'finishMfaEnrolment'
  | 'abandonMfaEnrolment'
  | 'resyncMfaDevice'
  | 'removeMfaDevice';

function deviceHandlers(context: HandlerContext): HandlersOf<DeviceCommand> {
  const { services, signal } = context;
  const made: { enrolments?: Enrolments } = {};
  const enrolments = (): Enrolments => (made.enrolments ??= new Enrolments(services.members.devices, context.clock));
  return {
    async listMfaDevices({ profile }, caller) {
      const devices = await services.members.devices.list(profile, callOf(caller, signal));
      return { devices: devices.map(deviceFact) };
    },
    async beginMfaEnrolment({ profile }, caller) {
      const { id, device } = await enrolments().begin(profile, callOf(caller, signal));
      return pictureOf(id, device);
    },
    async finishMfaEnrolment({ enrolmentId, firstCode, secondCode, keepSeed }, caller) {
      const device = await enrolments().finish(
        enrolmentId,
        codesOf(firstCode, secondCode, keepSeed),
        keepSeed,
        callOf(caller, signal),
      );
      record(context, 'mfa', device.profile, caller, `enrolled ${device.deviceName}`);
      return null;
    },
    async abandonMfaEnrolment({ enrolmentId }) {
      await enrolments().abandon(enrolmentId);
      return null;
    },
    resyncMfaDevice: ({ profile, mfaSerial, ...codes }, caller) =>
      recorded(context, 'mfa', profile, caller, async (call) => {
        await services.members.devices.resync(profile, mfaSerial, codes, call);
        return null;
      }),
    removeMfaDevice: ({ profile, mfaSerial }, caller) =>
      recorded(context, 'mfa', profile, caller, async (call) => {
        await services.members.devices.remove(profile, mfaSerial, call);
        return null;
      }),
  };
}

function codesOf(firstCode: string | undefined, secondCode: string | undefined, keepSeed: boolean) {
  if (firstCode !== undefined && secondCode !== undefined) {
    return { firstCode, secondCode };
  }
  if (!keepSeed) {
    throw new BadInputError(
      'Two codes are needed.',
      'Type two codes that follow each other, as the device shows them.',
    );
  }
  return 'from-kept-seed' as const;
}

/**
 * What a person has to see to teach their authenticator: the one reply that holds a secret on purpose. It goes to the page that asked,
 * once, and into no state.
 */
function pictureOf(enrolmentId: string, device: Awaited<ReturnType<Enrolments['begin']>>['device']): EnrolmentPicture {
  const { mfaSerial, deviceName, qrCode, seed } = device;
  return {
    enrolmentId,
    mfaSerial,
    deviceName,
    qrSize: qrCode.size,
    qrPath: qrCode.svgPath.reveal(),
    setupKey: seed.reveal(),
  };
}

function deviceFact({ mfaSerial, deviceName, enabledAt, hasSeedHere }: UserDevice) {
  return { mfaSerial, deviceName, enabledAt: enabledAt?.toISOString(), hasSeedHere };
}

function rotationFact({ profile, stage, oldAccessKeyId, newAccessKeyId }: RotationProgress) {
  return { profile, stage, oldAccessKeyId, newAccessKeyId };
}

function callOf({ asker }: Caller, signal: AbortSignal): CallContext {
  return { asker, userAsked: true, signal };
}

/** Does it and notes it; what fails is noted too. */
async function recorded<Value>(
  context: HandlerContext,
  what: What,
  profile: string,
  caller: Caller,
  action: (call: CallContext) => Promise<Value>,
): Promise<Value> {
  try {
    const value = await action(callOf(caller, context.signal));
    record(context, what, profile, caller, '');
    return value;
  } catch (error) {
    record(context, what, profile, caller, '', 'failed');
    throw error;
  }
}

function record(
  { record }: HandlerContext,
  what: What,
  profile: string,
  { asker }: Caller,
  detail: string,
  outcome: 'ok' | 'failed' = 'ok',
): void {
  record({
    asker,
    what,
    target: { kind: 'profile', profile },
    ssoSession: undefined,
    format: undefined,
    outcome,
    detail,
  });
}
