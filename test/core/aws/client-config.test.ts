import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { AwsUnavailableError } from '../../../src/core/aws/aws-errors.ts';
import { listAccounts } from '../../../src/core/aws/sso.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { awsError, scriptedServer } from '../../helpers/scripted-server.ts';
import { networkTo } from '../../helpers/test-network.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  await Promise.all(closers.splice(0).map((close) => close()));
});

test('an SDK client reads no file of ~/.aws, retries nothing by itself and prints no warning', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-sdk-'));
  closers.push(() => rm(folder, { recursive: true }));
  const config = join(folder, 'config');
  await writeFile(
    config,
    '[default]\nregion = eu-west-3\nendpoint_url = http://127.0.0.1:9/elsewhere\nmax_attempts = 5\nsdk_ua_app_id = spy\n',
  );
  vi.stubEnv('AWS_CONFIG_FILE', config);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
  vi.stubEnv('AWS_PROFILE', 'missing');
  const readFile = vi.spyOn(fsPromises, 'readFile');
  syncBuiltinESMExports();
  const emitWarning = vi.spyOn(process, 'emitWarning');
  const server = await scriptedServer(() => awsError(500, 'InternalServerException'));
  closers.push(() => server.close());
  const request = { network: networkTo(server.url), region: 'us-east-1' };
  await expect(listAccounts(request, new Secret('t'))).rejects.toThrow(AwsUnavailableError);
  expect(server.seen).toHaveLength(1);
  expect(server.seen[0]?.headers['user-agent']).toContain('app/rolecall');
  const read = readFile.mock.calls.map(([file]) => (file instanceof URL ? file.href : file));
  expect(read.filter((file) => typeof file !== 'string' || !file.includes('node_modules'))).toEqual([]);
  expect(emitWarning).not.toHaveBeenCalled();
});

test('every reply’s Date is told, with the moment it came', async () => {
  const server = await scriptedServer(() => ({
    json: { accountList: [] },
    headers: { date: 'Mon, 23 Nov 2026 10:00:00 GMT' },
  }));
  closers.push(() => server.close());
  const told: [Date, Date][] = [];
  const now = new Date('2026-11-23T12:00:00Z');
  const network = networkTo(server.url, {
    clock: { ...systemClock(), now: () => now },
    onServerDate: (serverDate, receivedAt) => told.push([serverDate, receivedAt]),
  });
  await listAccounts({ network, region: 'us-east-1' }, new Secret('t'));
  expect(told).toEqual([[new Date('2026-11-23T10:00:00Z'), now]]);
  expect(network.serverClock.skewMs).toBe(-7_199_500);
  expect(network.clientConfig('sts', 'us-east-1').systemClockOffset).toBe(-7_199_500);
});

test('cancelling an SDK call throws the reason', async () => {
  const server = await scriptedServer(() => () => undefined);
  closers.push(() => server.close());
  const controller = new AbortController();
  const pending = listAccounts(
    { network: networkTo(server.url), region: 'us-east-1', signal: controller.signal },
    new Secret('t'),
  );
  setTimeout(() => controller.abort(new DOMException('stop', 'AbortError')), 30);
  await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
});
