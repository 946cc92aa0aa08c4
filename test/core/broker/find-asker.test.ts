import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { findAsker, programName } from '../../../src/core/broker/find-asker.ts';
import {
  listedProcesses,
  parsePs,
  processTable,
  procProcesses,
  type ProcessInfo,
  type ProcessTable,
} from '../../../src/core/broker/process-table.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

/** Processes by pid; each one's parent is the next. */
function chain(...commands: readonly (readonly string[])[]): ProcessTable {
  const infos = commands.map((args, index): ProcessInfo => ({
    pid: 100 + index,
    parentPid: index + 1 < commands.length ? 101 + index : 1,
    uid: 1000,
    args,
  }));
  return {
    read: (pid) => Promise.resolve(infos.find((info) => info.pid === pid)),
    folderOf: (pid) => `/home/u/${pid - 100}`,
  };
}

const ask = (table: ProcessTable) => findAsker(table, { pid: 100, folder: '/claimed' }, 1000);

describe('who asks', () => {
  test.each([
    [
      'botocore',
      [['/usr/lib/rolecall/rolecall'], ['/usr/bin/python3', '/usr/bin/aws', 's3', 'ls'], ['-bash'], ['tmux']],
      'aws',
      ['bash', 'tmux'],
    ],
    [
      'the JS SDK, through a shell',
      [
        ['sh', '/opt/rolecall/rolecall-credentials'],
        ['/bin/sh', '-c', '/opt/rolecall/rolecall credentials --profile x'],
        ['node', 'deploy.js'],
        ['zsh'],
      ],
      'deploy.js',
      ['zsh'],
    ],
    ['Terraform', [['rolecall'], ['/usr/bin/terraform', 'apply'], ['bash']], 'terraform', ['bash']],
    ['our helper by Perl', [['/usr/bin/perl', '-fx', '/h/bin/rolecall', '/h/run'], ['terraform']], 'terraform', []],
    ['curl by hand', [['curl', '--unix-socket'], ['bash'], ['sshd']], 'bash', ['sshd']],
    ['a helper run by node', [['node', '/opt/rolecall.js', 'credentials'], ['make']], 'make', []],
    ['a script', [['curl'], ['bash', './deploy.sh'], ['zsh']], 'deploy.sh', ['zsh']],
    ['a script without a name', [['curl'], ['bash', '/dev/fd/63'], ['zsh']], 'bash', ['zsh']],
    ['nobody but the helper', [['rolecall']], 'rolecall', []],
  ] as const)('%s', async (_, commands, program, parents) => {
    const asker = await ask(chain(...commands));
    expect(asker.program).toBe(program);
    expect(asker.parents).toEqual(parents);
    expect(asker.folder).toMatch(/^\/home\/u\//);
  });

  test('a process of another user, or none, is not believed', async () => {
    const unknown = { program: 'unknown program', pid: undefined, folder: '/claimed', parents: [] };
    expect(await findAsker(chain(['terraform']), { pid: 100, folder: '/claimed' }, 2000)).toEqual(unknown);
    expect(await findAsker(chain(['terraform']), { pid: 555, folder: '/claimed' }, 1000)).toEqual(unknown);
    expect(await findAsker(chain(['terraform']), { pid: undefined, folder: '/claimed' }, 1000)).toEqual(unknown);
  });

  test('a chain without end, or one that goes in a circle, ends', async () => {
    const endless: ProcessTable = {
      read: (pid) => Promise.resolve({ pid, parentPid: pid + 1, uid: 1000, args: [`p${pid}`] }),
      folderOf: () => undefined,
    };
    expect((await ask(endless)).parents.length).toBeLessThanOrEqual(8);
    const circle: ProcessTable = {
      read: (pid) => Promise.resolve({ pid, parentPid: pid === 100 ? 101 : 100, uid: 1000, args: ['sh'] }),
      folderOf: () => undefined,
    };
    expect((await ask(circle)).program).toBe('sh');
  });

  test.each([
    [['/usr/bin/python3.11', '/usr/local/bin/ansible-playbook', 'x.yml'], 'ansible-playbook'],
    [['python3', '-m', 'http.server'], 'python3'],
    [['node'], 'node'],
    [['-zsh'], 'zsh'],
    [[''], ''],
    [[], ''],
  ])('the name of %j is %j', (args, name) => {
    expect(programName({ args })).toBe(name);
  });
});

describe('the process table', () => {
  test('a name with parentheses and spaces does not move the parent', async () => {
    const proc = await scratchFolder();
    const folder = join(proc, '42');
    await mkdir(folder);
    await writeFile(join(folder, 'stat'), '42 (evil) R 7 (x) S 1234 42 42 0');
    await writeFile(join(folder, 'cmdline'), 'evil\0--flag\0');
    await symlink('/srv', join(folder, 'cwd'));
    const table = procProcesses(proc);
    expect(await table.read(42)).toMatchObject({ parentPid: 1234, args: ['evil', '--flag'] });
    expect(table.folderOf(42)).toBe('/srv');
    expect(await table.read(43)).toBeUndefined();
    expect(table.folderOf(43)).toBeUndefined();
  });

  test.each([
    ['megabytes of arguments', `find\0-name\0${'x'.repeat(3_000_000)}\0`, ['find', '-name']],
    ['a title written over its arguments', 'postgres: writer', ['postgres: writer']],
    ['no arguments at all, as the kernel’s own', '', []],
  ])('a program with %s is known by its beginning', async (_what, commandLine, args) => {
    const proc = await scratchFolder();
    await mkdir(join(proc, '7'));
    await writeFile(join(proc, '7', 'stat'), '7 (find) S 1 7 7 0');
    await writeFile(join(proc, '7', 'cmdline'), commandLine);
    expect(await procProcesses(proc).read(7)).toMatchObject({ parentPid: 1, args });
  });

  const LISTING = `    1     0     0 /sbin/launchd
  501     1   502 -zsh
  502   501   502 /usr/bin/python3 /usr/local/bin/aws s3 ls
nonsense
`;

  test('the lines of ps are read, whatever else is among them', () => {
    expect(parsePs(LISTING).size).toBe(3);
    expect(parsePs(LISTING).get(502)).toEqual({
      pid: 502,
      parentPid: 501,
      uid: 502,
      args: ['/usr/bin/python3', '/usr/local/bin/aws', 's3', 'ls'],
    });
    expect(parsePs('').size).toBe(0);
  });

  test('one listing serves a whole chain, a new process has it made anew, and it does not get old', async () => {
    const clock = new FakeClock();
    const listings = { count: 0, text: LISTING };
    const table = listedProcesses(clock, () => {
      listings.count += 1;
      return Promise.resolve(listings.text);
    });
    expect((await findAsker(table, { pid: 502, folder: '/w' }, 502)).program).toBe('aws');
    expect(listings.count).toBe(1);
    listings.text += '  503   501   502 terraform\n';
    expect((await findAsker(table, { pid: 503, folder: '/w' }, 502)).program).toBe('terraform');
    expect(listings.count).toBe(2);
    await clock.advance(501);
    await table.read(503);
    expect(listings.count).toBe(3);
  });

  test('our own process is listed by the ps of this machine', async (ctx) => {
    if (process.platform === 'win32') {
      ctx.skip('there is no ps on Windows');
    }
    const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,uid=,command=']);
    expect(parsePs(stdout).get(process.pid)).toMatchObject({ parentPid: process.ppid, uid: process.getuid?.() });
  });

  test('our own process is found in the real one', async (ctx) => {
    if (process.platform === 'win32') {
      ctx.skip('Windows tells nothing of other processes without a native module');
    }
    const info = await processTable(new FakeClock()).read(process.pid);
    expect(info).toMatchObject({ pid: process.pid, parentPid: process.ppid, uid: process.getuid?.() });
  });
});
