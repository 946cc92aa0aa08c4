import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createServices } from '../../src/core/app/create-services.ts';
import { systemClock } from '../../src/core/model/clock.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { SettingsSchema } from '../../src/shared/settings.ts';
import * as v from 'valibot';
import { aws, boto3, createMachine, rolecall, type Machine } from '../helpers/aws-programs.ts';
import { debianClientsMissing } from '../helpers/sandbox-programs.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';

const ROUNDS = 200;

const config = (account: string, role: string, startUrl: string, region: string): string => `[profile admin]
sso_session = demo
sso_account_id = ${account}
sso_role_name = ${role}
region = ${region}

[sso-session demo]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_registration_scopes = sso:account:access
`;

/** botocore renews what has less than fifteen minutes left whenever a new session first needs it; it takes no lock. */
const BOTOCORE_RENEWS = `
import botocore.session, sys
from botocore.tokens import SSOTokenProvider
failed = 0
for _ in range(${ROUNDS}):
    try:
        token = SSOTokenProvider(botocore.session.Session(profile='admin')).load_token()
        token.get_frozen_token()
    except Exception as error:
        failed += 1
        print(repr(error), file=sys.stderr)
print(failed)
`;

async function signIn(machine: Machine): Promise<void> {
  const opened = new Set<string>();
  const ended = await rolecall(machine, 'sign-in demo --no-browser', (stderr) => {
    const url = /https?:\/\/\S*authorize\S*/.exec(stderr)?.[0];
    if (url !== undefined && !opened.has(url)) {
      opened.add(url);
      void answerInBrowser(url);
    }
  });
  expect(ended).toMatchObject({ code: 0 });
}

test(`botocore and Rolecall renew the same token ${ROUNDS} times at once: no torn file, no lost sign-in`, async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  const machine = await createMachine({
    config: config(DEMO.accounts.development, 'AdministratorAccess', DEMO.startUrl, DEMO.region),
  });
  machine.sandbox.control.settings.accessTokenSeconds = 600;
  await signIn(machine);
  const cacheFile = join(
    machine.home,
    '.aws',
    'sso',
    'cache',
    `${createHash('sha1').update('demo').digest('hex')}.json`,
  );
  const services = await createServices({
    surroundings: {
      clock: systemClock(),
      env: machine.ours,
      homeDir: machine.home,
      platform: 'linux',
      rolecallHome: machine.rolecallHome,
      log: () => undefined,
    },
    settings: () => v.parse(SettingsSchema, {}),
    prompt: {
      askMfa: () => Promise.reject(new Error('nobody is there')),
      askPermission: () => Promise.reject(new Error('nobody is there')),
    },
    browser: { open: () => Promise.reject(new Error('there is no browser')) },
    helperPath: '/nowhere/rolecall',
    probeSecretStore: false,
    keepsSecretsInMemory: true,
  });
  const running = { both: true };
  const theirs = boto3(machine, BOTOCORE_RENEWS).finally(() => (running.both = false));
  const looks = { torn: 0, all: 0 };
  const looking = (async () => {
    while (running.both) {
      const text = await readFile(cacheFile, 'utf8');
      looks.all += 1;
      looks.torn += isWhole(text) ? 0 : 1;
    }
  })();
  const signal = new AbortController().signal;
  let renewed = 0;
  const failures: unknown[] = [];
  while (running.both) {
    await services.ssoSessions.renew('demo', signal).then(
      () => (renewed += 1),
      (error: unknown) => failures.push(error),
    );
  }
  await looking;

  expect(await theirs).toMatchObject({ code: 0, stdout: '0\n', stderr: '' });
  expect(failures).toEqual([]);
  expect(renewed).toBeGreaterThan(20);
  // botocore itself truncates the file before it writes: only what it does may be seen, and never what we did.
  expect(looks.torn).toBeLessThan(looks.all / 10);
  expect(isWhole(await readFile(cacheFile, 'utf8'))).toBe(true);
  expect((await stat(cacheFile)).mode & 0o777).toBe(0o600);
  expect(await aws(machine, 'sts get-caller-identity --profile admin')).toMatchObject({ code: 0 });
  expect(await rolecall(machine, 'credentials --profile admin')).toMatchObject({ code: 0 });
  await machine.sandbox.close();
});

function isWhole(text: string): boolean {
  try {
    const token = JSON.parse(text) as { accessToken?: unknown; refreshToken?: unknown };
    return typeof token.accessToken === 'string' && typeof token.refreshToken === 'string';
  } catch {
    return false;
  }
}
