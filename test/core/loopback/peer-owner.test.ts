import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEBIAN_PYTHON as PYTHON } from '../../helpers/sandbox-programs.ts';
import { mayBelongToUser, peerOwner } from '../../../src/core/loopback/peer-owner.ts';

const TABLES = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:A112 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0 0 10 0
   1: 0100007F:C001 0100007F:A112 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0 20 4 30 10 -1
   2: 0100007F:A112 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 3 1 0 20 4 30 10 -1
   3: 0200007F:C002 0100007F:A112 01 00000000:00000000 00:00000000 00000000  1002        0 4 1 0 20 4 30 10 -1
   4: 0100007F:A112 0100007F:C003 01 00000000:00000000 00:00000000 00000000  1000        0 5 1 0 20 4 30 10 -1
   5: 0100007F:A112 0100007F:C004 01 00000000:00000000 00:00000000 00000000  1000        0 6 1 0 20 4 30 10 -1
   6: 0100007F:A112 0100007F:C005 08 00000000:00000000 00:00000000 00000000  1000        0 7 1 0 20 4 30 10 -1
   7: 0100007F:C005 0100007F:A112 05 00000000:00000000 00:00000000 00000000     0        0 0 1 0 20 4 30 10 -1
  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0000000000000000FFFF00000100007F:C003 0000000000000000FFFF00000100007F:A112 01 00000000:00000000 00:00000000 00000000  1003        0 8 1 0 20 4 30 10 -1
`;

test.each([
  ['127.0.0.1', 0xc001, 0xa112, 1001],
  ['127.0.0.1', 0xa112, 0xc001, 1000],
  // From another address of the loopback network, and by a socket of IPv6.
  ['127.0.0.2', 0xc002, 0xa112, 1002],
  ['127.0.0.1', 0xc003, 0xa112, 1003],
  ['127.0.0.1', 0xc004, 0xa112, 'unlisted'],
  // Closed by whoever it was: the system says 0, which is not root.
  ['127.0.0.1', 0xc005, 0xa112, 'unlisted'],
  ['127.0.0.1', 0xc001, 0xa113, 'untold'],
])('the owner of the connection from %s:%i to %i is %j', (peerAddress, peerPort, ownPort, owner) => {
  expect(peerOwner(TABLES, { peerAddress, peerPort, ownPort })).toBe(owner);
});

/** Connects as an attacker would, and prints what is answered: `plain`, from `127.0.0.2`, or by a socket of IPv6. */
const CONNECT = `
import socket, sys
way, port = sys.argv[1], int(sys.argv[2])
peer = socket.socket(socket.AF_INET6 if way == 'ipv6' else socket.AF_INET)
if way == 'other-address':
    peer.bind(('127.0.0.2', 0))
peer.connect(('::ffff:127.0.0.1' if way == 'ipv6' else '127.0.0.1', port))
peer.sendall(b'GET / HTTP/1.0\\r\\n\\r\\n')
print(peer.makefile().read().split()[-1])
`;

async function answerTo(command: readonly string[], isOwn: (socket: Socket) => Promise<boolean>): Promise<string> {
  const server = createServer((request, response) => {
    void isOwn(request.socket).then((own) => response.end(String(own)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const [program = '', ...args] = command;
  const { stdout } = await promisify(execFile)(program, [...args, String((server.address() as AddressInfo).port)]);
  return stdout.trim();
}

describe.each(['plain', 'other-address', 'ipv6'])('a connection that comes %s', (way) => {
  const connect = [PYTHON, '-c', CONNECT, way];

  test('is told apart: our own from that of another user', async (ctx) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) {
      ctx.skip('needs Linux and root, to become another user');
    }
    expect(await answerTo(connect, mayBelongToUser)).toBe('true');
    expect(await answerTo(['setpriv', '--reuid=65534', '--clear-groups', ...connect], mayBelongToUser)).toBe('false');
  });

  test('is let in where the system lists no connections', async () => {
    const silent = { tables: async () => '', release: async () => '' };
    expect(await answerTo(connect, (socket) => mayBelongToUser(socket, silent))).toBe('true');
  });
});

/** The tables of a kernel that lists our end of the connection, and from the given look on the other one. */
function kernel(socket: Socket, release: string, peerFromLook: number) {
  const [own, peer] = [socket.localPort, socket.remotePort].map(
    (port = 0) => `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`,
  );
  const row = (local = '', remote = ''): string =>
    `0: ${local} ${remote} 01 0:0 0:0 0 ${process.getuid?.() ?? 0} 0 5 1\n`;
  let looks = 0;
  return {
    async tables() {
      looks += 1;
      return looks < peerFromLook ? row(own, peer) : row(own, peer) + row(peer, own);
    },
    release: async () => release,
  };
}

test.each([
  ['6.8.0-45-generic', 'false'],
  // The browser of Windows is not among the sockets of WSL's kernel.
  ['5.15.153.1-microsoft-standard-WSL2', 'true'],
])('a connection of which only our own end is listed, by kernel %s, is let in: %s', async (release, letIn) => {
  const isOwn = (socket: Socket) => mayBelongToUser(socket, kernel(socket, release, Infinity));
  expect(await answerTo([PYTHON, '-c', CONNECT, 'plain'], isOwn)).toBe(letIn);
});

test('a table that left our own connection out once is no reason to refuse it', async () => {
  const isOwn = (socket: Socket) => mayBelongToUser(socket, kernel(socket, '6.8.0-45-generic', 3));
  expect(await answerTo([PYTHON, '-c', CONNECT, 'plain'], isOwn)).toBe('true');
});
