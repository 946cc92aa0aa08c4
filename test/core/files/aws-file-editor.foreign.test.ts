import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderBackups } from '../../../src/core/files/aws-file-backups.ts';
import { editAwsFile, type AwsFileEditorDeps } from '../../../src/core/files/aws-file-editor.ts';
import { parseIni } from '../../../src/core/files/ini-document.ts';
import { systemClock } from '../../../src/core/model/clock.ts';

// The AWS CLI's own writer: in place, without a lock. New sections are appended, others rewritten from what was read before.
const CLI_WRITER = `
import sys, time
try:
    from awscli.customizations.configure.writer import ConfigFileWriter
except ImportError:
    sys.exit(77)
path, count, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
writer = ConfigFileWriter()
print('ready', flush=True)
sys.stdin.readline()
for turn in range(count):
    if turn % 3 == 2:
        writer.update_config({'__section__': 'profile counter', 'region': 'r%d' % turn}, path)
    else:
        writer.update_config({'__section__': 'profile cli%d' % turn, 'region': 'r%d' % turn}, path)
    time.sleep(pause)
`;
const NO_AWSCLI = 77;
const USERS = `# mine\n[default]\nregion = eu-west-1\n\n[profile counter]\nregion = none\n${'# a comment of some length\n'.repeat(400)}`;

let home = '';
let path = '';
let deps: AwsFileEditorDeps;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rolecall-foreign-'));
  path = join(home, 'config');
  const clock = systemClock();
  deps = { lockDir: join(home, 'locks'), backups: folderBackups(join(home, 'backups'), clock), clock };
  writeFileSync(path, USERS);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe("beside the AWS CLI's in-place writer", () => {
  test('of 300 updates none is lost, nor the user’s own, and all of ours are there when it stops', async (ctx) => {
    const writer = await startWriter(300, 0.002);
    if (writer === undefined) {
      ctx.skip('awscli for /usr/bin/python3 is not installed');
      return;
    }
    const writing = { isOver: false };
    const stopped = writer.run().finally(() => {
      writing.isOver = true;
    });
    const ours: string[] = [];
    let tries = 0;
    do {
      const header = `profile ours${ours.length}`;
      await editAwsFile(deps, path, (document) => {
        tries += 1;
        return document.putSection(header, { region: 'us-east-1' });
      });
      ours.push(header);
    } while (!writing.isOver);
    await stopped;
    expect(missing(cliHeaders(300).concat(ours, ['default', 'profile counter']))).toEqual([]);
    const document = parseIni(readFileSync(path, 'utf8'));
    expect(document.get('profile counter', 'region')).toBe('r299');
    expect(document.get('default', 'region')).toBe('eu-west-1');
    expect(readFileSync(path, 'utf8').startsWith('# mine\n[default]\n')).toBe(true);
    // The two did meet.
    expect(tries).toBeGreaterThan(3);
  });

  test('a writer that only reads, edits and renames loses some of them, so the test above can fail', async (ctx) => {
    const writer = await startWriter(300, 0.001);
    if (writer === undefined) {
      ctx.skip('awscli for /usr/bin/python3 is not installed');
      return;
    }
    const writing = { isOver: false };
    const stopped = writer.run().finally(() => {
      writing.isOver = true;
    });
    for (let turn = 0; !writing.isOver; turn += 1) {
      const document = parseIni(readFileSync(path, 'utf8')).putSection(`profile ours${turn}`, { region: 'us-east-1' });
      writeFileSync(`${path}.tmp`, document.serialise());
      renameSync(`${path}.tmp`, path);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await stopped;
    expect(missing(cliHeaders(300).concat('default')).length).toBeGreaterThan(0);
  });
});

describe('step by step', () => {
  test('what is written into the file that was replaced is brought over', async () => {
    const result = editAwsFile(
      deps,
      path,
      onSecondCall(() => undefined),
    );
    // A program that opened the old file before the rename, and writes after it.
    const old = await import('node:fs/promises').then(({ open }) => open(path, 'r+'));
    await waitFor(() => readFileSync(path, 'utf8').includes('[profile ours]'));
    const text = `${USERS}\n[profile late]\nregion = late\n`;
    await old.truncate(0);
    await old.write(text, 0);
    await old.close();
    await result;
    expect(missing(['default', 'profile counter', 'profile late', 'profile ours'])).toEqual([]);
  });

  test('what is written over ours from an older reading is kept, and ours is put in again', async () => {
    const result = editAwsFile(
      deps,
      path,
      onSecondCall(() => undefined),
    );
    await waitFor(() => readFileSync(path, 'utf8').includes('[profile ours]'));
    writeFileSync(path, `${USERS}\n[profile late]\nregion = late\n`);
    await result;
    expect(missing(['default', 'profile counter', 'profile late', 'profile ours'])).toEqual([]);
  });

  test('a file replaced while it is being edited is read again', async () => {
    await editAwsFile(
      deps,
      path,
      onSecondCall(() => {
        writeFileSync(`${path}.other`, `${USERS}\n[profile replaced]\nregion = x\n`);
        renameSync(`${path}.other`, path);
      }),
    );
    expect(missing(['default', 'profile replaced', 'profile ours'])).toEqual([]);
  });

  test('a change of the same length within one tick of the clock is seen too', async () => {
    await editAwsFile(
      deps,
      path,
      onSecondCall(() => writeFileSync(path, USERS.replace('eu-west-1', 'us-west-2'))),
    );
    expect(parseIni(readFileSync(path, 'utf8')).get('default', 'region')).toBe('us-west-2');
    expect(missing(['profile ours'])).toEqual([]);
  });

  test('a file that changes at every look is given up after a while, unchanged by us', async () => {
    const fast = { now: () => new Date(Date.now() * 1_000), setTimer: deps.clock.setTimer };
    let turn = 0;
    const edit = editAwsFile({ ...deps, clock: fast }, path, (document) => {
      turn += 1;
      writeFileSync(path, `${USERS}# ${turn}\n`);
      return document.putSection('profile ours', { region: 'x' });
    });
    await expect(edit).rejects.toMatchObject({ code: 'busy' });
    expect(readFileSync(path, 'utf8')).toBe(`${USERS}# ${turn}\n`);
  });

  test('a file caught empty, in the middle of being rewritten, is waited for', async () => {
    writeFileSync(path, '');
    setTimeout(() => writeFileSync(path, USERS), 120);
    await editAwsFile(deps, path, (document) => document.putSection('profile ours', { region: 'x' }));
    expect(missing(['default', 'profile counter', 'profile ours'])).toEqual([]);
  });

  test('a file that someone removes just after our change stays removed', async () => {
    const result = editAwsFile(deps, path, (document) => document.putSection('profile ours', { region: 'x' }));
    await waitFor(() => readFileSync(path, 'utf8').includes('[profile ours]'));
    rmSync(path);
    await result;
    expect(existsSync(path)).toBe(false);
  });
});

/** Adds our section; before the edit's first run is used, does something to the file. */
function onSecondCall(between: () => void): Parameters<typeof editAwsFile>[2] {
  let calls = 0;
  return (document) => {
    calls += 1;
    if (calls === 1) {
      between();
    }
    return document.putSection('profile ours', { region: 'us-east-1' });
  };
}

interface Writer {
  run(): Promise<void>;
}

async function startWriter(count: number, pauseSeconds: number): Promise<Writer | undefined> {
  const args = ['-c', CLI_WRITER, path, String(count), String(pauseSeconds)];
  const child = spawn('/usr/bin/python3', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const failed = new Promise<number>((resolve) => child.once('error', () => resolve(NO_AWSCLI)));
  const ready = new Promise<'ready'>((resolve) => child.stdout.once('data', () => resolve('ready')));
  if ((await Promise.race([ready, closed, failed])) !== 'ready') {
    return undefined;
  }
  return {
    async run() {
      child.stdin.end('go\n');
      expect(await closed).toBe(0);
    },
  };
}

function cliHeaders(count: number): readonly string[] {
  return Array.from({ length: count }, (_, turn) => turn)
    .filter((turn) => turn % 3 !== 2)
    .map((turn) => `profile cli${turn}`);
}

function missing(headers: readonly string[]): readonly string[] {
  const document = parseIni(readFileSync(path, 'utf8'));
  return headers.filter((header) => document.section(header) === undefined);
}

async function waitFor(condition: () => boolean): Promise<void> {
  for (const start = performance.now(); performance.now() - start < 5_000;) {
    if (condition()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error('waited in vain');
}
