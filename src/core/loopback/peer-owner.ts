import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * Whether a connection on 127.0.0.1 comes from this user (or root), as far as the system tells.
 *
 * Linux lists the owner of every TCP socket. This closes the gap that a one-shot address leaves open for the moment in which it
 * can be read from a browser's command line by other users. Elsewhere, or when the connection is not listed, the answer is yes:
 * the one-shot code is then the only shield.
 */
export async function mayBelongToUser(socket: Socket, tableFile = '/proc/net/tcp'): Promise<boolean> {
  const ownUid = process.getuid?.();
  if (ownUid === undefined || process.platform !== 'linux') {
    return true;
  }
  const table = await readFile(tableFile, 'utf8').catch(() => '');
  const uid = ownerOf(table, socket.remotePort ?? 0, socket.localPort ?? 0);
  return uid === undefined || uid === ownUid || uid === 0;
}

/** The user id in the line of `/proc/net/tcp` whose local port is `peerPort` and whose remote port is `ownPort`, both on 127.0.0.1. */
export function ownerOf(table: string, peerPort: number, ownPort: number): number | undefined {
  const local = `0100007F:${hexPort(peerPort)}`;
  const remote = `0100007F:${hexPort(ownPort)}`;
  for (const line of table.split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (fields[1] === local && fields[2] === remote) {
      return Number(fields[7]);
    }
  }
  return undefined;
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
