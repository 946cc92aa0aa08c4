import { fstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isatty } from 'node:tty';
import { FileFailedError } from '../core/files/file-errors.ts';
import { withFileLock } from '../core/files/file-lock.ts';
import type { Surroundings } from '../core/session/ports.ts';

/** Runs `ask` when no other question stands on the terminal. */
export type TakeTurn = <Answer>(signal: AbortSignal, ask: (signal: AbortSignal) => Promise<Answer>) => Promise<Answer>;

/** A person takes seconds to answer. */
const LONGEST_POLL_MS = 250;
const STANDARD_STREAMS = [2, 1, 0];

/**
 * One question at a time on one terminal, whichever command asks it. Two that read at once would each get some of the keys, so that no
 * code arrives whole, and a yes may answer the other's question. Waits as long as the person takes for the one before.
 */
export function terminalTurns(
  { rolecallHome, clock }: Pick<Surroundings, 'rolecallHome' | 'clock'>,
  terminalId = ownTerminal(),
): TakeTurn {
  return async (signal, ask) => {
    const turn = { begun: false };
    const begin = (held: AbortSignal) => {
      turn.begun = true;
      return ask(held);
    };
    const waiting = { signal, clock, longestPollMs: LONGEST_POLL_MS };
    try {
      return await withFileLock(join(rolecallHome, 'locks'), `terminal ${terminalId}`, begin, waiting);
    } catch (error) {
      if (turn.begun || !(error instanceof FileFailedError)) {
        throw error;
      }
      // A home that cannot be written to keeps commands from taking turns, not from asking.
      return ask(signal);
    }
  };
}

/** A number for the terminal that this process belongs to: as the kernel tells it on Linux, see proc(5), else that of a stream that is one. */
function ownTerminal(): number {
  try {
    const line = readFileSync('/proc/self/stat', 'utf8');
    // The name in parentheses may itself hold parentheses and spaces.
    const [, , , , terminal = ''] = line.slice(line.lastIndexOf(')') + 2).split(' ');
    return Number.parseInt(terminal, 10);
  } catch {
    const stream = STANDARD_STREAMS.find((descriptor) => isatty(descriptor));
    return stream === undefined ? 0 : fstatSync(stream).rdev;
  }
}
