import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createServices } from '../../src/core/app/create-services.ts';
import { systemClock } from '../../src/core/model/clock.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import { SettingsSchema } from '../../src/shared/settings.ts';
import * as v from 'valibot';
import { callOnce, clientMissing, type ClientName } from '../helpers/aws-clients.ts';
import { aws, createMachine, rolecall, type Machine } from '../helpers/aws-programs.ts';
import { DEBIAN_PYTHON, debianClientsMissing, run, type Finished } from '../helpers/sandbox-programs.ts';
import { signIn } from '../helpers/sign-in.ts';

const ROUNDS = 200;
const TERRAFORM_ROUNDS = 8;

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

/** Another program that renews the same token without a lock, again and again; says how often that failed. */
interface Other {
  readonly client: ClientName;
  readonly rounds: number;
  /** How long AWS says its tokens last: so little that this program renews each of them. They do last. */
  readonly saidSeconds: number;
  run(machine: Machine): Promise<Finished>;
}

/** botocore renews what has less than fifteen minutes left whenever a new session first needs it. The AWS CLI has one of its own. */
const botocoreRenews = (botocore: 'botocore' | 'awscli.botocore'): string => `
import sys
from ${botocore}.session import Session
from ${botocore}.tokens import SSOTokenProvider
failed = 0
for _ in range(${ROUNDS}):
    try:
        token = SSOTokenProvider(Session(profile='admin')).load_token()
        token.get_frozen_token()
    except Exception as error:
        failed += 1
        print(repr(error), file=sys.stderr)
print(failed)
`;

/** The JavaScript SDK renews what has less than five minutes left, once in thirty seconds a process: so each round loads it anew. */
const JS_RENEWS = `
const provider = require.resolve('@aws-sdk/token-providers');
(async () => {
  let failed = 0;
  for (let round = 0; round < ${ROUNDS}; round += 1) {
    delete require.cache[provider];
    await require(provider).fromSso({ profile: 'admin' })().catch((error) => { failed += 1; console.error(error); });
  }
  console.log(failed);
})();
`;

/** A run of Terraform takes a second, so it gets fewer rounds. Go's SDK renews what has ended. */
async function terraformRenews(machine: Machine): Promise<Finished> {
  const failed: string[] = [];
  for (let round = 0; round < TERRAFORM_ROUNDS; round += 1) {
    const called = await callOnce('terraform', machine, { profile: 'admin', account: DEMO.accounts.development });
    failed.push(...('failed' in called ? [called.failed] : []));
  }
  return { code: 0, stdout: `${failed.length}\n`, stderr: failed.join('\n') };
}

const OTHERS: readonly Other[] = [
  {
    client: 'aws',
    rounds: ROUNDS,
    saidSeconds: 600,
    run: ({ theirs }) => run([DEBIAN_PYTHON, '-c', botocoreRenews('awscli.botocore')], theirs, { timeoutMs: 240_000 }),
  },
  {
    client: 'boto3',
    rounds: ROUNDS,
    saidSeconds: 600,
    run: ({ theirs }) => run([DEBIAN_PYTHON, '-c', botocoreRenews('botocore')], theirs, { timeoutMs: 240_000 }),
  },
  {
    client: 'js',
    rounds: ROUNDS,
    saidSeconds: 240,
    run: ({ ours }) =>
      run([process.execPath, '-e', JS_RENEWS], { ...ours, NODE_NO_WARNINGS: '1' }, { timeoutMs: 240_000 }),
  },
  { client: 'terraform', rounds: TERRAFORM_ROUNDS, saidSeconds: 1, run: terraformRenews },
];

test.for(OTHERS)(
  '$client and Rolecall renew the same token at once, $rounds times: no torn file, no lost sign-in',
  { timeout: 300_000 },
  async (other, context) => {
    const missing = clientMissing(other.client) ?? debianClientsMissing();
    if (missing !== undefined) {
      context.skip(missing);
    }
    const machine = await createMachine({
      config: config(DEMO.accounts.development, 'AdministratorAccess', DEMO.startUrl, DEMO.region),
    });
    onTestFinished(() => machine.sandbox.close());
    const edit = (body: string): string => body.replace(/"expiresIn":\d+/, `"expiresIn":${other.saidSeconds}`);
    machine.sandbox.faults.add({ operation: 'sso-oidc.CreateToken', fault: { kind: 'edit-body', edit } });
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
    const theirs = other.run(machine).finally(() => (running.both = false));
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
    expect(renewed).toBeGreaterThan(other.rounds / 10);
    expect(machine.sandbox.requests.count('sso-oidc.CreateToken') - renewed).toBeGreaterThanOrEqual(
      other.rounds / TERRAFORM_ROUNDS,
    );
    // They truncate the file before they write: only what they do may be seen, and never what we did.
    expect(looks.torn).toBeLessThan(looks.all / 2);
    expect(isWhole(await readFile(cacheFile, 'utf8'))).toBe(true);
    expect((await stat(cacheFile)).mode & 0o777).toBe(0o600);
    expect(await aws(machine, 'sts get-caller-identity --profile admin')).toMatchObject({ code: 0 });
    expect(await rolecall(machine, 'credentials --profile admin')).toMatchObject({ code: 0 });
  },
);

function isWhole(text: string): boolean {
  try {
    const token = JSON.parse(text) as { accessToken?: unknown; refreshToken?: unknown };
    return typeof token.accessToken === 'string' && typeof token.refreshToken === 'string';
  } catch {
    return false;
  }
}
