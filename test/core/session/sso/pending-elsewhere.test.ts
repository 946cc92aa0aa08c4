import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isOtherLiving, ownerText, thisOwner } from '../../../../src/core/files/lock-owner.ts';
import { Secret } from '../../../../src/core/model/secret.ts';
import { MemoryStore } from '../../../../src/core/secrets/memory-store.ts';
import { ClientRecords } from '../../../../src/core/session/sso/client-records.ts';
import { ssoUnderTest } from '../../../helpers/sso-under-test.ts';

/** Another process that runs, as it would describe itself. */
async function otherProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'latin1');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const end = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { text: JSON.stringify({ ...thisOwner(), pid: child.pid, started }), end };
}

describe.runIf(process.platform === 'linux')('a sign-in that waits for the user', () => {
  test.each(['browser', 'device'] as const)(
    'by %s is gone on with only when the process that waits for it is gone',
    async (method) => {
      const secretStore = new MemoryStore();
      const under = await ssoUnderTest({ secretStore });
      const { text, end } = await otherProcess();
      const now = under.clock.now().getTime();
      const times = { startedAt: new Date(now), endsAt: new Date(now + 300_000), waiter: text };
      const pending =
        method === 'browser'
          ? { method, port: 4_711, state: new Secret('s'), codeVerifier: new Secret('v'), ...times }
          : {
              method,
              deviceCode: new Secret('d'),
              userCode: 'ABCD-EFGH',
              verificationUri: 'https://corp.awsapps.com/device',
              verificationUriComplete: 'https://corp.awsapps.com/device?user_code=ABCD-EFGH',
              intervalSeconds: 5,
              ...times,
            };
      const session = await under.ssoSessions.find('corp');
      await new ClientRecords(secretStore, () => {}).update(session, { pending });
      expect(await under.ssoSessions.pendingMethod('corp')).toBeUndefined();
      await end();
      expect(await under.ssoSessions.pendingMethod('corp')).toBe(method);
    },
  );

  test('is nobody else’s where this process waits, or one of another boot did, or the text says nothing', () => {
    const others = [ownerText(), JSON.stringify({ ...thisOwner(), pid: 1, space: 'another boot' }), '', '{'];
    expect(others.map(isOtherLiving)).toEqual([false, false, false, false]);
  });
});
