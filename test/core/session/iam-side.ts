import { mkdir, writeFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createAwsNetwork, type AwsNetwork } from '../../../src/core/aws/client-config.ts';
import { ServerClock } from '../../../src/core/aws/server-clock.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import type { TemporaryCredentials } from '../../../src/core/model/credentials.ts';
import { systemRandom } from '../../../src/core/model/random.ts';
import { MemoryStore } from '../../../src/core/secrets/memory-store.ts';
import type { SecretStore } from '../../../src/core/secrets/secret-store.ts';
import type { CallContext, MfaQuestion, PromptPort } from '../../../src/core/session/ports.ts';
import {
  createCredentialService,
  type CredentialParts,
  type CredentialServices,
} from '../../../src/core/session/resolve/create-credential-service.ts';
import type { RoleTarget, SsoRoleTarget } from '../../../src/shared/role-target.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import type { Sandbox, SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { scratchFolder } from '../../helpers/surroundings.ts';

export const { assumeOnly, strictUser, newMember } = DEMO.users;

/** The two files as people have them: an assume-only key, and roles that want MFA. */
export const CREDENTIALS = `[assume-only]
aws_access_key_id = ${assumeOnly.accessKeyId}
aws_secret_access_key = ${assumeOnly.secretAccessKey}

[strict]
aws_access_key_id = ${strictUser.accessKeyId}
aws_secret_access_key = ${strictUser.secretAccessKey}
`;

export const CONFIG = `[profile assume-only]
region = ap-northeast-1

[profile admin-role]
role_arn = ${DEMO.iam.adminRole}
mfa_serial = ${assumeOnly.mfaSerial}
source_profile = assume-only

[profile readonly-role]
role_arn = ${DEMO.iam.readOnlyRole}
mfa_serial = ${assumeOnly.mfaSerial}
source_profile = assume-only

[profile vendor-role]
role_arn = ${DEMO.iam.vendorRole}
mfa_serial = ${assumeOnly.mfaSerial}
source_profile = assume-only
external_id = ${DEMO.iam.vendorExternalId}

[profile audit]
role_arn = ${DEMO.iam.auditRole}
source_profile = readonly-role

[profile strict-admin]
role_arn = ${DEMO.iam.adminRole}
mfa_serial = ${strictUser.mfaSerial}
source_profile = strict

[profile strict-readonly]
role_arn = ${DEMO.iam.readOnlyRole}
mfa_serial = ${strictUser.mfaSerial}
source_profile = strict
`;

/** What a scripted user answers to questions for codes: a code, or `auto`. */
export type Answer = (question: MfaQuestion, side: IamSide) => string | Promise<string>;

/** A user, their files and the sandbox, under one clock. */
export interface IamSide {
  readonly sandbox: Sandbox;
  readonly clock: FakeClock;
  readonly home: string;
  readonly store: SecretStore;
  readonly services: CredentialServices;
  readonly questions: MfaQuestion[];
  readonly log: string[];
  readonly parts: CredentialParts;
  setFiles(config: string, credentials?: string): Promise<void>;
  /** Another process of the same user: the same files and store, nothing in memory. */
  again(changes?: Partial<CredentialParts>): CredentialServices;
  get(profile: string, changes?: Partial<CallContext>): Promise<TemporaryCredentials>;
}

export interface IamSideOptions {
  readonly answer?: Answer;
  readonly parts?: Partial<CredentialParts>;
  readonly sandbox?: SandboxOptions;
  readonly env?: Record<string, string>;
  readonly store?: SecretStore;
  /** A clock nobody can set, in milliseconds. */
  readonly elapsedMs?: () => number;
}

/** Types the code the device shows, waiting for the next one where the last was used. */
export const typeCode: Answer = async (question, side) => {
  if (question.notBefore !== undefined) {
    await side.clock.advance(Math.max(0, question.notBefore.getTime() - side.clock.now().getTime()));
  }
  return side.sandbox.control.currentCode(question.mfaSerial);
};

export const profile = (name: string): RoleTarget => ({ kind: 'profile', profile: name });

/** Who asks, in tests. */
export function context(changes: Partial<CallContext> = {}): CallContext {
  const asker = { program: 'test', pid: 1, folder: '/work', parents: [] };
  return { asker, userAsked: true, signal: new AbortController().signal, ...changes };
}

/** Starts a sandbox and the service over two files in a scratch home. */
export async function startIamSide(options: IamSideOptions = {}): Promise<IamSide> {
  const clock = new FakeClock();
  const sandbox = await startSandbox({ clock, ...options.sandbox });
  const home = await scratchFolder();
  const questions: MfaQuestion[] = [];
  const log: string[] = [];
  const store = options.store ?? new MemoryStore();
  const env = { USER: 'alice', PATH: process.env['PATH'] ?? '', ...sandbox.env(), ...options.env };
  const files = { config: join(home, 'config'), credentials: join(home, 'credentials') };
  const prompt: PromptPort = {
    async askMfa(question) {
      questions.push(question);
      const answer = await (options.answer ?? typeCode)(question, side);
      return answer === 'auto' ? answer : new Secret(answer);
    },
    askPermission: () => Promise.reject(new Error('nobody asks for permission here')),
  };
  const network = networkUnder(clock, env, new ServerClock(clock, options.elapsedMs ?? (() => clock.now().getTime())));
  const parts: CredentialParts = {
    surroundings: {
      clock,
      env,
      homeDir: home,
      platform: 'linux',
      rolecallHome: join(home, 'rolecall'),
      log: (line) => log.push(line),
    },
    network,
    makeNetwork: () => networkUnder(clock, env, network.serverClock),
    random: systemRandom(),
    prompt,
    secretStore: store,
    readFiles: async () => ({ config: await textOf(files.config), credentials: await textOf(files.credentials) }),
    ssoRole: (target: SsoRoleTarget) => Promise.reject(new Error(`no Identity Center here: ${target.ssoSession}`)),
    autoFillMfa: () => false,
    ...options.parts,
  };
  const services = createCredentialService(parts);
  const side: IamSide = {
    sandbox,
    clock,
    home,
    store,
    services,
    questions,
    log,
    parts,
    async setFiles(config, credentials = CREDENTIALS) {
      await writeFile(files.config, config);
      await writeFile(files.credentials, credentials);
    },
    again(changes = {}) {
      const own = networkUnder(clock, env, new ServerClock(clock, () => clock.now().getTime()));
      const makeNetwork = (): AwsNetwork => networkUnder(clock, env, own.serverClock);
      return createCredentialService({ ...parts, network: own, makeNetwork, ...changes });
    },
    get: (name, changes) => services.credentials.get(profile(name), context(changes)),
  };
  await mkdir(home, { recursive: true });
  await side.setFiles(CONFIG);
  return side;
}

/** The SDK signs by the machine's own clock, so the difference to the fake one is made good here. */
export function networkUnder(clock: FakeClock, env: Record<string, string>, serverClock: ServerClock): AwsNetwork {
  const network = createAwsNetwork({ clock, env, serverClock });
  return {
    ...network,
    clientConfig: (service, region) => ({
      ...network.clientConfig(service, region),
      systemClockOffset: network.serverClock.now().getTime() - Date.now(),
    }),
  };
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

/** The promise's outcome, while time goes on in steps. */
export async function whileTimePasses<Value>(
  clock: FakeClock,
  promise: Promise<Value>,
  stepMs = 1_000,
): Promise<Value> {
  const waiting = Symbol('waiting');
  // It may fail while nobody waits for it yet.
  promise.catch(() => undefined);
  // Sockets live in real time.
  const turn = () => new Promise<typeof waiting>((resolve) => setTimeout(resolve, 2, waiting));
  for (;;) {
    await clock.advance(stepMs);
    const outcome = await Promise.race([promise, turn()]);
    if (outcome !== waiting) {
      return outcome;
    }
  }
}
