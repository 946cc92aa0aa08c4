import { execFile } from 'node:child_process';
import { readFile, readlink, stat } from 'node:fs/promises';
import { promisify } from 'node:util';

/** One process, as far as the system tells. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: number;
  /** The program and its arguments. */
  readonly args: readonly string[];
  /** Where it works, or undefined where the system does not tell. */
  readonly folder: string | undefined;
}

/** Looks at processes. */
export interface ProcessTable {
  /** Undefined when there is no such process, or it may not be looked at. */
  read(pid: number): Promise<ProcessInfo | undefined>;
}

const PS_TIMEOUT_MS = 1_000;

/** This system's processes. On Windows none are told. */
export function processTable(platform: NodeJS.Platform = process.platform): ProcessTable {
  switch (platform) {
    case 'linux':
      return { read: (pid) => readFromProc(pid, '/proc') };
    case 'darwin':
      return { read: readFromPs };
    default:
      return { read: () => Promise.resolve(undefined) };
  }
}

/** Reads `/proc/PID`; see proc(5). */
export async function readFromProc(pid: number, proc: string): Promise<ProcessInfo | undefined> {
  const folder = `${proc}/${pid}`;
  try {
    const [owner, statLine, commandLine, workingFolder] = await Promise.all([
      stat(folder),
      readFile(`${folder}/stat`, 'utf8'),
      readFile(`${folder}/cmdline`, 'utf8'),
      readlink(`${folder}/cwd`).catch(() => undefined),
    ]);
    // The name in parentheses may itself hold parentheses and spaces: what follows the last one counts.
    const parentPid = Number(statLine.slice(statLine.lastIndexOf(')') + 2).split(' ')[1]);
    const args = commandLine.split('\0').slice(0, -1);
    return { pid, parentPid, uid: owner.uid, args, folder: workingFolder };
  } catch {
    return undefined;
  }
}

async function readFromPs(pid: number): Promise<ProcessInfo | undefined> {
  const args = ['-o', 'ppid=,uid=,command=', '-p', String(pid)];
  const { stdout } = await promisify(execFile)('/bin/ps', args, { timeout: PS_TIMEOUT_MS }).catch(() => ({
    stdout: '',
  }));
  return parsePs(pid, stdout);
}

/** Reads one line of `ps -o ppid=,uid=,command=`. */
export function parsePs(pid: number, line: string): ProcessInfo | undefined {
  const match = /^\s*(\d+)\s+(\d+)\s+(\S.*?)\s*$/.exec(line);
  const [, parentPid, uid, command] = match ?? [];
  return command === undefined
    ? undefined
    : { pid, parentPid: Number(parentPid), uid: Number(uid), args: command.split(' '), folder: undefined };
}
