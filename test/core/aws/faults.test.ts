import { expect, test } from 'vitest';
import { getRoleCredentials } from '../../../src/core/aws/sso.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { CancelledError, CoreError } from '../../../src/core/model/errors.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import type { Fault } from '../../../src/sandbox/faults/fault.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { signInToPortal } from '../../helpers/sandbox-sign-in.ts';
import { networkTo } from '../../helpers/test-network.ts';
import { generateOrganization } from '../../../src/sandbox/generate-organization.ts';

const FAULTS: readonly (readonly [Fault, string])[] = [
  [{ kind: 'throttle' }, 'throttled'],
  [{ kind: 'server-error', status: 500 }, 'aws-unavailable'],
  [{ kind: 'server-error', status: 502 }, 'aws-unavailable'],
  [{ kind: 'server-error', status: 503, retryAfter: '1' }, 'aws-unavailable'],
  [{ kind: 'server-error', status: 504 }, 'aws-unavailable'],
  [{ kind: 'hang-before-headers' }, 'aws-unavailable'],
  [{ kind: 'hang-mid-body' }, 'aws-unavailable'],
  [{ kind: 'drip', bytesPerSecond: 1 }, 'aws-unavailable'],
  [{ kind: 'reset' }, 'aws-unavailable'],
  [{ kind: 'cut-body' }, 'aws-unavailable'],
  [{ kind: 'malformed-body' }, 'aws-unavailable'],
  [{ kind: 'html-body' }, 'offline'],
  [{ kind: 'empty-body' }, 'aws-unavailable'],
  [{ kind: 'huge-body', bytes: 100_000_000 }, 'aws-unavailable'],
  [{ kind: 'gzip-bomb', expandedBytes: 200_000_000 }, 'aws-unavailable'],
  [{ kind: 'redirect', location: 'http://169.254.169.254/latest/meta-data/' }, 'offline'],
  [{ kind: 'edit-body', edit: (body) => body.replace('"ASIA', '"AKIA') }, 'aws-unavailable'],
  [{ kind: 'edit-body', edit: (body) => body.replace(/"expiration":\d+/, '"expiration":1e400') }, 'aws-unavailable'],
  [{ kind: 'expired-token' }, 'sign-in-needed'],
];

test.each(FAULTS)('%j is one clear failure (%s), in time, and the next call works', async (fault, code) => {
  const sandbox = await startSandbox({ organization: generateOrganization(1, 1) });
  const accessToken = new Secret(await signInToPortal(sandbox));
  const limits = { connectMs: 300, totalMs: 400, bodyBytes: 1_000_000 };
  const network = networkTo(sandbox.url, { clock: systemClock(), limits });
  const request = { network, region: sandbox.region };
  const accountId = await firstAccount(sandbox.url, accessToken);
  sandbox.faults.add({ operation: 'sso.GetRoleCredentials', fault, times: 1 });
  const started = Date.now();
  const error = await getRoleCredentials(request, accessToken, { accountId, roleName: 'ReadOnlyAccess' }).catch(
    (e: unknown) => e,
  );
  expect(Date.now() - started).toBeLessThan(1_500);
  expect(error).toBeInstanceOf(CoreError);
  expect((error as CoreError).code).toBe(code);
  expect((error as CoreError).hint).not.toBe('');
  await expect(
    getRoleCredentials(request, accessToken, { accountId, roleName: 'ReadOnlyAccess' }),
  ).resolves.toBeDefined();
});

test.each<readonly [string, Fault]>([
  ['before an answer', { kind: 'hang-before-headers' }],
  ['in the middle of one', { kind: 'hang-mid-body' }],
  ['before it began', { kind: 'throttle' }],
])('cancelled %s, the call ends with the reason that was given, whatever the SDK makes of it', async (when, fault) => {
  const sandbox = await startSandbox({ organization: generateOrganization(1, 1) });
  const accessToken = new Secret(await signInToPortal(sandbox));
  const accountId = await firstAccount(sandbox.url, accessToken);
  sandbox.faults.add({ operation: 'sso.GetRoleCredentials', fault, times: 1 });
  const abort = new AbortController();
  const reason = new CancelledError('The command');
  if (when === 'before it began') {
    abort.abort(reason);
  }
  const request = { network: networkTo(sandbox.url), region: sandbox.region, signal: abort.signal };
  const call = getRoleCredentials(request, accessToken, { accountId, roleName: 'ReadOnlyAccess' });
  const ended = call.catch((error: unknown) => error);
  if (when !== 'before it began') {
    await expect.poll(() => sandbox.requests.count('sso.GetRoleCredentials')).toBe(1);
    abort.abort(reason);
  }
  expect(await ended).toBe(reason);
});

async function firstAccount(url: string, accessToken: Secret): Promise<string> {
  const reply = await fetch(`${url}/assignment/accounts`, {
    headers: { 'x-amz-sso_bearer_token': accessToken.reveal() },
  });
  const { accountList } = (await reply.json()) as { accountList: { accountId: string }[] };
  return accountList[0]?.accountId ?? '';
}
