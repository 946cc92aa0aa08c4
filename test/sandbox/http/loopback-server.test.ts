import { request as httpRequest } from 'node:http';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { startSandbox } from '../../helpers/sandbox.ts';

/** A request whose Host header says what we like; fetch would not let us. */
function statusWithHost(sandbox: Sandbox, host: string): Promise<number> {
  const { hostname, port } = new URL(sandbox.url);
  return new Promise((resolve, reject) => {
    httpRequest({ host: hostname, port, path: '/phone', headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
}

test('only requests to its own address are answered: a page that rebinds its name gets nothing', async () => {
  const sandbox = await startSandbox();
  const { port } = new URL(sandbox.url);
  await expect(statusWithHost(sandbox, `127.0.0.1:${port}`)).resolves.toBe(200);
  await expect(statusWithHost(sandbox, `localhost:${port}`)).resolves.toBe(200);
  for (const host of [
    `evil.test:${port}`,
    '127.0.0.1',
    `127.0.0.1:${port}.evil.test`,
    'sts.amazonaws.com',
    `[::1]:${port}`,
  ]) {
    await expect(statusWithHost(sandbox, host)).resolves.toBe(421);
  }
});

test('a body of more than 1 MiB is refused', async () => {
  const sandbox = await startSandbox();
  const sent = fetch(`${sandbox.url}/token`, { method: 'POST', body: 'x'.repeat(2_000_000) });
  const status = await sent.then((reply) => reply.status).catch(() => 'cut');
  expect([413, 'cut']).toContain(status);
});

test('what nobody answers is 404 and logged', async () => {
  const sandbox = await startSandbox();
  expect((await fetch(`${sandbox.url}/nothing`)).status).toBe(404);
  expect(sandbox.requests.entries.at(-1)).toMatchObject({ service: 'unknown', operation: 'GET /nothing', status: 404 });
});

test.each([
  '',
  '{',
  '[]',
  'null',
  '"x"',
  '{"clientName":1}',
  '{"clientName":"x"}',
  '{"__proto__":{}}',
  '{"clientName":"x","clientType":"confidential"}',
])('a RegisterClient body of %j is refused as invalid', async (body) => {
  const sandbox = await startSandbox();
  const reply = await fetch(`${sandbox.url}/client/register`, { method: 'POST', body });
  expect(reply.status).toBe(400);
  expect(reply.headers.get('x-amzn-errortype')).toMatch(/^Invalid(Request|ClientMetadata)Exception$/);
  expect(await reply.json()).toHaveProperty('error');
});
