import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import { assumeOnly, CONFIG, context, profile, startIamSide, strictUser, whileTimePasses } from '../iam-side.ts';

test('a role with MFA asks once and works', async () => {
  const side = await startIamSide();
  const credentials = await side.get('admin-role');
  expect(credentials.accountId).toBe(DEMO.iam.clientProduction);
  expect(side.questions).toHaveLength(1);
  expect(side.questions[0]).toMatchObject({
    mfaSerial: assumeOnly.mfaSerial,
    title: `admin-role (${DEMO.iam.clientProduction})`,
    target: profile('admin-role'),
    asker: { program: 'test', pid: 1 },
    notBefore: undefined,
    lastFailure: undefined,
    canAutoFill: false,
  });
  expect(side.sandbox.requests.of('sts.AssumeRole')[0]?.params['RoleSessionName']).toBe('rolecall-alice');
});

test('the second role in twelve hours asks nothing, where GetSessionToken is allowed', async () => {
  const side = await startIamSide();
  await side.get('admin-role');
  await side.clock.advance(11 * 3600_000);
  await side.get('readonly-role');
  await side.get('vendor-role');
  expect(side.questions).toHaveLength(1);
  expect(side.sandbox.requests.count('sts.GetSessionToken')).toBe(2);
});

test('after twelve hours it asks again', async () => {
  const side = await startIamSide();
  await side.get('admin-role');
  await side.clock.advance(12 * 3600_000);
  await side.get('readonly-role');
  expect(side.questions).toHaveLength(2);
});

test('where GetSessionToken is denied, each role takes a code, and the second waits for the next one', async () => {
  const side = await startIamSide();
  await side.get('strict-admin');
  const askedAt = side.clock.now();
  await side.get('strict-readonly');
  expect(side.questions).toHaveLength(2);
  expect(side.questions[0]?.notBefore).toBeUndefined();
  expect(side.questions[1]?.notBefore?.getTime()).toBe(Math.floor(askedAt.getTime() / 30_000 + 1) * 30_000);
  expect(side.sandbox.requests.of('sts.AssumeRole').map(({ status }) => status)).toEqual([200, 200]);
});

test('which of the two a device takes is learnt without a code and remembered by other processes', async () => {
  const side = await startIamSide();
  await side.get('strict-admin');
  expect(side.sandbox.requests.of('sts.GetSessionToken')[0]?.params['TokenCode']).toBeUndefined();
  const other = side.again();
  await other.credentials.get(profile('strict-admin'), context());
  expect(side.sandbox.requests.count('sts.GetSessionToken')).toBe(1);
  expect(await other.deviceMemories.read(strictUser.mfaSerial)).toMatchObject({ strategy: 'per-role' });
});

test('another process of the same user uses the kept session and asks nothing', async () => {
  const side = await startIamSide();
  await side.get('admin-role');
  await side.again().credentials.get(profile('readonly-role'), context());
  expect(side.questions).toHaveLength(1);
});

test('another process does not send a code of a window in which one was sent', async () => {
  const side = await startIamSide();
  await side.get('strict-admin');
  await side.again().credentials.get(profile('strict-readonly'), context());
  expect(side.questions[1]?.notBefore).toBeDefined();
  expect(side.sandbox.requests.of('sts.AssumeRole').every(({ status }) => status === 200)).toBe(true);
});

test('a hundred callers at once lead to one question and one AssumeRole, and get the same', async () => {
  const side = await startIamSide();
  const all = await Promise.all(Array.from({ length: 100 }, () => side.get('admin-role')));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
  expect(side.questions).toHaveLength(1);
  expect(side.sandbox.requests.count('sts.AssumeRole')).toBe(1);
});

test('roles wanted at once wait for one question', async () => {
  const side = await startIamSide();
  await Promise.all([side.get('admin-role'), side.get('readonly-role'), side.get('vendor-role')]);
  expect(side.questions).toHaveLength(1);
});

test('an MFA session that AWS took back is replaced once, also where a second role hears of it later', async () => {
  const side = await startIamSide();
  await side.get('admin-role');
  await side.clock.advance(60_000);
  side.sandbox.control.expireCredentials();
  side.sandbox.faults.add({ operation: 'sts.AssumeRole', fault: { kind: 'latency', latencyMs: 1_000 }, times: 1 });
  const late = side.get('readonly-role');
  await expect.poll(() => side.sandbox.requests.count('sts.AssumeRole')).toBe(2);
  await side.get('vendor-role');
  await whileTimePasses(side.clock, late);
  expect(side.questions).toHaveLength(2);
});

test('a caller that goes away leaves the others alone', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const side = await startIamSide({
    answer: async (question, here) => {
      await held;
      return here.sandbox.control.currentCode(question.mfaSerial);
    },
  });
  const leaving = new AbortController();
  const first = side.get('admin-role', { signal: leaving.signal });
  const second = side.get('admin-role');
  leaving.abort(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  release();
  await expect(second).resolves.toMatchObject({ accountId: DEMO.iam.clientProduction });
  expect(side.questions).toHaveLength(1);
});

test('a role that is edited is another role', async () => {
  const side = await startIamSide();
  await side.get('admin-role');
  await side.setFiles(CONFIG.replace(DEMO.iam.adminRole, DEMO.iam.stagingAdminRole));
  expect(await side.get('admin-role')).toMatchObject({ accountId: DEMO.iam.clientStaging });
});

test('what is handed out has more than fifteen minutes left', async () => {
  const side = await startIamSide();
  const first = await side.get('admin-role');
  await side.clock.advance(44 * 60_000);
  expect(await side.get('admin-role')).toBe(first);
  await side.clock.advance(2 * 60_000);
  const second = await side.get('admin-role');
  expect(second.expiresAt.getTime() - side.clock.now().getTime()).toBeGreaterThan(15 * 60_000);
});

test('when AWS cannot be reached, what still holds is handed out, and AWS is not flooded', async () => {
  const side = await startIamSide();
  const first = await side.get('admin-role');
  await side.clock.advance(50 * 60_000);
  const before = side.sandbox.requests.count('sts.AssumeRole');
  side.sandbox.faults.add({ operation: 'sts.*', fault: { kind: 'server-error', status: 503 } });
  expect(await whileTimePasses(side.clock, side.get('admin-role'), 100)).toBe(first);
  expect(await side.get('admin-role')).toBe(first);
  expect(side.sandbox.requests.count('sts.AssumeRole') - before).toBeLessThanOrEqual(4);
});

test('fresh fetches although there is time left, and asks for no code', async () => {
  const side = await startIamSide();
  const first = await side.get('admin-role');
  const fresh = await side.services.credentials.get(profile('admin-role'), context(), { fresh: true });
  expect(fresh.accessKeyId).not.toBe(first.accessKeyId);
  expect(side.questions).toHaveLength(1);
});

test('held tells what there is without asking, forget drops it', async () => {
  const side = await startIamSide();
  let changes = 0;
  const stop = side.services.credentials.onChange(() => {
    changes += 1;
  });
  const { expiresAt } = await side.get('admin-role');
  expect(side.services.credentials.held()).toEqual([{ target: profile('admin-role'), expiresAt }]);
  side.services.credentials.forget(profile('admin-role'));
  expect(side.services.credentials.held()).toEqual([]);
  expect(changes).toBe(2);
  stop();
});

test('a chain assumes one role after another, and shares its beginning', async () => {
  const side = await startIamSide();
  await side.get('readonly-role');
  expect(await side.get('audit')).toMatchObject({ accountId: DEMO.iam.clientStaging });
  expect(side.sandbox.requests.count('sts.AssumeRole')).toBe(2);
  expect(side.services.credentials.held().map(({ target }) => target)).toEqual([
    profile('readonly-role'),
    profile('audit'),
  ]);
});

test('a chained role is asked for no more than the hour AWS gives', async () => {
  const side = await startIamSide();
  await side.setFiles(
    CONFIG.replace('source_profile = readonly-role', 'source_profile = readonly-role\nduration_seconds = 43200'),
  );
  await side.get('audit');
  expect(side.sandbox.requests.of('sts.AssumeRole')[1]?.params['DurationSeconds']).toBe('3600');
});

test('a command that does not say when its credentials end is asked again once AWS says they have', async () => {
  const side = await startIamSide();
  const file = join(side.home, 'given.json');
  const give = async (): Promise<void> => {
    const { accessKeyId, secretAccessKey, sessionToken } = await side
      .again()
      .credentials.get(profile('readonly-role'), context(), { fresh: true });
    const secrets = { SecretAccessKey: secretAccessKey.reveal(), SessionToken: sessionToken.reveal() };
    await writeFile(file, JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, ...secrets }));
  };
  const given = `\n[profile given]\ncredential_process = /bin/cat ${file}\n`;
  const roles = ['one', 'two'].map(
    (name) =>
      `[profile ${name}]\nrole_arn = ${DEMO.iam.auditRole}\nrole_session_name = ${name}\nsource_profile = given\n`,
  );
  await side.setFiles(CONFIG + given + roles.join(''));
  await give();
  await side.get('one');
  side.sandbox.control.expireCredentials();
  await give();
  expect(await side.get('two')).toMatchObject({ accountId: DEMO.iam.clientStaging });
  side.sandbox.control.expireCredentials();
  const before = side.sandbox.requests.count('sts.AssumeRole');
  await expect(side.services.credentials.get(profile('two'), context(), { fresh: true })).rejects.toMatchObject({
    name: 'CredentialsExpiredError',
  });
  expect(side.sandbox.requests.count('sts.AssumeRole') - before).toBe(2);
});

test('a profile with a plain key gives a session of the user, never the key', async () => {
  const side = await startIamSide();
  const credentials = await side.get('assume-only');
  expect(credentials.accessKeyId).toMatch(/^ASIA/);
  expect(side.questions).toHaveLength(0);
});

test('a plain key without a region asks the cloud of the roles that start from it', async () => {
  const side = await startIamSide();
  const china = DEMO.iam.adminRole.replace('arn:aws:', 'arn:aws-cn:');
  await side.setFiles(`[profile role]\nrole_arn = ${china}\nsource_profile = assume-only\n`);
  const regions: string[] = [];
  const { network } = side.parts;
  const { credentials } = side.again({
    network: {
      ...network,
      clientConfig(service, region) {
        regions.push(region);
        return network.clientConfig(service, region);
      },
    },
  });
  // The sandbox has no China.
  await credentials.get(profile('assume-only'), context()).catch(() => undefined);
  expect(regions).toEqual(['cn-north-1']);
});

test('a plain key that may start no session is not handed out', async () => {
  const side = await startIamSide();
  await expect(side.get('strict')).rejects.toMatchObject({ code: 'aws-refused', name: 'NoSessionForKeyError' });
});

test('a plain key with a device gives a session with MFA', async () => {
  const side = await startIamSide();
  await side.setFiles(
    CONFIG.replace('region = ap-northeast-1', `region = ap-northeast-1\nmfa_serial = ${assumeOnly.mfaSerial}`),
  );
  await side.get('assume-only');
  expect(side.questions).toHaveLength(1);
  await side.get('admin-role');
  expect(side.questions).toHaveLength(1);
});

test('credentials that nearly ended are not handed out when AWS cannot be reached', async () => {
  const side = await startIamSide();
  await side.get('admin-role');
  await side.clock.advance(59 * 60_000 + 30_000);
  side.sandbox.faults.add({ operation: 'sts.*', fault: { kind: 'server-error', status: 503 } });
  await expect(whileTimePasses(side.clock, side.get('admin-role'), 100)).rejects.toMatchObject({
    code: 'aws-unavailable',
  });
});

test.each([
  ['two hours ahead', 2 * 3600_000],
  ['two hours behind', -2 * 3600_000],
  ['a day ahead', 24 * 3600_000],
  ['a day behind', -24 * 3600_000],
])(
  'a clock that is %s is corrected by that of AWS: the code is right and the credentials hold',
  async (_name, offMs) => {
    const awsClock = new FakeClock(new FakeClock().now().getTime() - offMs);
    const side = await startIamSide({ sandbox: { clock: awsClock } });
    const credentials = await side.get('admin-role');
    const awsNow = side.parts.network.serverClock.now().getTime();
    expect(Math.abs(awsNow - awsClock.now().getTime())).toBeLessThan(2_000);
    expect(credentials.expiresAt.getTime() - awsNow).toBeGreaterThan(59 * 60_000);
    expect(await side.get('admin-role')).toBe(credentials);
    expect(side.questions).toHaveLength(1);
  },
);

test.each([
  '2026-11-23T14:05:00Z',
  '2026-11-24T12:00:00Z',
  '2100-01-01T00:00:00Z',
  '2026-11-23T10:00:00Z',
  '1970-01-01T00:00:00Z',
])('when the user sets the clock to %s, no dead credentials are handed out and AWS is not flooded', async (when) => {
  const awsClock = new FakeClock();
  const side = await startIamSide({ sandbox: { clock: awsClock }, elapsedMs: () => awsClock.now().getTime() });
  await side.get('admin-role');
  await awsClock.advance(50 * 60_000);
  side.clock.jumpTo(when);
  const calls = side.sandbox.requests.count('sts.AssumeRole');
  for (let turn = 0; turn < 5; turn += 1) {
    const { expiresAt } = await side.get('admin-role');
    expect(expiresAt.getTime()).toBeGreaterThan(awsClock.now().getTime() + 15 * 60_000);
  }
  expect(side.sandbox.requests.count('sts.AssumeRole') - calls).toBeLessThanOrEqual(2);
});
