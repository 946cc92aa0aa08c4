import { execFile } from 'node:child_process';
import { closeSync, openSync, readlinkSync, readSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { Clock } from '../model/clock.ts';

/** One process, as far as the system tells. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: number;
  /** The program and its arguments. */
  readonly args: readonly string[];
}

/** Looks at processes. */
export interface ProcessTable {
  /** Undefined when there is no such process, or it may not be looked at. */
  read(pid: number): Promise<ProcessInfo | undefined>;
  /** Where it works, or undefined where the system does not tell. */
  folderOf(pid: number): string | undefined;
}

/** Below half of Node's pool for small buffers, so that reading makes none of its own. */
const BEGINNING_BYTES = 2_048;
const PS_TIMEOUT_MS = 1_000;
/** One listing of all processes serves the whole chain of parents, and those who ask at the same time. */
const LISTING_HOLDS_MS = 500;

/** This system's processes. On Windows none are told. */
export function processTable(clock: Clock, platform: NodeJS.Platform = process.platform): ProcessTable {
  switch (platform) {
    case 'linux':
      return procProcesses('/proc');
    case 'darwin':
      return listedProcesses(clock, listByPs);
    default:
      return { read: () => Promise.resolve(undefined), folderOf: untold };
  }
}

/** Processes out of a listing that is made anew when it is old, or does not have the one that is asked for. */
export function listedProcesses(clock: Clock, list: () => Promise<string>): ProcessTable {
  const last: { atMs: number; infos: Promise<ReadonlyMap<number, ProcessInfo>> | undefined } = {
    atMs: 0,
    infos: undefined,
  };
  const listing = (mayBeOld: boolean): Promise<ReadonlyMap<number, ProcessInfo>> => {
    const nowMs = clock.now().getTime();
    if (last.infos === undefined || !mayBeOld || Math.abs(nowMs - last.atMs) > LISTING_HOLDS_MS) {
      last.atMs = nowMs;
      last.infos = list().then(parsePs);
    }
    return last.infos;
  };
  return {
    async read(pid) {
      return (await listing(true)).get(pid) ?? (await listing(false)).get(pid);
    },
    folderOf: untold,
  };
}

function untold(): undefined {
  return undefined;
}

/**
 * Processes as `/proc` tells of them; see proc(5). At once, not by promises: the kernel answers from memory in microseconds, and handing
 * each look to a thread would take longer than all the rest of a warm answer.
 */
export function procProcesses(proc: string): ProcessTable {
  return {
    read: (pid) => Promise.resolve(readFromProc(`${proc}/${pid}`, pid)),
    folderOf: (pid) => workingFolder(`${proc}/${pid}`),
  };
}

function readFromProc(folder: string, pid: number): ProcessInfo | undefined {
  try {
    const { uid } = statSync(folder);
    const statLine = readBeginning(`${folder}/stat`);
    const commandLine = readBeginning(`${folder}/cmdline`);
    // The name in parentheses may itself hold parentheses and spaces: what follows the last one is a letter and the parent.
    const parentPid = Number.parseInt(statLine.slice(statLine.lastIndexOf(')') + 4), 10);
    return { pid, parentPid, uid, args: argumentsOf(commandLine) };
  } catch {
    return undefined;
  }
}

/** Each ends with a NUL; a program that writes its title over them may leave none. What was cut off in the middle is left out. */
function argumentsOf(commandLine: string): readonly string[] {
  const isTitle = commandLine.length < BEGINNING_BYTES && !commandLine.endsWith('\0');
  const words = commandLine.split('\0');
  return isTitle && commandLine !== '' ? words : words.slice(0, -1);
}

/** As much of a file as says who it is: some programs have megabytes of arguments. */
function readBeginning(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const bytes = Buffer.allocUnsafe(BEGINNING_BYTES);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes));
  } finally {
    closeSync(descriptor);
  }
}

function workingFolder(folder: string): string | undefined {
  try {
    return readlinkSync(`${folder}/cwd`);
  } catch {
    return undefined;
  }
}

async function listByPs(): Promise<string> {
  const args = ['-axo', 'pid=,ppid=,uid=,command='];
  const options = { timeout: PS_TIMEOUT_MS, maxBuffer: 16 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)('/bin/ps', args, options).catch(() => ({ stdout: '' }));
  return stdout;
}

/** Reads the lines of `ps -axo pid=,ppid=,uid=,command=`. A program's arguments are told apart only by spaces there. */
export function parsePs(text: string): ReadonlyMap<number, ProcessInfo> {
  const infos = text.split('\n').flatMap((line): ProcessInfo[] => {
    const [, pid, parentPid, uid, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S.*?)\s*$/.exec(line) ?? [];
    const args = command?.split(' ');
    return args === undefined ? [] : [{ pid: Number(pid), parentPid: Number(parentPid), uid: Number(uid), args }];
  });
  return new Map(infos.map((info) => [info.pid, info]));
}
