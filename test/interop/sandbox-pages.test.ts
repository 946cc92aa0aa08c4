import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RegisterClientCommand, SSOOIDCClient, StartDeviceAuthorizationCommand } from '@aws-sdk/client-sso-oidc';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { launchBrowser, whyNoBrowser } from '../helpers/browser.ts';

let browser: Browser | undefined;
let sandbox: Sandbox;
let page: Page;
/** What the browser complained of: content security policy violations come here too. */
let complaints: string[];

beforeAll(async () => {
  browser = whyNoBrowser() === undefined ? await launchBrowser() : undefined;
});

afterAll(() => browser?.close());

beforeEach(async (context) => {
  if (browser === undefined) {
    context.skip(whyNoBrowser());
    return;
  }
  sandbox = await createSandbox();
  page = await browser.newPage();
  complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return async () => {
    await page.close();
    await sandbox.close();
  };
});

const fact = (name: string) => page.locator(`[data-fact="${name}"]`).textContent();

async function authorizeUrl(redirectUri: string): Promise<string> {
  const client = new SSOOIDCClient({ region: sandbox.region, endpoint: sandbox.url });
  const { clientId = '' } = await client.send(
    new RegisterClientCommand({
      clientName: 'Rolecall <script>alert(1)</script>',
      clientType: 'public',
      scopes: ['sso:account:access'],
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: sandbox.startUrl,
    }),
  );
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state: 'the state',
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(randomBytes(32)).digest('base64url'),
    scopes: 'sso:account:access',
  });
  return `${sandbox.url}/authorize?${query.toString()}`;
}

/** The application's own listener, which the redirect after "Allow" reaches. */
async function listener(): Promise<{ server: Server; uri: string; urls: string[] }> {
  const urls: string[] = [];
  const server = createServer((request, response) => {
    urls.push(request.url ?? '');
    response.setHeader('content-type', 'text/html').end('<title>Done</title>done');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/callback`, urls };
}

describe('sign-in', () => {
  test('"Allow access" leads back to the application, under the page’s content security policy', async () => {
    const { server, uri, urls } = await listener();
    await page.goto(await authorizeUrl(uri));
    await page
      .getByRole('heading', { name: 'Allow Rolecall <script>alert(1)</script> to access your AWS accounts?' })
      .waitFor();
    await page.getByText('Sam Okafor').click();
    await page.getByRole('button', { name: 'Allow access' }).click();
    await page.waitForURL(`${uri}**`);
    expect(urls[0]).toMatch(/^\/oauth\/callback\?code=[\w-]+&state=the\+state$/);
    expect(complaints.filter((text) => !text.includes('favicon'))).toEqual([]);
    server.close();
  });

  test('"Deny" leads back with access_denied', async () => {
    const { server, uri, urls } = await listener();
    await page.goto(await authorizeUrl(uri));
    await page.getByRole('button', { name: 'Deny' }).click();
    await page.waitForURL(`${uri}**`);
    expect(urls[0]).toContain('error=access_denied');
    server.close();
  });

  test('a device is allowed by typing its code', async () => {
    const client = new SSOOIDCClient({ region: sandbox.region, endpoint: sandbox.url });
    const registration = await client.send(new RegisterClientCommand({ clientName: 'terminal', clientType: 'public' }));
    const { clientId, clientSecret } = registration;
    const { userCode = '' } = await client.send(
      new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: sandbox.startUrl }),
    );
    await page.goto(`${sandbox.url}/device`);
    await page.getByLabel('Code').fill(userCode.toLowerCase().replace('-', ''));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(userCode).waitFor();
    await page.getByRole('button', { name: 'Allow access' }).click();
    await page.getByRole('heading', { name: 'Request approved' }).waitFor();
    expect(sandbox.control.waitingDevices()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('portal and console', () => {
  test('a shortcut link opens the console of its account and role', async () => {
    const destination = encodeURIComponent('https://console.aws.amazon.com/ec2/home?region=eu-west-1');
    await page.goto(
      `${sandbox.url}/start#/console?account_id=${DEMO.accounts.hostile}&role_name=ReadOnlyAccess&destination=${destination}`,
    );
    await page.getByRole('heading', { name: 'You are signed in to R&D "Blue" <b>$(id)</b>; #1]' }).waitFor();
    expect([await fact('account-id'), await fact('role'), await fact('service'), await fact('region')]).toEqual([
      DEMO.accounts.hostile,
      'ReadOnlyAccess',
      'EC2',
      'eu-west-1',
    ]);
    expect(await fact('left')).toMatch(/^(8 h 0|7 h 59) min$/);
    expect(complaints).toEqual([]);
  });

  test('an account is found and opened by hand', async () => {
    await page.goto(`${sandbox.url}/start`);
    await page.getByLabel('Find an account').fill('payments prod');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('1 account', { exact: true }).waitFor();
    await page.getByText('Payments Production').click();
    await page.getByRole('button', { name: 'Open console' }).first().click();
    await page.getByRole('heading', { name: 'You are signed in to Payments Production' }).waitFor();
  });

  test('a shortcut to a role that is not assigned is refused', async () => {
    await page.goto(`${sandbox.url}/start#/console?account_id=${DEMO.accounts.production}&role_name=Billing`);
    await page.getByRole('heading', { name: 'You do not have access' }).waitFor();
  });

  test('switching role works with an MFA device and not without', async () => {
    const link = `${sandbox.url}/switchrole?account=${DEMO.iam.clientProduction}&roleName=admin-role&displayName=Client%20prod&color=F2B0A9`;
    await page.goto(link);
    await page
      .getByLabel('Signed in to the console as')
      .selectOption({ label: `new.member @ ${DEMO.iam.membersAccount}` });
    await page.getByRole('button', { name: 'Switch role' }).click();
    await page.getByText('Could not switch roles using the provided information').waitFor();
    await page
      .getByLabel('Signed in to the console as')
      .selectOption({ label: `assume-only @ ${DEMO.iam.membersAccount}` });
    await page.getByRole('button', { name: 'Switch role' }).click();
    await page.getByRole('heading', { name: 'You are signed in to Client Production' }).waitFor();
    await page.getByText('Client prod', { exact: true }).waitFor();
    expect(await page.locator('.swatch rect').getAttribute('fill')).toBe('#F2B0A9');
    // The refused attempt was answered 403, which the browser reports too.
    expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
  });
});

describe('the phone', () => {
  test('shows live codes, takes a setup key, and removes it', async () => {
    await page.goto(`${sandbox.url}/phone`);
    const digits = page.locator('.otp', { hasText: `assume-only@${DEMO.iam.membersAccount}` }).locator('.digits');
    const shown = (await digits.textContent())?.replace(' ', '');
    expect([
      sandbox.control.currentCode(DEMO.users.assumeOnly.mfaSerial),
      sandbox.control.currentCode(DEMO.users.assumeOnly.mfaSerial, -1),
    ]).toContain(shown);
    await page.getByLabel('Setup key').fill('not a key!');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('That is neither a setup key nor').waitFor();
    await page.getByLabel('Setup key').fill('GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ');
    await page.getByLabel('Name').fill('my phone');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('button', { name: 'Remove my phone' }).click();
    await expect.poll(() => page.getByText('my phone').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('a form that another site sends is refused', async () => {
    const reply = await fetch(`${sandbox.url}/phone`, {
      method: 'POST',
      body: new URLSearchParams({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' }),
      headers: { origin: 'http://evil.example' },
    });
    expect(reply.status).toBe(403);
  });
});
