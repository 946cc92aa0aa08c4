import { chmod, lstat, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { join } from 'node:path';
import { systemErrorCode } from '../files/file-errors.ts';
import { withFileLock } from '../files/file-lock.ts';
import type { Clock } from '../model/clock.ts';
import { SocketUnsafeError } from './errors.ts';
import { prepareSocketFolder, type SocketPlace } from './socket-place.ts';

/** A live listener answers in microseconds; one that is stopped or flooded is taken for alive. */
const PROBE_MS = 1_000;
const LOCK_TIMEOUT_MS = 10_000;

/**
 * Listens on the user's socket, unless somebody does already: then false. Of any number that start at once exactly one listens.
 * A socket that a killed process left is replaced, a live one is never touched.
 *
 * Throws SocketUnsafeError, FileFailedError, BusyError, or what listening throws.
 */
export async function listenAlone(server: Server, place: SocketPlace, clock: Clock): Promise<boolean> {
  await prepareSocketFolder(place);
  const isPipe = process.platform === 'win32';
  return withFileLock(
    join(place.folder, 'locks'),
    'broker',
    async () => {
      if (await isAlive(place.path, clock)) {
        return false;
      }
      if (!isPipe) {
        await removeStale(place.path);
      }
      await listen(server, place.path);
      if (!isPipe) {
        await chmod(place.path, 0o600);
      }
      return true;
    },
    { clock, timeoutMs: LOCK_TIMEOUT_MS },
  );
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

/** Whether somebody listens on this socket. */
export function isAlive(path: string, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const cancel = clock.setTimer(PROBE_MS, () => settle(true));
    const settle = (alive: boolean): void => {
      cancel();
      socket.destroy();
      resolve(alive);
    };
    socket.once('connect', () => settle(true));
    // Refused: a socket without a listener. Anything but these two means that something is there.
    socket.once('error', (error) => settle(!['ECONNREFUSED', 'ENOENT'].includes(systemErrorCode(error) ?? '')));
  });
}

async function removeStale(path: string): Promise<void> {
  try {
    const stats = await lstat(path);
    if (!stats.isSocket()) {
      throw new SocketUnsafeError(`${path} is in the way: it is no socket.`, 'Move it away and start Rolecall again.');
    }
    await unlink(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT') {
      throw error;
    }
  }
}
