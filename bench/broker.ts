import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { awsPaths } from '../src/core/files/aws-paths.ts';
import { loadAwsProfiles } from '../src/core/files/load-aws-profiles.ts';
import { systemClock } from '../src/core/model/clock.ts';
import { DirectoryStore } from '../src/core/session/sso/directory-store.ts';
import { findSsoSession } from '../src/core/session/sso/sso-session.ts';
import { createSandbox } from '../src/sandbox/create-sandbox.ts';
import { generateOrganization } from '../src/sandbox/generate-organization.ts';
import type { Sandbox } from '../src/sandbox/sandbox.ts';
import type { BenchRow } from './lib/bench-row.ts';

const COMMAND = resolve('dist/cli/rolecall.js');
const ACCOUNTS = 5_000;
const ROLES = 2;
/** A program that asks for a new role of each account, and again, as a day's work would. */
const REQUESTS = 10_000;
/** As often more: the engine clears up when it likes, so that two looks differ by more than a leak would be. */
const MORE_ROUNDS = 5;
const TOGETHER = 20;
const DIFFERENT_ROLES = 50;
/** After the last request the engine clears up for some seconds; what then goes on goes on for ever. */
const SETTLE_MS = 30_000;
/** Long enough for everything that comes round: the files are looked at every half minute. */
const IDLE_MS = 60_000;
const MB = 1024 * 1024;
const PAGE_BYTES = 4_096;

interface Agent {
  readonly pid: number;
  readonly socketPath: string;
  stop(): Promise<void>;
}

/** What the app without a screen costs while it serves a large organization: `rolecall agent` in a process of its own. */
export async function run(): Promise<BenchRow[]> {
  if (process.platform !== 'linux') {
    return [{ name: 'broker: measured on Linux only', value: 0, unit: '', target: undefined, ok: true }];
  }
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-bench-'));
  const organization = generateOrganization(ACCOUNTS, ROLES);
  const accountIds = organization.accounts.map(({ accountId }) => accountId);
  const sandbox = await createSandbox({ organization });
  try {
    const env = await prepareHome(folder, sandbox);
    await signIn(env, sandbox);
    return await measure(env, sandbox, accountIds);
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function prepareHome(folder: string, sandbox: Sandbox): Promise<Record<string, string>> {
  await mkdir(join(folder, '.aws'), { mode: 0o700 });
  await writeFile(
    join(folder, '.aws', 'config'),
    `[sso-session corp]\nsso_start_url = ${sandbox.startUrl}\nsso_region = ${sandbox.region}\n`,
  );
  await mkdir(join(folder, '.rolecall'), { mode: 0o700 });
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    ROLECALL_HOME: join(folder, '.rolecall'),
    ...sandbox.env(),
  };
}

async function measure(
  env: Record<string, string>,
  sandbox: Sandbox,
  accountIds: readonly string[],
): Promise<BenchRow[]> {
  await knowAllAccounts(env, sandbox, accountIds);
  const agent = await startAgent(env);
  try {
    await idle(5_000);
    const accounts = accountIds.slice(0, DIFFERENT_ROLES);
    if ((await ask(agent, accounts, DIFFERENT_ROLES)) > 0) {
      throw new Error('the first requests were refused');
    }
    const before = await residentBytes(agent.pid);
    const startedAt = performance.now();
    let failed = await ask(agent, accounts, REQUESTS);
    const tookMs = performance.now() - startedAt;
    await idle(3_000);
    const after = await residentBytes(agent.pid);
    for (let round = 0; round < MORE_ROUNDS; round += 1) {
      failed += await ask(agent, accounts, REQUESTS);
    }
    await idle(3_000);
    const atEnd = await residentBytes(agent.pid);
    await idle(SETTLE_MS);
    const cpu = await idleCpu(agent.pid);
    return [
      below(`broker: memory with ${ACCOUNTS.toLocaleString('en')} accounts known`, before / MB, 'MB', 120),
      below('broker: memory after 10,000 requests', after / MB, 'MB', 120),
      below('broker: growth by 10,000 requests more, mean of 50,000', (atEnd - after) / MB / MORE_ROUNDS, 'MB', 5),
      exactly('broker: requests that failed', failed, 'requests', 0),
      exactly(
        'broker: calls to AWS for 60,000',
        sandbox.requests.count('sso.GetRoleCredentials'),
        'calls',
        DIFFERENT_ROLES,
      ),
      reported('broker: requests a second, one curl-like client', (REQUESTS / tookMs) * 1000, '1/s'),
      below('broker: CPU while idle', cpu * 100, '%', 0.1),
    ];
  } finally {
    await agent.stop();
  }
}

/** As a complete refresh leaves it. How long that takes is measured elsewhere; here AWS refuses to list, so that nothing runs beside. */
async function knowAllAccounts(
  env: Record<string, string>,
  sandbox: Sandbox,
  accountIds: readonly string[],
): Promise<void> {
  sandbox.faults.add({ operation: 'sso.ListAccounts', fault: { kind: 'throttle' } });
  const clock = systemClock();
  const profiles = await loadAwsProfiles(awsPaths(env, env['HOME'] ?? '', 'linux'));
  const session = findSsoSession(profiles, 'corp');
  const roles = Array.from({ length: ROLES }, (_, index) => (index === 0 ? 'ReadOnlyAccess' : `Role-${index}`));
  const rows = accountIds.map((accountId, index) => {
    const email = `aws+${index}@example.com`;
    const account = { accountId, name: `Team ${index} Production`, email, roles, stale: false };
    return [accountId, { account, checkedAtMs: Date.now() }] as const;
  });
  const accounts = new Map(rows);
  const store = new DirectoryStore(join(env['ROLECALL_HOME'] ?? '', 'directories'), clock, () => undefined);
  await store.save(session, {
    startUrl: session.startUrl,
    accounts,
    refreshedAt: new Date(),
    unfinishedSince: undefined,
  });
}

async function signIn(env: Record<string, string>, sandbox: Sandbox): Promise<void> {
  const words = [COMMAND, 'sign-in', 'corp', '--device', '--no-browser'];
  const child = spawn(process.execPath, words, { env, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const timer = setInterval(() => {
    for (const { userCode } of sandbox.control.waitingDevices()) {
      sandbox.control.approveDevice(userCode);
    }
  }, 50);
  const code = await ended;
  clearInterval(timer);
  if (code !== 0) {
    throw new Error(`the sign-in ended with ${code}`);
  }
}

async function startAgent(env: Record<string, string>): Promise<Agent> {
  const child = spawn(process.execPath, [COMMAND, 'agent'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('close', () => reject(new Error('the agent ended before it began')));
  });
  return {
    pid: child.pid ?? 0,
    socketPath: join(env['ROLECALL_HOME'] ?? '', 'run', 'broker.sock'),
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** So many requests, TOGETHER at a time; answers how many were refused. */
async function ask(agent: Agent, accounts: readonly string[], count: number): Promise<number> {
  const left = { next: 0, failed: 0 };
  const worker = async (): Promise<void> => {
    while (left.next < count) {
      const account = accounts[left.next % accounts.length] ?? '';
      left.next += 1;
      left.failed += (await askOnce(agent, account)) === 200 ? 0 : 1;
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
  return left.failed;
}

function askOnce({ socketPath }: Agent, account: string): Promise<number> {
  const body = new URLSearchParams({
    ssoSession: 'corp',
    account,
    role: 'ReadOnlyAccess',
    pid: String(process.pid),
    folder: '/',
  }).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': body.length };
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method: 'POST', path: '/v1/credentials', headers, agent: false });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.end(body);
  });
}

async function residentBytes(pid: number): Promise<number> {
  const [, resident = '0'] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
  return Number(resident) * PAGE_BYTES;
}

/** The share of one processor that it takes while nobody asks; see proc(5). */
async function idleCpu(pid: number): Promise<number> {
  const [before, startedAt] = [await cpuSeconds(pid), performance.now()];
  await idle(IDLE_MS);
  return ((await cpuSeconds(pid)) - before) / ((performance.now() - startedAt) / 1000);
}

/** Of all threads; see proc(5). */
async function cpuSeconds(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = await Promise.all(
    threads.map(async (thread) => {
      const [onCpuNs = '0'] = (await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')).split(' ');
      return Number(onCpuNs) / 1e9;
    }),
  );
  return times.reduce((sum, seconds) => sum + seconds, 0);
}

function idle(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function reported(name: string, value: number, unit: string): BenchRow {
  return { name, value, unit, target: undefined, ok: true };
}

function below(name: string, value: number, unit: string, limit: number): BenchRow {
  return { name, value, unit, target: `< ${limit.toLocaleString('en')}`, ok: value < limit };
}

function exactly(name: string, value: number, unit: string, wanted: number): BenchRow {
  return { name, value, unit, target: String(wanted), ok: value === wanted };
}
