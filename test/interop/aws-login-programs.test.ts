import { readFile, writeFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { callOnce, clientMissing } from '../helpers/aws-clients.ts';
import { leaveAwsLogin } from '../helpers/aws-login.ts';
import { createMachine, rolecall } from '../helpers/aws-programs.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';

const ACCOUNT = DEMO.accounts.development;
const LOGIN_SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/console/mika`;
const CONFIG = `[profile console]\nlogin_session = ${LOGIN_SESSION}\nregion = ${DEMO.region}\n`;
const PROCESSES = 6;

interface Answer {
  readonly AccessKeyId: string;
}

test('many processes at once on a login session near its end: one renewal with its refresh token of one use, the same keys for all', async () => {
  const machine = await createMachine({ config: CONFIG });
  const { sandbox } = machine;
  onTestFinished(() => sandbox.close());
  const file = await leaveAwsLogin(machine, LOGIN_SESSION, ACCOUNT, { lastsSeconds: 60 });
  const stored = async () => JSON.parse(await readFile(file, 'utf8')) as { refreshToken: string; accessToken: object };
  const before = await stored();
  const renewals = () => sandbox.requests.count('signin.CreateOAuth2Token') - 1;

  const all = await Promise.all(
    Array.from({ length: PROCESSES }, () => rolecall(machine, 'credentials --profile console')),
  );
  expect(all.map(({ code, stderr }) => ({ code, stderr }))).toEqual(all.map(() => ({ code: 0, stderr: '' })));
  expect(new Set(all.map(({ stdout }) => (JSON.parse(stdout) as Answer).AccessKeyId)).size).toBe(1);
  expect(renewals()).toBe(1);
  const after = await stored();
  expect(after.refreshToken).not.toBe(before.refreshToken);
  expect(after.accessToken).toMatchObject({ accountId: ACCOUNT });

  // The session is not lost: what is on disk is good for the next renewal, and programs that do not know it are served.
  const expiresAt = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
  await writeFile(file, JSON.stringify({ ...after, accessToken: { ...after.accessToken, expiresAt } }));
  expect(await rolecall(machine, 'credentials --profile console')).toMatchObject({ code: 0, stderr: '' });
  expect(renewals()).toBe(2);
  if (clientMissing('boto3') === undefined) {
    const exec = [process.execPath, ROLECALL, 'exec', '--profile', 'console', '--'];
    expect(await callOnce('boto3', machine, { account: ACCOUNT, before: exec })).toEqual({ account: ACCOUNT });
  }
});
