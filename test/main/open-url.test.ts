import http from 'node:http';
import { expect, test } from 'vitest';
import { Secret } from '../../src/core/model/secret.ts';
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
  expect(electron.opened[1]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
  expect((await get(electron.opened[1] ?? '')).location).toBe(long);
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
