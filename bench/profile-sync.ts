import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountState, DirectoryState } from '../src/shared/app-state.ts';
import { folderBackups } from '../src/core/files/aws-file-backups.ts';
import { systemClock } from '../src/core/model/clock.ts';
import { profileFiles } from '../src/core/session/profiles/profile-files.ts';
import { ProfileSync } from '../src/core/session/profiles/profile-sync.ts';
import { UndoLog } from '../src/core/session/profiles/undo-log.ts';
import type { BenchRow } from './lib/bench-row.ts';

const ACCOUNTS = 1_250;
const ROLES = ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess', 'Billing'];
const ROUNDS = 7;
const LIMIT_MS = 300;

/** How long it takes to plan and write the profiles of a large organization: everything from the wish to the bytes on disk. */
export async function run(): Promise<BenchRow[]> {
  const cold = await medianOf(async (folder) => syncOf(folder, directory('')), undefined, 1);
  const first = await medianOf(async (folder) => syncOf(folder, directory('')));
  const unchanged = await medianOf(async (folder) => {
    await syncOf(folder, directory('')).apply({ ssoSession: 'corp' });
    return syncOf(folder, directory(''));
  });
  const renamed = await medianOf(async (folder) => {
    await syncOf(folder, directory('')).apply({ ssoSession: 'corp' });
    return syncOf(folder, directory(' new'));
  });
  const preview = await medianOf(
    async (folder) => syncOf(folder, directory('')),
    (sync) => sync.preview({ ssoSession: 'corp' }),
  );
  return [
    { ...row('sync: 5,000 new profiles, the first time in a process', cold), target: undefined, ok: true },
    row('sync: 5,000 new profiles, plan and write', first),
    row('sync: 5,000 profiles renamed, plan and write', renamed),
    row('sync: 5,000 profiles, nothing to do', unchanged),
    row('sync: 5,000 new profiles, preview with its diff', preview),
  ];
}

function row(name: string, value: number): BenchRow {
  return { name, value, unit: 'ms', target: `< ${LIMIT_MS}`, ok: value < LIMIT_MS };
}

/** The median over rounds, each in a fresh home; `prepare` is not counted. */
async function medianOf(
  prepare: (folder: string) => Promise<ProfileSync>,
  action: (sync: ProfileSync) => Promise<unknown> = (sync) => sync.apply({ ssoSession: 'corp' }),
  rounds = ROUNDS,
): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'rolecall-bench-'));
    try {
      await writeHome(folder);
      const sync = await prepare(folder);
      globalThis.gc?.();
      const startedAt = performance.now();
      await action(sync);
      times.push(performance.now() - startedAt);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return times.sort((one, other) => one - other)[Math.floor(rounds / 2)] ?? Number.NaN;
}

async function writeHome(folder: string): Promise<void> {
  await mkdir(join(folder, '.aws'), { mode: 0o700 });
  const section = '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-central-1\n';
  const own = Array.from(
    { length: 50 },
    (_, index) => `[profile own-${index}]\nregion = eu-central-1\noutput = json\n`,
  );
  await writeFile(join(folder, '.aws', 'config'), [section, ...own].join('\n'), { mode: 0o600 });
}

function syncOf(folder: string, known: DirectoryState): ProfileSync {
  const clock = systemClock();
  const lockDir = join(folder, 'rolecall', 'locks');
  const editor = { lockDir, clock, backups: folderBackups(join(folder, 'rolecall', 'backups'), clock) };
  const paths = { configFile: join(folder, '.aws', 'config'), credentialsFile: join(folder, '.aws', 'credentials') };
  return new ProfileSync({
    files: profileFiles({ paths, editor }),
    undoLog: new UndoLog({ path: join(folder, 'rolecall', 'edits.json'), lockDir, editor, log: () => undefined }),
    statePath: join(folder, 'rolecall', 'profile-sync.json'),
    lockDir,
    clock,
    directoryOf: () => Promise.resolve(known),
    modeOf: () => 'shared',
    helperPath: '/opt/rolecall/rolecall',
    platform: 'linux',
  });
}

function directory(suffix: string): DirectoryState {
  const accounts = Array.from({ length: ACCOUNTS }, (_, index): AccountState => ({
    accountId: String(100_000_000_000 + index),
    name: `Team ${index % 400} ${['Production', 'Staging', 'Development', 'Sandbox'][index % 4]} ${index}${suffix}`,
    email: `aws+${index}@example.com`,
    roles: ROLES,
    stale: false,
  }));
  return {
    accounts,
    refreshedAt: new Date().toISOString(),
    progress: undefined,
    failure: undefined,
    changes: undefined,
  };
}
