import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderBackups } from '../src/core/files/aws-file-backups.ts';
import { editAwsFile } from '../src/core/files/aws-file-editor.ts';
import { writeFileAtomic } from '../src/core/files/atomic-file.ts';
import { readAwsProfiles } from '../src/core/files/effective-profiles.ts';
import { parseIni } from '../src/core/files/ini-document.ts';
import { systemClock } from '../src/core/model/clock.ts';
import type { BenchRow } from './lib/bench-row.ts';

const PROFILES = 10_000;
const ROUNDS = 9;
/** Calls before the pairs, for Node to compile what it runs. The very first is told by itself. */
const WARM_UPS = 5;
const MOST_OF_BOTOCORE = 0.25;
const MOST_EDIT_MS = 60;

// Times load_config itself, without starting Python.
const BOTOCORE_SCRIPT = `
import sys, time
from botocore.configloader import load_config
start = time.perf_counter()
load_config(sys.argv[1])
print((time.perf_counter() - start) * 1000)
`;

/**
 * Reading and editing a config file of 10,000 profiles and 80,000 lines, in turns with botocore's `load_config` on the same file, so
 * that a busy machine slows both. Needs /usr/bin/python3 with botocore; throws without it.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecall-bench-'));
  try {
    const path = join(folder, 'config');
    const text = configText();
    await writeFile(path, text);
    const first = await timed(() => readAwsProfiles(text, ''));
    for (let round = 1; round < WARM_UPS; round += 1) {
      readAwsProfiles(text, '');
    }
    const botocore: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      botocore.push(Number(execFileSync('/usr/bin/python3', ['-c', BOTOCORE_SCRIPT, path], { encoding: 'utf8' })));
      ours.push(await timed(() => readAwsProfiles(text, '')));
    }
    return [...parseRows(botocore, ours, first), ...(await editRows(folder, path))];
  } finally {
    await rm(folder, { recursive: true });
  }
}

function parseRows(botocore: readonly number[], ours: readonly number[], first: number): readonly BenchRow[] {
  const ratio = median(ours.map((value, round) => value / (botocore[round] ?? value)));
  return [
    row('botocore load_config, 80,000 lines', median(botocore), 'ms'),
    row('parse and effective profiles, 80,000 lines', median(ours), 'ms'),
    row('the same, first call of a process', first, 'ms'),
    {
      name: 'parse and effective profiles against botocore, median of pairs',
      value: round2(ratio),
      unit: 'x',
      target: `<= ${MOST_OF_BOTOCORE}`,
      ok: ratio <= MOST_OF_BOTOCORE,
    },
  ];
}

async function editRows(folder: string, path: string): Promise<readonly BenchRow[]> {
  const clock = systemClock();
  const deps = { lockDir: join(folder, 'locks'), backups: folderBackups(join(folder, 'backups'), clock), clock };
  const text = configText();
  const plain: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const region = `us-east-${round}`;
    plain.push(
      await timed(async () => {
        const document = parseIni(text).setKey('profile account-05000-AdministratorAccess', 'region', region);
        await writeFileAtomic(path, document.serialise());
      }),
    );
    // With lock, re-reading, checks and copies; without the time for which it looks out for others afterwards.
    whole.push(
      await timed(() =>
        editAwsFile({ ...deps, settleMs: 0 }, path, (document) =>
          document.setKey('profile account-00005-AdministratorAccess', 'region', region),
        ),
      ),
    );
  }
  return [
    {
      name: 'edit one key of 80,000 lines and write it back',
      value: round2(median(plain)),
      unit: 'ms',
      target: `< ${MOST_EDIT_MS}`,
      ok: median(plain) < MOST_EDIT_MS,
    },
    row('the same with lock, checks and copies', median(whole), 'ms'),
  ];
}

function configText(): string {
  const session = '[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n\n';
  const profiles = Array.from({ length: PROFILES }, (_, index) =>
    [
      `[profile account-${String(index).padStart(5, '0')}-AdministratorAccess]`,
      `# account ${index}`,
      'sso_session = corp',
      `sso_account_id = ${String(index).padStart(12, '0')}`,
      'sso_role_name = AdministratorAccess',
      'region = eu-west-1',
      'output = json',
      '\n',
    ].join('\n'),
  );
  return session + profiles.join('');
}

async function timed(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

function row(name: string, value: number, unit: string): BenchRow {
  return { name, value: round2(value), unit, target: undefined, ok: true };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
