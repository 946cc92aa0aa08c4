import { describe, expect, test } from 'vitest';
import { parseOtpauthUri } from '../../../../src/core/model/totp.ts';
import { MfaDeviceCare, type NewDevice } from '../../../../src/core/session/mfa/mfa-devices.ts';
import { storedAuthenticator } from '../../../../src/core/session/mfa/stored-authenticator.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import { assumeOnly, CONFIG, context, CREDENTIALS, newMember } from '../iam-side.ts';
import { startKeySide, type KeySide } from '../key-side.ts';
import { stsPorts } from '../../../../src/core/session/resolve/create-credential-service.ts';

interface CareSide extends KeySide {
  readonly care: MfaDeviceCare;
}

async function start(): Promise<CareSide> {
  const side = await startKeySide();
  await side.setFiles(
    `[profile member-role]
role_arn = ${DEMO.iam.adminRole}
mfa_serial = ${newMember.mfaSerial}
source_profile = member
`,
    `[member]
aws_access_key_id = ${newMember.accessKeyId}
aws_secret_access_key = ${newMember.secretAccessKey}
[assume-only]
aws_access_key_id = ${assumeOnly.accessKeyId}
aws_secret_access_key = ${assumeOnly.secretAccessKey}
`,
  );
  const { env } = side.parts.surroundings;
  const { network } = side.parts;
  const care = new MfaDeviceCare({
    files: side.files,
    keys: side.keys,
    platform: 'linux',
    mfaRoles: side.services.mfaRoles,
    ...stsPorts(side.parts),
    env,
    seeds: storedAuthenticator(side.store),
    memories: side.services.deviceMemories,
    awsNow: () => network.serverClock.now(),
  });
  return { ...side, care };
}

/** Scans the code with the phone and reads two codes in a row from it. */
function twoCodes(side: CareSide, device: NewDevice) {
  side.sandbox.control.scanWithPhone(device.otpauthUri.reveal());
  return {
    firstCode: side.sandbox.control.currentCode(device.mfaSerial, -1),
    secondCode: side.sandbox.control.currentCode(device.mfaSerial),
  };
}

describe('a bare new user', () => {
  test('enrols a device and uses a role with it', async () => {
    const side = await start();
    const device = await side.care.begin('member', context());
    expect(device).toMatchObject({ mfaSerial: newMember.mfaSerial, deviceName: 'new.member', userName: 'new.member' });
    await side.care.finish(device, twoCodes(side, device), false, context());
    expect(await side.care.list('member', context())).toEqual([
      { mfaSerial: newMember.mfaSerial, deviceName: 'new.member', enabledAt: side.clock.now(), hasSeedHere: false },
    ]);
    expect(await side.get('member-role')).toMatchObject({ accountId: DEMO.iam.clientProduction });
    // The second code was spent on enrolling.
    expect(side.questions[0]?.notBefore).toBeDefined();
  });

  test('may keep the seed here: then two codes are made by themselves, and roles ask nothing', async () => {
    const side = await start();
    const device = await side.care.begin('member', context());
    await side.care.finish(device, 'from-kept-seed', true, context());
    expect(await side.care.list('member', context())).toMatchObject([{ hasSeedHere: true }]);
    await side.clock.advance(30_000);
    const other = side.again({ autoFillMfa: () => true });
    await other.credentials.get({ kind: 'profile', profile: 'member-role' }, context());
    expect(side.questions).toHaveLength(0);
  });

  test('is asked again after wrong codes, and loses nothing', async () => {
    const side = await start();
    const device = await side.care.begin('member', context());
    const wrong = { firstCode: '000000', secondCode: '111111' };
    await expect(side.care.finish(device, wrong, false, context())).rejects.toMatchObject({
      code: 'mfa-code-rejected',
    });
    await side.care.finish(device, twoCodes(side, device), false, context());
  });

  test('has the device where AWS took the codes and its answer was lost, also when they are sent again', async () => {
    const side = await start();
    const device = await side.care.begin('member', context());
    const codes = twoCodes(side, device);
    side.sandbox.faults.add({ operation: 'iam.EnableMFADevice', fault: { kind: 'cut-body' }, times: 1 });
    await side.care.finish(device, codes, false, context());
    await side.care.finish(device, codes, false, context());
    expect(side.sandbox.requests.of('iam.EnableMFADevice')).toMatchObject([{}, { status: 409 }]);
    expect(await side.care.list('member', context())).toMatchObject([{ mfaSerial: device.mfaSerial }]);
  });

  test.each([
    ['12345', '123456'],
    ['123456', '１２３４５６'],
    ['123456', 'abcdef'],
    ['123456', '123456'],
  ])('types %s and %s: not sent', async (firstCode, secondCode) => {
    const side = await start();
    const device = await side.care.begin('member', context());
    await expect(side.care.finish(device, { firstCode, secondCode }, false, context())).rejects.toBeDefined();
    expect(side.sandbox.requests.count('iam.EnableMFADevice')).toBe(0);
  });

  test('gives up: the half-enrolled device is gone', async () => {
    const side = await start();
    const device = await side.care.begin('member', context());
    await side.care.abandon(device, context());
    expect(side.sandbox.requests.of('iam.DeleteVirtualMFADevice')).toMatchObject([{ status: 200 }]);
    await side.care.abandon(device, context());
  });

  test('begins again after a crash: what was left is made anew under the same name', async () => {
    const side = await start();
    const lost = await side.care.begin('member', context());
    const device = await side.care.begin('member', context());
    expect(device.mfaSerial).toBe(lost.mfaSerial);
    expect(device.seed.reveal()).not.toBe(lost.seed.reveal());
    await side.care.finish(device, twoCodes(side, device), false, context());
  });
});

describe('a user with a device', () => {
  test('enrols a second one under another name, then removes the first with a code of it', async () => {
    const side = await start();
    const device = await side.care.begin('assume-only', context());
    expect(device.deviceName).toBe('assume-only-2');
    await side.care.finish(device, twoCodes(side, device), false, context());
    await side.care.remove('assume-only', assumeOnly.mfaSerial, context());
    expect(side.questions).toMatchObject([
      { mfaSerial: assumeOnly.mfaSerial, title: 'remove the MFA device assume-only' },
    ]);
    expect(await side.care.list('assume-only', context())).toMatchObject([{ mfaSerial: device.mfaSerial }]);
  });

  test('a serial that is mistyped is said not to be there, with the likely one, and nobody is asked for a code', async () => {
    const side = await start();
    const mistyped = assumeOnly.mfaSerial.replace('assume-only', 'asume-only');
    const expected = {
      code: 'not-found',
      message: `assume-only has no MFA device ${mistyped}.`,
      hint: `Did you mean ${assumeOnly.mfaSerial}? Run "rolecall mfa list" for those there are.`,
    };
    await expect(side.care.remove('assume-only', mistyped, context())).rejects.toMatchObject(expected);
    await expect(side.care.requireDevice('assume-only', mistyped, context())).rejects.toMatchObject(expected);
    await expect(side.care.remove('assume-only', 'assume-only', context())).rejects.toMatchObject({
      hint: expected.hint,
    });
    expect(side.questions).toEqual([]);
    await side.care.requireDevice('assume-only', assumeOnly.mfaSerial, context());
  });

  test('a device that is nobody’s any more, and a seed of one that is gone, are cleared away all the same', async () => {
    const side = await start();
    const left = await side.care.begin('assume-only', context());
    await side.care.remove('assume-only', left.mfaSerial, context());
    expect(side.sandbox.requests.of('iam.DeleteVirtualMFADevice').at(-1)).toMatchObject({ status: 200 });
    await storedAuthenticator(side.store).keep(left.mfaSerial, left.seed);
    await side.care.remove('assume-only', left.mfaSerial, context());
    await expect(side.care.remove('assume-only', left.mfaSerial, context())).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('replaces it: the profiles name the new one before the old one goes', async () => {
    const side = await start();
    await side.setFiles(CONFIG, CREDENTIALS);
    await side.protection.protect('assume-only');
    const device = await side.care.begin('assume-only', context());
    await side.care.replace(assumeOnly.mfaSerial, device, twoCodes(side, device), false, context());
    expect(await side.care.list('assume-only', context())).toMatchObject([{ mfaSerial: device.mfaSerial }]);
    const config = await side.text('config');
    expect(config).toContain(`rolecall_mfa_serial = ${device.mfaSerial}\n`);
    expect(config).not.toContain(`${assumeOnly.mfaSerial}\n`);
    await side.clock.advance(30_000);
    expect(await side.get('admin-role')).toMatchObject({ accountId: DEMO.iam.clientProduction });
  });

  test('resyncs it, and the codes spent on that are not sent again', async () => {
    const side = await start();
    const { control } = side.sandbox;
    const firstCode = control.currentCode(assumeOnly.mfaSerial, -1);
    const secondCode = control.currentCode(assumeOnly.mfaSerial);
    await side.care.resync('assume-only', assumeOnly.mfaSerial, { firstCode, secondCode }, context());
    expect(side.sandbox.requests.of('iam.ResyncMFADevice')).toMatchObject([{ status: 200 }]);
    expect(await side.services.deviceMemories.read(assumeOnly.mfaSerial)).toMatchObject({
      lastWindow: expect.any(Number) as number,
    });
  });
});

describe('the QR code', () => {
  test('holds the seed for an authenticator app, and shows itself to nobody else', async () => {
    const side = await start();
    const { qrCode, otpauthUri, seed } = await side.care.begin('member', context());
    expect(parseOtpauthUri(otpauthUri.reveal())).toMatchObject({
      issuer: 'Amazon Web Services',
      accountName: 'new.member@619283746501',
    });
    expect(otpauthUri.reveal()).toContain(seed.reveal());
    expect(qrCode.svgPath.reveal()).toMatch(/^(?:M\d+ \d+h\d+v1h-\d+z)+$/);
    expect(qrCode.rows.reveal().split('\n')).toHaveLength(qrCode.size);
    expect(JSON.stringify({ qrCode, otpauthUri, seed })).not.toContain(seed.reveal().slice(0, 8));
  });
});
