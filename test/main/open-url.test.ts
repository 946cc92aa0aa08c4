import http from 'node:http';
import { describe, expect, test } from 'vitest';
import { Secret } from '../../src/core/model/secret.ts';
import { createOneShotRedirect } from '../../src/main/one-shot-redirect.ts';
import { createUrlOpener } from '../../src/main/open-url.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

const long = `https://signin.aws.amazon.com/federation?Action=login&SigninToken=${'x'.repeat(3000)}`;

test.each(['linux', 'darwin'] as const)('on %s the address goes straight to the browser', async (platform) => {
  const electron = new ElectronStandIn({ userData: '' });
  await createUrlOpener(electron.apis.shell, platform, new FakeClock()).open(new Secret(long));
  expect(electron.opened).toEqual([long]);
});

test('on Windows an address too long for the system goes by a local one', async () => {
  const electron = new ElectronStandIn({ userData: '' });
  const opener = createUrlOpener(electron.apis.shell, 'win32', new FakeClock());
  await opener.open(new Secret('https://acme.awsapps.com/start'));
  await opener.open(new Secret(long));
  expect(electron.opened[0]).toBe('https://acme.awsapps.com/start');
  expect(electron.opened[1]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}$/);
  expect((await get(electron.opened[1] ?? '')).location).toBe(long);
});

describe('the local address', () => {
  test('leads there once', async () => {
    const address = await createOneShotRedirect(new Secret(long), new FakeClock());
    expect(await get(address)).toEqual({ status: 302, location: long });
    await expect(get(address)).rejects.toThrow('ECONNREFUSED');
  });

  test.each<readonly [string, { readonly path?: string; readonly host?: string; readonly method?: string }]>([
    ['another path', { path: '/' }],
    ['a longer path', { path: '/x/y' }],
    ['a name that leads here', { host: 'evil.test' }],
    ['another method', { method: 'POST' }],
  ])('%s gets nothing and uses nothing up', async (_name, change) => {
    const address = await createOneShotRedirect(new Secret(long), new FakeClock());
    expect(await get(address, change)).toEqual({ status: 404, location: undefined });
    expect((await get(address)).status).toBe(302);
  });

  test('is gone after half a minute', async () => {
    const clock = new FakeClock();
    const address = await createOneShotRedirect(new Secret(long), clock);
    await clock.advance(30_000);
    await expect(get(address)).rejects.toThrow('ECONNREFUSED');
  });
});

function get(
  address: string,
  change: { readonly path?: string; readonly host?: string; readonly method?: string } = {},
): Promise<{ readonly status: number | undefined; readonly location: string | undefined }> {
  const url = new URL(address);
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port: url.port,
        path: change.path ?? url.pathname,
        method: change.method ?? 'GET',
        headers: { host: change.host ?? url.host },
        agent: false,
      },
      (response) => {
        response.resume();
        resolve({ status: response.statusCode, location: response.headers.location });
      },
    );
    request.on('error', reject);
    request.end();
  });
}
