import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { mayBelongToUser, ownerOf } from '../../../src/core/loopback/peer-owner.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:A112 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0 100 0 0 10 0
   1: 0100007F:C001 0100007F:A112 01 00000000:00000000 00:00000000 00000000  1001        0 2 1 0 20 4 30 10 -1
   2: 0100007F:A112 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 3 1 0 20 4 30 10 -1
   3: 0200007F:C002 0100007F:A112 01 00000000:00000000 00:00000000 00000000  1002        0 4 1 0 20 4 30 10 -1
`;

test.each([
  [0xc001, 0xa112, 1001],
  [0xa112, 0xc001, 1000],
  [0xc002, 0xa112, undefined],
  [0xc001, 0xa113, undefined],
])('the owner of the connection from %i to %i is %j', (peer, own, uid) => {
  expect(ownerOf(TABLE, peer, own)).toBe(uid);
});

test('a connection of another user is told apart from our own', async (ctx) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    ctx.skip('needs Linux and root, to become another user');
  }
  const server = createServer((request, response) => {
    void mayBelongToUser(request.socket).then((own) => response.end(String(own)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const run = promisify(execFile);
  expect((await run('curl', ['-s', url])).stdout).toBe('true');
  const other = await run('setpriv', ['--reuid=65534', '--clear-groups', 'curl', '-s', url]);
  expect(other.stdout).toBe('false');
});
