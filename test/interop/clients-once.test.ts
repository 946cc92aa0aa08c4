import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
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

/** A person's machine as one way needs it, for all clients in turn. */
interface Scene {
  readonly machine: Machine;
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

async function openScene(way: Way, atEnd: AtEnd): Promise<Scene> {
  const machine = await createMachine(FILES, {}, atEnd);
  atEnd(() => machine.sandbox.close());
  const scene = { machine, app: way.withApp === true ? await startApp(machine.ours, undefined, atEnd) : undefined };
  await way.prepare?.(scene);
  return scene;
}

/** On a machine of its own: AWS, and Rolecall, take each code once. A slow start may bring the next code. */
async function typeCodeInto(client: ClientName, way: Way, before: readonly string[], atEnd: AtEnd): Promise<Called> {
  const { machine } = await openScene(way, atEnd);
  const codes = [0, 1].map((later) => machine.sandbox.control.currentCode(assumeOnly.mfaSerial, later));
  const command = [...before, ...clientCommand(client, before.length > 0 ? '' : (way.profile ?? ''), 'once')];
  const env = await clientEnvironment(client, machine, way);
  const { code, stdout, shown } = await onTerminal(codes, command, env);
  return calledOf({ code, stdout, stderr: shown });
}

async function callWithout(client: ClientName, { machine }: Scene, way: Way, before: readonly string[]) {
  const profile = before.length > 0 ? '' : (way.profile ?? '');
  return callOnce(client, machine, { profile, account: way.account, before });
}

describe.each(WAYS)('$way', (way) => {
  const ends: Parameters<AtEnd>[0][] = [];
  let scene: Scene;

  beforeAll(async () => {
    if (debianClientsMissing() === undefined) {
      scene = await openScene(way, (end) => void ends.unshift(end));
    }
  });

  afterAll(async () => {
    for (const end of ends) {
      await end();
    }
  });

  test.concurrent.for(CLIENTS)('%s', async (client, context) => {
    const missing = clientMissing(client) ?? debianClientsMissing();
    if (missing !== undefined) {
      context.skip(missing);
    }
    const cannot = way.cannot?.[client];
    const byItself = way.exec === undefined ? [] : execWords(way.exec);
    const asPerson = (before: readonly string[]): Promise<Called> =>
      way.typesCode === true
        ? typeCodeInto(client, way, before, context.onTestFinished)
        : callWithout(client, scene, way, before);
    if (cannot === undefined) {
      expect(await asPerson(byItself)).toEqual({ account: way.account });
      return;
    }
    const refused = await callWithout(client, scene, way, byItself);
    expect(refused, cannot.because).toEqual({ failed: expect.stringMatching(cannot.says) as string });
    expect(await asPerson(execWords(`--profile ${way.profile}`))).toEqual({ account: way.account });
  });
});
