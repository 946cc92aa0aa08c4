import { expect, test } from 'vitest';
import type { TemporaryCredentials } from '../../../../src/core/model/credentials.ts';
import { NotAuthorizedError } from '../../../../src/core/aws/sts-errors.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { MfaRoles, type StsCalls } from '../../../../src/core/session/mfa/assume-with-mfa.ts';
import { memoryDeviceMemories } from '../../../../src/core/session/mfa/device-memory.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { context } from '../iam-side.ts';

const ROLE = 'arn:aws:iam::730394857612:role/admin-role';
const HOUR_MS = 3_600_000;

/** Roles of AWS's that take a fresh code of one user alone, and no session of anybody. */
function rolesThatTakeCodesOf(userName: string) {
  const clock = new FakeClock();
  const now = clock.now();
  const credentials: TemporaryCredentials = {
    accessKeyId: 'ASIAEXAMPLE',
    secretAccessKey: new Secret('secret'),
    sessionToken: new Secret('token'),
    expiresAt: new Date(now.getTime() + 12 * HOUR_MS),
  };
  const codesFor: string[] = [];
  const roles = new MfaRoles({
    codes: {
      use: (need, _context, call) => {
        codesFor.push(need.mfaSerial);
        return call(new Secret('123456'));
      },
    },
    sessions: {
      get: () => Promise.resolve({ credentials, authenticatedAt: new Date(now.getTime() - HOUR_MS) }),
      forget: () => Promise.resolve(),
    },
    memories: memoryDeviceMemories(),
    awsNow: () => clock.now(),
  });
  const sts: StsCalls = {
    assumeRole: (_signer, { mfa }) =>
      mfa?.mfaSerial === serialOf(userName)
        ? Promise.resolve(credentials)
        : Promise.reject(new NotAuthorizedError('sts:AssumeRole', 'not-allowed', undefined, ROLE, '')),
    getSessionToken: () => Promise.resolve(credentials),
  };
  const assume = (name: string): Promise<TemporaryCredentials> => {
    const mfaSerial = serialOf(name);
    const need = {
      mfaSerial,
      mfaProcess: undefined,
      target: { kind: 'profile', profile: name } as const,
      title: name,
      accountId: undefined,
    };
    const key = { accessKeyId: `AKIA${name}`, secretAccessKey: new Secret('secret') };
    return roles.assume({ key, input: { roleArn: ROLE, roleSessionName: 'test' }, need, sts }, context());
  };
  return { assume, codesFor };
}

const serialOf = (userName: string): string => `arn:aws:iam::619283746501:mfa/${userName}`;

test('a role that refused a fresh code of one user still takes one of another', async () => {
  const { assume, codesFor } = rolesThatTakeCodesOf('bob');
  await expect(assume('alice')).rejects.toBeInstanceOf(NotAuthorizedError);
  await assume('bob');
  await expect(assume('alice')).rejects.toBeInstanceOf(NotAuthorizedError);
  expect(codesFor).toEqual([serialOf('alice'), serialOf('bob')]);
});
