import { expect, test } from 'vitest';
import type { SecretName } from '../../../../src/core/secrets/secret-name.ts';
import type { Secret } from '../../../../src/core/model/secret.ts';
import { MemoryStore } from '../../../../src/core/secrets/memory-store.ts';
import { createAccessKey, deleteAccessKey } from '../../../../src/core/aws/iam.ts';
import type { AwsRequest } from '../../../../src/core/aws/client-config.ts';
import type { SigningCredentials } from '../../../../src/core/model/credentials.ts';
import { findKeyOwner } from '../../../../src/core/session/keys/long-term-key.ts';
import { requestOf, signerWithMfa } from '../../../../src/core/session/keys/user-signer.ts';
import { stsPorts } from '../../../../src/core/session/resolve/create-credential-service.ts';
import { assumeOnly, context, CREDENTIALS, newMember, whileTimePasses } from '../iam-side.ts';
import { startKeySide, type KeySide } from '../key-side.ts';

test('a key in the file is changed there, the old one switched off, and deleted on the user’s word', async () => {
  const side = await startKeySide();
  const rotation = side.rotation();
  const progress = await rotation.rotate('assume-only', context());
  expect(progress).toMatchObject({ stage: 'deactivated', oldAccessKeyId: assumeOnly.accessKeyId });
  const credentials = await side.text('credentials');
  expect(credentials).toContain(`aws_access_key_id = ${progress.newAccessKeyId ?? '?'}`);
  expect(credentials).not.toContain(assumeOnly.accessKeyId);
  expect(credentials.slice(credentials.indexOf('[strict]'))).toBe(CREDENTIALS.slice(CREDENTIALS.indexOf('[strict]')));
  expect(await side.get('admin-role')).toBeDefined();
  expect(await rotation.pending('assume-only')).toEqual(progress);

  await rotation.finish('assume-only', context());
  expect(await rotation.pending('assume-only')).toBeUndefined();
  expect((await side.store.names()).filter(({ kind }) => kind === 'next-access-key')).toEqual([]);
  expect(side.sandbox.requests.count('iam.DeleteAccessKey')).toBe(1);
});

test('a protected key is changed in the store, for all its profiles', async () => {
  const side = await startKeySide();
  await side.protection.protect('assume-only');
  const { newAccessKeyId = '?' } = await side.rotation().rotate('admin-role', context());
  expect(await side.text('config')).toContain(`rolecall_key = ${newAccessKeyId}`);
  expect(await side.text('credentials')).not.toContain(newAccessKeyId);
  expect(await side.get('admin-role')).toBeDefined();
  await side.rotation().finish('assume-only', context());
  expect(await side.keys.read(assumeOnly.accessKeyId)).toBeUndefined();
});

test('unprotecting after a rotation writes the new key, not the dead one', async () => {
  const side = await startKeySide();
  await side.protection.protect('assume-only');
  const { newAccessKeyId = '?' } = await side.rotation().rotate('assume-only', context());
  await side.protection.unprotect('assume-only');
  const credentials = await side.text('credentials');
  expect(credentials).toContain(newAccessKeyId);
  expect(credentials).not.toContain(assumeOnly.accessKeyId);
});

test('a new key that AWS does not know yet is waited for', async () => {
  const side = await startKeySide({ sandbox: { settings: { accessKeyDelayMs: 12_000 } } });
  const progress = await whileTimePasses(side.clock, side.rotation().rotate('assume-only', context()), 200);
  expect(progress.stage).toBe('deactivated');
  expect(side.sandbox.requests.of('sts.GetCallerIdentity').some(({ status }) => status === 403)).toBe(true);
});

test('one that AWS does not know for long is left for later, and the old one goes on working', async () => {
  const side = await startKeySide({ sandbox: { settings: { accessKeyDelayMs: 120_000 } } });
  await expect(
    whileTimePasses(side.clock, side.rotation().rotate('assume-only', context()), 500),
  ).rejects.toMatchObject({
    code: 'busy',
  });
  expect(await side.text('credentials')).toBe(CREDENTIALS);
  await side.clock.advance(120_000);
  expect(await side.rotation().rotate('assume-only', context())).toMatchObject({ stage: 'deactivated' });
  expect(side.sandbox.requests.count('iam.CreateAccessKey')).toBe(1);
});

test('going back switches the old key on again and deletes the new one', async () => {
  const side = await startKeySide();
  const { newAccessKeyId = '?' } = await side.rotation().rotate('assume-only', context());
  await side.rotation().revert('assume-only', context());
  expect(await side.text('credentials')).toBe(CREDENTIALS);
  expect(await side.rotation().pending('assume-only')).toBeUndefined();
  expect(side.sandbox.requests.of('iam.DeleteAccessKey')[0]?.params['AccessKeyId']).toBe(newAccessKeyId);
  expect(await side.get('readonly-role')).toBeDefined();
});

test('two keys are the most: the other one is named', async () => {
  const side = await startKeySide();
  const { newAccessKeyId = '?' } = await side.rotation().rotate('assume-only', context());
  // Its journal is lost: to us it is a stranger's key.
  for (const name of await side.store.names()) {
    if (name.kind === 'next-access-key') {
      await side.store.delete(name);
    }
  }
  await expect(side.rotation().rotate('assume-only', context())).rejects.toMatchObject({
    name: 'TwoKeysError',
    otherAccessKeyId: assumeOnly.accessKeyId,
  });
  expect(await side.text('credentials')).toContain(newAccessKeyId);
});

test('a key that the user made by hand after a rotation broke off is not taken for ours and deleted', async () => {
  const side = await startKeySide();
  side.sandbox.faults.add({ operation: 'iam.CreateAccessKey', fault: OUTAGE, times: 1 });
  await expect(side.rotation().rotate('assume-only', context())).rejects.toThrow('HTTP 503');
  await side.clock.advance(24 * 3_600_000);
  const byHand = await keyByHand(side);
  await expect(side.rotation().rotate('assume-only', context())).rejects.toMatchObject({
    name: 'TwoKeysError',
    otherAccessKeyId: byHand,
  });
  expect(side.sandbox.requests.count('iam.DeleteAccessKey')).toBe(0);
});

test('a key whose secret never came, as the answer broke off, is deleted and another one made', async () => {
  const side = await startKeySide();
  side.sandbox.faults.add({ operation: 'iam.CreateAccessKey', fault: { kind: 'cut-body' }, times: 1 });
  await expect(side.rotation().rotate('assume-only', context())).rejects.toThrow();
  await side.clock.advance(3_600_000);
  expect(await side.rotation().rotate('assume-only', context())).toMatchObject({ stage: 'deactivated' });
  expect(side.sandbox.requests.count('iam.DeleteAccessKey')).toBe(1);
});

test('an old key that the user deleted by hand meanwhile does not keep the rotation from its end', async () => {
  const side = await startKeySide();
  side.sandbox.faults.add({ operation: 'iam.UpdateAccessKey', fault: OUTAGE, times: 1 });
  await expect(side.rotation().rotate('assume-only', context())).rejects.toThrow('HTTP 503');
  await deleteByHand(side, assumeOnly.accessKeyId);
  await side.clock.advance(60_000);
  expect(await side.rotation().rotate('assume-only', context())).toMatchObject({ stage: 'deactivated' });
  await side.rotation().finish('assume-only', context());
  expect(await side.rotation().pending('assume-only')).toBeUndefined();
});

test('a new key that the user deleted by hand before it was in place is made anew', async () => {
  const side = await startKeySide({ sandbox: { settings: { accessKeyDelayMs: 120_000 } } });
  await expect(
    whileTimePasses(side.clock, side.rotation().rotate('assume-only', context()), 500),
  ).rejects.toMatchObject({ code: 'busy' });
  const { newAccessKeyId = '?' } = (await side.rotation().pending('assume-only')) ?? {};
  await deleteByHand(side, newAccessKeyId);
  side.sandbox.control.settings.accessKeyDelayMs = 0;
  const progress = await whileTimePasses(side.clock, side.rotation().rotate('assume-only', context()), 500);
  expect(progress.stage).toBe('deactivated');
  expect(progress.newAccessKeyId).not.toBe(newAccessKeyId);
});

test('a second rotation beside one that is under way waits for it, and makes no key of its own', async () => {
  const side = await startKeySide();
  const both = await Promise.all([
    side.rotation().rotate('assume-only', context()),
    side.rotation().rotate('assume-only', context()),
  ]);
  expect(both[0]).toEqual(both[1]);
  expect(side.sandbox.requests.count('iam.CreateAccessKey')).toBe(1);
  expect(await side.get('admin-role')).toBeDefined();
});

test('a user that may not change its keys is told so', async () => {
  const side = await startKeySide();
  await side.setFiles(
    '',
    `[n]\naws_access_key_id = ${newMember.accessKeyId}\naws_secret_access_key = ${newMember.secretAccessKey}\n`,
  );
  await expect(side.rotation().rotate('n', context())).rejects.toMatchObject({ name: 'NotAuthorizedError' });
});

test('the key’s age is told', async () => {
  const side = await startKeySide();
  expect(await side.rotation().facts('admin-role', context())).toEqual({
    accessKeyId: assumeOnly.accessKeyId,
    userName: assumeOnly.userName,
    createdAt: new Date('2025-02-10T08:05:00Z'),
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14])(
  'a crash at the store’s %i. operation loses nothing: rotating again ends well',
  async (nth) => {
    const store = new CrashingStore();
    const side = await startKeySide({ store });
    await side.protection.protect('assume-only');
    store.crashAt = nth;
    await side
      .rotation()
      .rotate('assume-only', context())
      .catch(() => undefined);
    store.crashAt = undefined;
    await side.clock.advance(60_000);
    const progress = await side.rotation().rotate('assume-only', context());
    expect(progress.stage).toBe('deactivated');
    expect(await side.text('config')).toContain(`rolecall_key = ${progress.newAccessKeyId ?? '?'}`);
    await side.rotation().finish('assume-only', context());
    expect(await side.get('admin-role')).toBeDefined();
    const created = side.sandbox.requests.of('iam.CreateAccessKey').filter(({ status }) => status === 200).length;
    const deleted = side.sandbox.requests.of('iam.DeleteAccessKey').filter(({ status }) => status === 200).length;
    expect(created - deleted).toBe(0);
  },
);

const OUTAGE = { kind: 'server-error', status: 503 } as const;

/** What the user does in the IAM console. */
async function byHand<Value>(
  side: KeySide,
  work: (request: AwsRequest, signer: SigningCredentials) => Promise<Value>,
): Promise<Value> {
  const owner = await findKeyOwner({ ...side, platform: 'linux' }, 'assume-only');
  const parts = { ...stsPorts(side.parts), env: side.parts.surroundings.env, mfaRoles: side.services.mfaRoles };
  const signer = await signerWithMfa(owner, parts, 'by hand', context());
  return work(requestOf(owner, parts, context().signal), signer);
}

const keyByHand = (side: KeySide): Promise<string> =>
  byHand(side, async (...call) => (await createAccessKey(...call, assumeOnly.userName)).accessKeyId);

const deleteByHand = (side: KeySide, accessKeyId: string): Promise<void> =>
  byHand(side, (...call) => deleteAccessKey(...call, assumeOnly.userName, accessKeyId));

/** Stops working at the nth operation, before it does it, as a process that was killed there. */
class CrashingStore extends MemoryStore {
  crashAt: number | undefined;
  #count = 0;

  override get(name: SecretName): Promise<Secret | undefined> {
    return this.#unlessCrashed(() => super.get(name));
  }

  override set(name: SecretName, secret: Secret): Promise<void> {
    return this.#unlessCrashed(() => super.set(name, secret));
  }

  override delete(name: SecretName): Promise<void> {
    return this.#unlessCrashed(() => super.delete(name));
  }

  #unlessCrashed<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.crashAt === undefined) {
      this.#count = 0;
      return work();
    }
    this.#count += 1;
    return this.#count >= this.crashAt ? Promise.reject(new Error('killed')) : work();
  }
}
