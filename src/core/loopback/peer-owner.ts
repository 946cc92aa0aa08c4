import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** What Linux tells about connections and itself; tests tell their own. */
export interface Kernel {
  /** Its tables of connections: those of sockets of IPv4, and those of IPv6, by which 127.0.0.1 can be reached too. */
  readonly tables: () => Promise<string>;
  readonly release: () => Promise<string>;
}

const KERNEL: Kernel = {
  tables: async () => (await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map(textOf))).join('\n'),
  release: () => textOf('/proc/sys/kernel/osrelease'),
};

/** A table that changes while it is read may leave a line out, so a connection that is not in it is looked for again. */
const LOOKS = 3;

/** The two ends of a connection, as the side that accepted it sees them. */
export interface Ends {
  /** Such as `127.0.0.1`: whoever connects may come from any address of 127.0.0.0/8. */
  readonly peerAddress: string;
  readonly peerPort: number;
  readonly ownPort: number;
}

/**
 * Whether a connection on 127.0.0.1 comes from this user (or root), as far as the system tells.
 *
 * Linux lists the owner of every TCP socket. This closes the gap that a one-shot address leaves open for the moment in which it
 * can be read from a browser's command line by other users. Elsewhere the answer is yes: the one-shot code is then the only shield.
 */
export async function mayBelongToUser(socket: Socket, kernel = KERNEL): Promise<boolean> {
  const ownUid = process.getuid?.();
  const { remoteAddress, remotePort = 0, localPort = 0 } = socket;
  if (ownUid === undefined || process.platform !== 'linux') {
    return true;
  }
  if (remoteAddress === undefined) {
    return false;
  }
  const owner = await findOwner(kernel, { peerAddress: remoteAddress, peerPort: remotePort, ownPort: localPort });
  switch (owner) {
    case 'untold':
      return true;
    case 'unlisted':
      // Under WSL the browser can be one of Windows, whose sockets this kernel does not list.
      return /microsoft/i.test(await kernel.release());
    default:
      return owner === ownUid || owner === 0;
  }
}

async function findOwner(kernel: Kernel, ends: Ends, looks = LOOKS): Promise<ReturnType<typeof peerOwner>> {
  const owner = peerOwner(await kernel.tables(), ends);
  return owner === 'unlisted' && looks > 1 ? findOwner(kernel, ends, looks - 1) : owner;
}

/**
 * The user id of the other end in the text of the tables; `unlisted` where only our end is there, or nobody holds the other one any
 * more, and `untold` where not even ours is, so that the tables say nothing.
 */
export function peerOwner(tables: string, { peerAddress, peerPort, ownPort }: Ends): number | 'unlisted' | 'untold' {
  const own = `0100007F:${hexPort(ownPort)}`;
  const peer = `${hexAddress(peerAddress)}:${hexPort(peerPort)}`;
  const rows = tables.split('\n').map((line) => line.trim().split(/\s+/));
  const of = (local: string, remote: string): string[] | undefined =>
    rows.find((fields) => mapped(fields[1]) === mapped(local) && mapped(fields[2]) === mapped(remote));
  const peerRow = of(peer, own);
  // A socket without an inode is closed already; the system says "root" of it, whoever it was.
  if (peerRow !== undefined && peerRow[9] !== '0') {
    return Number(peerRow[7]);
  }
  return of(own, peer) === undefined ? 'untold' : 'unlisted';
}

function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

/** One way to write an address of IPv4, which the table of IPv6 has as `::ffff:127.0.0.1`. */
function mapped(end: string | undefined): string | undefined {
  return end?.replace(/^0000000000000000FFFF0000/, '');
}

/** As the tables have it: a number of 32 bits in the machine's order of bytes, which is everywhere the little end first. */
function hexAddress(address: string): string {
  const parts = address.split('.').map(Number);
  return Buffer.from(parts.toReversed()).toString('hex').toUpperCase();
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
