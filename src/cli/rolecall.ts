#!/usr/bin/env node
import { closeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { systemErrorCode } from '../core/files/file-errors.ts';
import { toFailure, CancelledError } from '../core/model/errors.ts';
import { createRedactor } from '../core/model/redact.ts';
import { processSurroundings } from '../core/app/process-surroundings.ts';
import { ALL_COMMANDS } from './commands/all.ts';
import { EXIT, exitCodeFor } from './exit-codes.ts';
import { main } from './main.ts';
import { processContext } from './process-context.ts';

/** Runs the command line of this process and resolves to its exit code. */
async function runProcess(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop.abort(new CancelledError('The command')));
  }
  // Unheard, Node takes it for a wish to be debugged, and opens a port from which every user of the machine can read its memory.
  process.on('SIGUSR1', () => {});
  const fail = (line: string): void => void process.stderr.write(`${line}\n`);
  const redactor = createRedactor();
  const isVerbose = process.env['ROLECALL_LOG'] === '1';
  const log = (line: string): void => (isVerbose ? void process.stderr.write(`${redactor.redact(line)}\n`) : undefined);
  try {
    const surroundings = processSurroundings(log);
    return await main({
      specs: ALL_COMMANDS,
      words: process.argv.slice(2),
      context: (json, use) => processContext(surroundings, stop.signal, json, use),
      fail,
    });
  } catch (error) {
    const { code, message, hint } = toFailure(error);
    fail(`rolecall: ${message} ${hint}`);
    return exitCodeFor(code);
  }
}

/**
 * Lets a reader go away early, as `head` does: what nobody reads need not be written, and the command goes on to its end. Gives the
 * first other reason for which output was lost, such as a full disk.
 */
function watchOutput(): () => Error | undefined {
  let lost: Error | undefined;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      lost ??= systemErrorCode(error) === 'EPIPE' ? undefined : error;
    });
  }
  return () => lost;
}

/** Resolves when all that was written has left: on some systems pipes are written behind, and ending would cut them. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

/**
 * Node gives terminals the modes back that they had at its start, unless it finds them closed. By now those may be another command's, which
 * asks for a code with its echo off; and where a terminal is gone Node aborts, with a dump of its memory, and so of secrets. Our own
 * questions have put back what they changed.
 */
function watchTerminals(): () => void {
  const terminals = process.platform === 'win32' ? [] : [0, 1, 2].filter((descriptor) => isatty(descriptor));
  return () => terminals.forEach((descriptor) => closeSync(descriptor));
}

const closeTerminals = watchTerminals();
const lostOutput = watchOutput();
const code = await runProcess();
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
const lost = lostOutput();
if (lost !== undefined) {
  process.stderr.write(
    `rolecall: What the command says could not be written: ${lost.message}. Send it somewhere with room.\n`,
  );
}
closeTerminals();
// Kept connections and the keyring's helper would hold the process for seconds; all that had to be written is written.
process.exit(lost === undefined || code !== EXIT.ok ? code : EXIT.failed);
