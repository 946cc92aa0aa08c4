import { listAccessKeys, listMfaDevices } from '../../aws/iam.ts';
import {
  mayChangeKeys,
  mayDeactivateDevice,
  mayListPolicies,
  mayListUsers,
  type ProbeVerdict,
} from '../../aws/iam-probes.ts';
import { assumeRole, getCallerIdentity, getSessionToken } from '../../aws/sts.ts';
import { NotAuthorizedError } from '../../aws/sts-errors.ts';
import { CoreError } from '../../model/errors.ts';
import type { RoleArn } from '../../model/arn.ts';
import { findKeyOwner, type KeyOwner, type LongTermKeyParts } from '../keys/long-term-key.ts';
import { requestOf, type UserSignerParts } from '../keys/user-signer.ts';
import type { CallContext } from '../ports.ts';
import { planChain } from '../resolve/plan-chain.ts';
import { defaultSessionName } from '../resolve/role-session-name.ts';
import type { GuideDocumentId } from './guide-documents.ts';
import type { GuideAction } from './guide-steps.ts';

/** What checking works with. */
export interface CheckParts extends LongTermKeyParts, UserSignerParts {
  /** AWS's time. */
  readonly awsNow: () => Date;
}

/** What was found. `unknown`: AWS does not let the user look, or could not be asked. */
export interface Finding {
  readonly id: string;
  readonly verdict: 'good' | 'warning' | 'bad' | 'unknown';
  readonly title: string;
  readonly detail: string;
  /** What mends it: a document of the guide for the administrator, or something the app can do. */
  readonly fix: { readonly document?: GuideDocumentId; readonly action?: GuideAction } | undefined;
}

const OLD_KEY_MS = 90 * 24 * 3600 * 1000;

interface Check {
  readonly parts: CheckParts;
  readonly owner: KeyOwner;
  readonly userName: string;
  readonly context: CallContext;
}

/**
 * Tries for real what somebody could do with the user's access key alone, without the MFA device: each attempt is the very call, made in
 * a way that changes nothing. Asks for no code. Throws where there is no key to try, or AWS does not know it.
 */
export async function checkSetup(
  parts: CheckParts,
  reference: string,
  context: CallContext,
): Promise<readonly Finding[]> {
  const owner = await findKeyOwner(parts, reference);
  const { arn } = await getCallerIdentity(requestOf(owner, parts, context.signal), owner.key);
  const userName = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (userName === undefined) {
    return [rootFinding(arn)];
  }
  const check: Check = { parts, owner, userName, context };
  const roles = await rolesOf(check);
  return [
    good('identity', 'The key works', `It belongs to the user ${userName}.`),
    await deviceFinding(check),
    ...(await Promise.all(roles.map((role) => roleFinding(check, role)))),
    await listFinding(check),
    await deactivateFinding(check),
    await keysFinding(check),
    await sessionFinding(check),
    await ageFinding(check),
    storageFinding(check),
  ];
}

/** The roles that profiles assume with this very key. */
async function rolesOf({ parts, owner }: Check): Promise<readonly RoleArn[]> {
  const profiles = await parts.files.readProfiles();
  const roles = profiles.profiles.flatMap(({ name }): readonly RoleArn[] => {
    try {
      const { source, hops } = planChain({ profiles, platform: parts.platform }, name);
      const startsHere = 'profile' in source && source.profile === owner.profile;
      return startsHere && hops[0] !== undefined ? [hops[0].role] : [];
    } catch {
      return [];
    }
  });
  return [...new Map(roles.map((role) => [role.arn, role])).values()];
}

function roleFinding(check: Check, role: RoleArn): Promise<Finding> {
  const { parts, owner, context } = check;
  const id = `role-needs-mfa ${role.arn}`;
  const name = `${role.roleName} in ${role.accountId}`;
  return found(id, `Whether ${name} wants MFA`, async () => {
    const roleSessionName = defaultSessionName(parts.env);
    const verdict = await triedSts(() =>
      assumeRole(requestOf(owner, parts, context.signal), owner.key, {
        roleArn: role.arn,
        roleSessionName,
        durationSeconds: 900,
      }),
    );
    return verdict === 'denied'
      ? good(id, `${name} wants MFA`, 'The key alone was refused.')
      : bad(
          id,
          `${name} can be assumed without MFA`,
          'Whoever has the access key has the role. Its trust policy lacks the condition on aws:MultiFactorAuthPresent.',
          { document: 'role' },
        );
  });
}

function deviceFinding(check: Check): Promise<Finding> {
  const { parts, owner, userName, context } = check;
  return found('device', 'Whether the user has an MFA device', async () => {
    const devices = await listMfaDevices(requestOf(owner, parts, context.signal), owner.key, userName);
    return devices.length > 0
      ? good('device', 'The user has an MFA device', devices.map(({ mfaSerial }) => mfaSerial).join(', '))
      : bad('device', 'The user has no MFA device', 'Roles that want MFA cannot be used.', { action: 'enrol-device' });
  });
}

function listFinding(check: Check): Promise<Finding> {
  const { parts, owner, userName, context } = check;
  return found('least-privilege', 'Whether the key alone can look around', async () => {
    const request = requestOf(owner, parts, context.signal);
    const verdicts = [await mayListUsers(request, owner.key), await mayListPolicies(request, owner.key, userName)];
    return verdicts.includes('allowed')
      ? warning(
          'least-privilege',
          'The key alone can read the account’s users or policies',
          'A stolen key shows a thief where to go next. The user should be able to assume roles, and nothing else without MFA.',
          { document: 'manage-own-mfa' },
        )
      : good('least-privilege', 'The key alone cannot look around', 'Listing users and policies was refused.');
  });
}

function deactivateFinding(check: Check): Promise<Finding> {
  const { parts, owner, userName, context } = check;
  return found('deactivate', 'Whether the key alone can take the device off', async () =>
    (await mayDeactivateDevice(requestOf(owner, parts, context.signal), owner.key, userName)) === 'denied'
      ? good('deactivate', 'The device cannot be taken off without MFA', 'The key alone was refused.')
      : bad(
          'deactivate',
          'The key alone can take the MFA device off',
          'A thief with the key could remove the device, enrol another, and have every role.',
          { document: 'manage-own-mfa' },
        ),
  );
}

function keysFinding(check: Check): Promise<Finding> {
  const { parts, owner, userName, context } = check;
  return found('keys', 'Whether the key alone can change keys', async () =>
    (await mayChangeKeys(requestOf(owner, parts, context.signal), owner.key, userName)) === 'denied'
      ? good('keys', 'Access keys cannot be changed without MFA', 'The key alone was refused.')
      : warning(
          'keys',
          'The key alone can change access keys',
          'A thief with the key could make another, and lock you out.',
          { document: 'manage-own-mfa' },
        ),
  );
}

function sessionFinding(check: Check): Promise<Finding> {
  const { parts, owner, context } = check;
  return found('session', 'Whether one code is enough for a day', async () => {
    const verdict = await triedSts(() =>
      getSessionToken(requestOf(owner, parts, context.signal), owner.key, { durationSeconds: 900 }),
    );
    return verdict === 'allowed'
      ? good('session', 'One code is enough for twelve hours', 'The user may call sts:GetSessionToken.')
      : warning(
          'session',
          'Each role asks for a code of its own',
          'A policy denies sts:GetSessionToken: the "deny unless MFA" statement should have it in NotAction.',
          { document: 'manage-own-mfa' },
        );
  });
}

function ageFinding(check: Check): Promise<Finding> {
  const { parts, owner, userName, context } = check;
  return found('key-age', 'How old the key is', async () => {
    const keys = await listAccessKeys(requestOf(owner, parts, context.signal), owner.key, userName);
    const createdAt = keys.find(({ accessKeyId }) => accessKeyId === owner.key.accessKeyId)?.createdAt;
    if (createdAt === undefined) {
      return unknown('key-age', 'How old the key is', 'AWS does not say.');
    }
    const ageMs = parts.awsNow().getTime() - createdAt.getTime();
    const days = `${Math.max(0, Math.floor(ageMs / 86_400_000))} days`;
    return ageMs > OLD_KEY_MS
      ? warning('key-age', `The key is ${days} old`, 'Rotate it: nobody knows where it has been.', undefined)
      : good('key-age', `The key is ${days} old`, 'Rotate it every 90 days.');
  });
}

function storageFinding({ owner }: Check): Finding {
  return owner.kept === 'in-store'
    ? good('storage', 'The key is in the secret store', 'No file holds it.')
    : warning(
        'storage',
        'The key is in plain text in a file',
        'Every program you run can read it. Protect the profile to move it into the secret store.',
        { action: 'protect-profile' },
      );
}

async function triedSts(call: () => Promise<unknown>): Promise<ProbeVerdict> {
  try {
    await call();
    return 'allowed';
  } catch (error) {
    if (error instanceof NotAuthorizedError) {
      return 'denied';
    }
    throw error;
  }
}

/** What cannot be found out does not keep the rest from being told. */
async function found(id: string, question: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof NotAuthorizedError) {
      return unknown(id, question, 'The key alone may not look, which is as it should be.');
    }
    if (error instanceof CoreError && error.code !== 'cancelled') {
      return unknown(id, question, error.message);
    }
    throw error;
  }
}

function rootFinding(arn: string): Finding {
  return arn.endsWith(':root')
    ? bad('identity', 'This is a key of the root user', 'It may do everything and cannot be limited. Delete it.', {
        document: 'user',
      })
    : bad('identity', 'This is no key of an IAM user', `AWS says it is ${arn}.`, { document: 'user' });
}

function good(id: string, title: string, detail: string): Finding {
  return { id, verdict: 'good', title, detail, fix: undefined };
}

function warning(id: string, title: string, detail: string, fix: Finding['fix']): Finding {
  return { id, verdict: 'warning', title, detail, fix };
}

function bad(id: string, title: string, detail: string, fix: Finding['fix']): Finding {
  return { id, verdict: 'bad', title, detail, fix };
}

function unknown(id: string, title: string, detail: string): Finding {
  return { id, verdict: 'unknown', title, detail, fix: undefined };
}
