import { closeSync, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { CancelledError } from '../core/model/errors.ts';
import { Secret } from '../core/model/secret.ts';

/** The user's terminal itself, reached past stdin and stdout, which belong to the program that called us. */
export interface Terminal {
  write(text: string): void;
  /**
   * Asks, and takes one line without showing it, also what is typed before the question is there. Rejects with CancelledError on
   * Ctrl-C, Ctrl-D, a terminal that goes away, or an aborted signal.
   */
  readHidden(question: string, signal: AbortSignal): Promise<Secret>;
  close(): void;
}

const ENTER = new Set(['\r', '\n']);
const STOP = new Set(['\u0003', '\u0004']);
const ERASE = new Set(['\u007f', '\b']);

/** Opens the controlling terminal; undefined where there is none (a service, a container, an editor's child). */
export function openTerminal(platform: string): Terminal | undefined {
  const paths =
    platform === 'win32' ? { read: '\\\\.\\CONIN$', write: '\\\\.\\CONOUT$' } : { read: '/dev/tty', write: '/dev/tty' };
  const openToRead = (): number | undefined => tryOpen(paths.read, 'r');
  const readFd = openToRead();
  const writeFd = readFd === undefined ? undefined : tryOpen(paths.write, 'w');
  if (readFd === undefined || writeFd === undefined) {
    return undefined;
  }
  closeSync(readFd);
  const ahead: Ahead = { typed: '' };
  return {
    write: (text) => void writeSync(writeFd, text),
    readHidden: async (question, signal) => {
      // One for each question: the stream that reads from it closes it too.
      const descriptor = openToRead();
      if (descriptor === undefined) {
        throw new CancelledError('The question');
      }
      return readHiddenLine(descriptor, writeFd, question, signal, ahead);
    },
    close: () => closeSync(writeFd),
  };
}

/** What was typed behind the line that was asked for, as by pasting two lines: it belongs to the next question. */
interface Ahead {
  typed: string;
}

function tryOpen(path: string, flags: string): number | undefined {
  try {
    return openSync(path, flags);
  } catch {
    return undefined;
  }
}

function writeIfThere(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // Nobody is there to read it.
  }
}

function readHiddenLine(
  readFd: number,
  writeFd: number,
  question: string,
  signal: AbortSignal,
  ahead: Ahead,
): Promise<Secret> {
  const stream = new ReadStream(readFd);
  stream.setRawMode(true);
  return new Promise<Secret>((resolve, reject) => {
    const typed: string[] = [];
    const finish = (settle: () => void): void => {
      signal.removeEventListener('abort', stop);
      stream.removeAllListeners();
      // A terminal that is gone takes neither.
      stream.on('error', () => {});
      stream.setRawMode(false);
      stream.destroy();
      writeIfThere(writeFd, '\n');
      settle();
    };
    const stop = (): void => finish(() => reject(new CancelledError('The question')));
    signal.addEventListener('abort', stop, { once: true });
    stream.on('error', stop);
    stream.on('end', stop);
    const take = (text: string): void => {
      const keys = Array.from(text);
      for (const [at, key] of keys.entries()) {
        if (STOP.has(key)) {
          stop();
          return;
        }
        if (ENTER.has(key)) {
          const rest = keys.slice(at + 1).join('');
          ahead.typed = key === '\r' ? rest.replace(/^\n/, '') : rest;
          finish(() => resolve(new Secret(typed.join(''))));
          return;
        }
        if (ERASE.has(key)) {
          typed.pop();
        } else {
          typed.push(key);
        }
      }
    };
    stream.on('data', (bytes: Buffer) => take(bytes.toString('utf8')));
    // Only now: whoever types at once finds the terminal silent already.
    writeSync(writeFd, question);
    const before = ahead.typed;
    ahead.typed = '';
    take(before);
  });
}
