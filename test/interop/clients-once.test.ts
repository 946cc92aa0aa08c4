import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemClock, type Clock } from '../../src/core/model/clock.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import {
  callOnce,
  clientCommand,
  clientEnvironment,
  clientMissing,
  CLIENTS,
  calledOf,
} from '../helpers/aws-clients.ts';
import type { Called, ClientName } from '../helpers/aws-clients.ts';
import { leaveAwsLogin } from '../helpers/aws-login.ts';
import { createMachine, type Machine } from '../helpers/aws-programs.ts';
import { onTerminal } from '../helpers/on-a-terminal.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { startApp, type RunningApp } from '../helpers/running-app.ts';
import { debianClientsMissing, type AtEnd } from '../helpers/sandbox-programs.ts';
import { signIn } from '../helpers/sign-in.ts';

const { accounts, iam, users } = DEMO;
const { assumeOnly } = users;
const LOGIN_SESSION = `arn:aws:sts::${accounts.development}:assumed-role/console/mika`;

const sso = (account: string): string =>
  `sso_account_id = ${account}\nsso_role_name = AdministratorAccess\nregion = ${DEMO.region}\n`;

/** A person's files: every kind of profile there is, none of them Rolecall's. */
const FILES = {
  config: [
    `[sso-session demo]\nsso_start_url = ${DEMO.startUrl}\nsso_region = ${DEMO.region}\nsso_registration_scopes = sso:account:access\n`,
    `[profile admin]\nsso_session = demo\n${sso(accounts.development)}`,
    `[profile old-style]\nsso_start_url = ${DEMO.startUrl}\nsso_region = ${DEMO.region}\n${sso(accounts.staging)}`,
    `[profile chained]\nrole_arn = ${DEMO.chainedFromPortalRole}\nsource_profile = admin\nregion = ${DEMO.region}\n`,
    `[profile assume-only]\nregion = ${DEMO.region}\n`,
    `[profile admin-role]\nrole_arn = ${iam.adminRole}\nmfa_serial = ${assumeOnly.mfaSerial}\nsource_profile = assume-only\nregion = ${DEMO.region}\n`,
    `[profile console]\nlogin_session = ${LOGIN_SESSION}\nregion = ${DEMO.region}\n`,
  ].join('\n'),
  credentials: `[assume-only]\naws_access_key_id = ${assumeOnly.accessKeyId}\naws_secret_access_key = ${assumeOnly.secretAccessKey}\n`,
};

/** Time on AWS's side, which can be moved to the next MFA code: each code is good for one use. */
function movableClock(): Clock & { toNextCode(): void } {
  const machine = systemClock({ keepAlive: false });
  let aheadMs = 0;
  return {
    now: () => new Date(machine.now().getTime() + aheadMs),
    setTimer: (delayMs, action) => machine.setTimer(delayMs, action),
    toNextCode: () => void (aheadMs += 30_000),
  };
}

/** A person's machine as one way needs it, for all clients in turn. */
interface Scene {
  readonly machine: Machine;
  readonly clock: ReturnType<typeof movableClock>;
  readonly app: RunningApp | undefined;
}

/** One way in which programs take credentials. */
interface Way {
  readonly way: string;
  readonly account: string;
  /** The profile they name; without one, what `exec` puts into their environment. */
  readonly profile?: string;
  readonly exec?: string;
  /** What the person does before. */
  readonly prepare?: (scene: Scene) => Promise<void>;
  readonly withApp?: boolean;
  /** At a terminal, where a person types the code. */
  readonly typesCode?: boolean;
  /** Those that cannot by themselves, in their own words. The same profile serves them through `rolecall exec`. */
  readonly cannot?: Partial<Record<ClientName, { readonly says: RegExp; readonly because: string }>>;
}

const OLD_BOTOCORE = {
  says: /get_frozen_token/,
  because: 'botocore before 1.29.75 cannot take an sso-session as the source of a role',
};
const CANNOT_ASK = { says: /MFA|mfa|TokenProvider|token code/, because: 'it has nowhere to ask for a code' };
const NO_AWS_LOGIN = (says: RegExp) => ({ says, because: 'this version does not know aws login' });

const signInToDemo = ({ machine }: Scene): Promise<void> => signIn(machine);
/** Legacy profiles name no sso-session: the start URL is what is signed in to. */
const signInOldStyle = ({ machine }: Scene): Promise<void> => signIn(machine, DEMO.startUrl);

const WAYS: readonly Way[] = [
  { way: 'an sso-session', profile: 'admin', account: accounts.development, prepare: signInToDemo },
  { way: 'a legacy profile', profile: 'old-style', account: accounts.staging, prepare: signInOldStyle },
  {
    way: 'an sso-session in vault mode',
    profile: 'admin',
    account: accounts.development,
    withApp: true,
    prepare: vaultOn,
  },
  {
    way: 'a chain from an sso-session',
    profile: 'chained',
    account: accounts.sharedServices,
    prepare: signInToDemo,
    cannot: { aws: OLD_BOTOCORE, boto3: OLD_BOTOCORE },
  },
  {
    way: 'a role with MFA, at a terminal',
    profile: 'admin-role',
    account: iam.clientProduction,
    typesCode: true,
    cannot: { js: CANNOT_ASK, terraform: CANNOT_ASK },
  },
  {
    way: 'a protected profile, without a terminal',
    profile: 'admin-role',
    account: iam.clientProduction,
    withApp: true,
    prepare: protect,
  },
  {
    way: 'an aws login session',
    profile: 'console',
    account: accounts.development,
    prepare: async ({ machine }) => void (await leaveAwsLogin(machine, LOGIN_SESSION, accounts.development)),
    cannot: {
      aws: NO_AWS_LOGIN(/Unable to locate credentials/),
      boto3: NO_AWS_LOGIN(/NoCredentialsError/),
      terraform: NO_AWS_LOGIN(/No valid credential sources found/),
    },
  },
  { way: 'exec with a profile', exec: '--profile admin', account: accounts.development, prepare: signInToDemo },
  {
    way: 'exec with a role',
    exec: `--sso-session demo --account ${accounts.staging} --role PowerUserAccess --region ${DEMO.region}`,
    account: accounts.staging,
    prepare: signInToDemo,
  },
  { way: 'exec --server', exec: '--server --profile admin', account: accounts.development, prepare: signInToDemo },
];

async function vaultOn({ app, machine }: Scene): Promise<void> {
  await app?.command('chooseSecretStore', { backend: 'memory' });
  await app?.command('startSignIn', { ssoSession: 'demo', method: 'browser' });
  await vi.waitFor(() => expect(app?.state().ssoSessions[0]?.access.kind).toBe('signed-in'), { timeout: 60_000 });
  await app?.command('setTokenMode', { ssoSession: 'demo', mode: 'vault' });
  expect(await callOnce('boto3', machine, { profile: 'admin', account: accounts.development })).toEqual({
    account: accounts.development,
  });
}

/** The key goes into the store; the one code that is needed for twelve hours is typed into the popup. */
async function protect({ app, machine }: Scene): Promise<void> {
  await app?.command('chooseSecretStore', { backend: 'memory' });
  await app?.command('protectProfile', { profile: assumeOnly.userName });
  const first = callOnce('boto3', machine, { profile: 'admin-role', account: iam.clientProduction });
  const shown = await app?.prompt('mfa');
  const tokenCode = machine.sandbox.control.currentCode(assumeOnly.mfaSerial);
  await app?.command('answerMfa', { promptId: shown?.id ?? '', tokenCode });
  expect(await first).toEqual({ account: iam.clientProduction });
}

/** `rolecall exec` before a client. */
const execWords = (words: string): readonly string[] => [process.execPath, ROLECALL, 'exec', ...words.split(' '), '--'];

async function typeCodeInto(client: ClientName, scene: Scene, way: Way, before: readonly string[]): Promise<Called> {
  const { machine, clock } = scene;
  clock.toNextCode();
  const profile = before.length > 0 ? '' : (way.profile ?? '');
  const command = [...before, ...clientCommand(client, profile, 'once')];
  const code = machine.sandbox.control.currentCode(assumeOnly.mfaSerial);
  const env = await clientEnvironment(client, machine, way.account);
  const { stdout, shown, asked, ...ended } = await onTerminal([code], command, env);
  expect(asked).toBeLessThanOrEqual(1);
  return calledOf({ code: ended.code, stdout, stderr: shown });
}

describe.each(WAYS)('$way', (way) => {
  const ends: (() => void | Promise<void>)[] = [];
  let scene: Scene;

  beforeAll(async () => {
    if (debianClientsMissing() !== undefined) {
      return;
    }
    const clock = movableClock();
    const atEnd: AtEnd = (end) => void ends.unshift(end);
    const machine = await createMachine(FILES, { clock }, atEnd);
    atEnd(() => machine.sandbox.close());
    const app = way.withApp === true ? await startApp(machine.ours, undefined, atEnd) : undefined;
    scene = { machine, clock, app };
    await way.prepare?.(scene);
  });

  afterAll(async () => {
    for (const end of ends) {
      await end();
    }
  });

  // All at once, but where each needs an MFA code of its own.
  const eachClient = way.typesCode === true ? test : test.concurrent;
  eachClient.for(CLIENTS)('%s', async (client, context) => {
    const missing = clientMissing(client) ?? debianClientsMissing();
    if (missing !== undefined) {
      context.skip(missing);
    }
    const call = (before: readonly string[]): Promise<Called> => {
      if (way.typesCode === true && (before.length > 0 || way.cannot?.[client] === undefined)) {
        return typeCodeInto(client, scene, way, before);
      }
      const profile = before.length > 0 ? '' : (way.profile ?? '');
      return callOnce(client, scene.machine, { profile, account: way.account, before });
    };
    const cannot = way.cannot?.[client];
    const byItself = await call(way.exec === undefined ? [] : execWords(way.exec));
    if (cannot === undefined) {
      expect(byItself).toEqual({ account: way.account });
      return;
    }
    expect(byItself, cannot.because).toEqual({ failed: expect.stringMatching(cannot.says) as string });
    expect(await call(execWords(`--profile ${way.profile}`))).toEqual({ account: way.account });
  });
});
