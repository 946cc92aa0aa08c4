import http from 'node:http';
import { expect, test } from 'vitest';
import { Secret } from '../../src/core/model/secret.ts';
import { createUrlOpener } from '../../src/main/open-url.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

const long = `https://signin.aws.amazon.com/federation?Action=login&SigninToken=${'x'.repeat(3000)}`;

function openedBy(platform: 'linux' | 'darwin' | 'win32', ...addresses: readonly string[]): Promise<readonly string[]> {
  const electron = new ElectronStandIn({ userData: '' });
  const opener = createUrlOpener(electron.apis.shell, platform, new FakeClock());
  return Promise.all(addresses.map((address) => opener.open(new Secret(address)))).then(() => electron.opened);
}

test('on macOS the system hands the address to the browser, whatever it holds', async () => {
  expect(await openedBy('darwin', long)).toEqual([long]);
});

test.each(['linux', 'win32'] as const)('on %s an address that signs in goes by a local one', async (platform) => {
  const [opened = ''] = await openedBy(platform, 'https://signin.aws.amazon.com/federation?SigninToken=short');
  expect(opened).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
  expect((await get(opened)).location).toBe('https://signin.aws.amazon.com/federation?SigninToken=short');
});

test('on Windows an address too long for the system goes by a local one, others go straight', async () => {
  const tooLong = `https://acme.awsapps.com/start?${'x'.repeat(3000)}`;
  const opened = await openedBy('win32', 'https://acme.awsapps.com/start', tooLong);
  expect(opened).toContain('https://acme.awsapps.com/start');
  const local = opened.find((address) => address.startsWith('http:')) ?? '';
  expect((await get(local)).location).toBe(tooLong);
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
