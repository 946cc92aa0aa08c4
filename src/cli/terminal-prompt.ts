import { closeSync, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { CancelledError } from '../core/model/errors.ts';
import { Secret } from '../core/model/secret.ts';

/** The user's terminal itself, reached past stdin and stdout, which belong to the program that called us. */
export interface Terminal {
  write(text: string): void;
  /** One line typed by the user without showing it; rejects with CancelledError on Ctrl-C, Ctrl-D or an aborted signal. */
  readHidden(signal: AbortSignal): Promise<Secret>;
  close(): void;
}

const ENTER = new Set(['\r', '\n']);
const STOP = new Set(['\u0003', '\u0004']);
const ERASE = new Set(['\u007f', '\b']);

/** Opens the controlling terminal; undefined where there is none (a service, a container, an editor's child). */
export function openTerminal(platform: string): Terminal | undefined {
  const paths =
    platform === 'win32' ? { read: '\\\\.\\CONIN$', write: '\\\\.\\CONOUT$' } : { read: '/dev/tty', write: '/dev/tty' };
  const readFd = tryOpen(paths.read, 'r');
  const writeFd = readFd === undefined ? undefined : tryOpen(paths.write, 'w');
  if (readFd === undefined || writeFd === undefined) {
    return undefined;
  }
  return {
    write: (text) => void writeSync(writeFd, text),
    readHidden: (signal) => readHiddenLine(readFd, writeFd, signal),
    close: () => {
      closeSync(writeFd);
      try {
        closeSync(readFd);
      } catch {
        // The stream that read from it closes it too.
      }
    },
  };
}

function tryOpen(path: string, flags: string): number | undefined {
  try {
    return openSync(path, flags);
  } catch {
    return undefined;
  }
}

function readHiddenLine(readFd: number, writeFd: number, signal: AbortSignal): Promise<Secret> {
  const stream = new ReadStream(readFd);
  stream.setRawMode(true);
  return new Promise<Secret>((resolve, reject) => {
    const typed: string[] = [];
    const finish = (settle: () => void): void => {
      signal.removeEventListener('abort', stop);
      stream.setRawMode(false);
      stream.destroy();
      writeSync(writeFd, '\n');
      settle();
    };
    const stop = (): void => finish(() => reject(new CancelledError('The question')));
    signal.addEventListener('abort', stop, { once: true });
    stream.on('error', stop);
    stream.on('data', (bytes: Buffer) => {
      for (const key of bytes.toString('utf8')) {
        if (STOP.has(key)) {
          stop();
          return;
        }
        if (ENTER.has(key)) {
          finish(() => resolve(new Secret(typed.join(''))));
          return;
        }
        if (ERASE.has(key)) {
          typed.pop();
        } else {
          typed.push(key);
        }
      }
    });
  });
}
