import { Secret } from '../../src/core/model/secret.ts';
import type { TemporaryCredentials } from '../../src/core/model/credentials.ts';
import type { AwsProfiles, EffectiveProfile, SsoSessionConfig } from '../../src/core/model/profile.ts';
import type { Services } from '../../src/core/app/services.ts';
import { SignInNeededError } from '../../src/core/session/errors.ts';
import type { BrowserPlace, CallContext, PromptPort } from '../../src/core/session/ports.ts';
import type { DirectoryState, SecretStoreState, SignInStep, SsoAccess } from '../../src/shared/app-state.ts';
import { targetKey, type RoleTarget } from '../../src/shared/role-target.ts';
import type { FakeClock } from './fake-clock.ts';

/** Found in a state, reply or file, one of these is a leak. */
export const CANARIES = {
  secretAccessKey: 'CANARYsecretAccessKey/0123456789+abcdefg',
  sessionToken: 'CANARYsessionToken',
  consoleUrl: 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=CANARYsigninToken',
  signInUrl: 'https://oidc.eu-west-1.amazonaws.com/authorize?state=CANARYstate',
} as const;

export const NO_DIRECTORY: DirectoryState = {
  accounts: [],
  refreshedAt: undefined,
  progress: undefined,
  failure: undefined,
  changes: undefined,
};

/** An Identity Center as the config file names it. */
export function ssoSessionConfig(name: string): SsoSessionConfig {
  return {
    kind: 'named',
    name,
    cacheKey: name,
    startUrl: `https://${name}.awsapps.com/start`,
    ssoRegion: 'eu-west-1',
    scopes: ['sso:account:access'],
    place: { file: 'config', line: 1 },
    header: `sso-session ${name}`,
    profiles: [],
    problems: [],
  };
}

/** A profile of the config file. */
export function profileConfig(name: string, changes: Partial<EffectiveProfile> = {}): EffectiveProfile {
  return {
    name,
    kind: 'empty',
    jsKind: 'empty',
    sections: [{ file: 'config', line: 1, header: `profile ${name}` }],
    keys: new Map(),
    problems: [],
    ...changes,
  };
}

interface Held {
  readonly target: RoleTarget;
  readonly expiresAt: Date;
}

/**
 * Use cases without AWS: tokens and credentials in memory, sign-ins that wait for `finishSignIn`. Counts the calls.
 */
export class FakeServices {
  readonly clock: FakeClock;
  readonly prompt: PromptPort;
  profiles: AwsProfiles = { profiles: [], ssoSessions: [], problems: [] };
  readonly access = new Map<string, SsoAccess>();
  readonly kept = new Map<string, DirectoryState>();
  /** Sign-ins that an earlier run left waiting. */
  readonly pending = new Map<string, 'browser' | 'device'>();
  readonly calls: string[] = [];
  readonly opened: string[] = [];
  /** How each console's address was asked for. */
  readonly addressOptions: unknown[] = [];
  /** Where each of them was to open. */
  readonly places: (BrowserPlace | undefined)[] = [];
  /** What the next calls of each kind throw. */
  readonly failures = new Map<string, unknown>();
  store: SecretStoreState = { backend: 'keyring', state: 'ready', message: '', hint: '' };
  skewMs = 0;
  /** How long credentials hold. */
  lifetimeMs = 3_600_000;
  /** How long credentials take to come, by the clock; 0 for at once. */
  delayMs = 0;
  readonly #held = new Map<string, Held>();
  readonly #signIns = new Map<string, { readonly resolve: () => void; readonly reject: (error: unknown) => void }>();
  readonly #credentialListeners = new Set<() => void>();
  readonly #fileListeners = new Set<() => void>();
  readonly #newSignInListeners = new Set<(ssoSession: string) => void>();
  readonly #storeListeners = new Set<(status: SecretStoreState) => void>();

  constructor(clock: FakeClock, prompt: PromptPort) {
    this.clock = clock;
    this.prompt = prompt;
  }

  /** How often this was called. */
  count(call: string): number {
    return this.calls.filter((made) => made === call).length;
  }

  /** The user finishes the sign-in that waits. */
  finishSignIn(ssoSession: string, leftMs = 3_600_000): void {
    this.signedIn(ssoSession, leftMs);
    this.#signIns.get(ssoSession)?.resolve();
    this.#signIns.delete(ssoSession);
  }

  failSignIn(ssoSession: string, error: unknown): void {
    this.#signIns.get(ssoSession)?.reject(error);
    this.#signIns.delete(ssoSession);
  }

  /** A token is there, however it came. */
  signedIn(ssoSession: string, leftMs = 3_600_000, renewsByItself = true): void {
    const tokenExpiresAt = new Date(this.clock.now().getTime() + leftMs).toISOString();
    this.access.set(ssoSession, {
      kind: 'signed-in',
      tokenExpiresAt,
      renewsByItself,
      registrationExpiresAt: undefined,
    });
  }

  /** Somebody changed the files. */
  filesChanged(): void {
    for (const listener of this.#fileListeners) {
      listener();
    }
  }

  storeChanged(status: SecretStoreState): void {
    this.store = status;
    for (const listener of this.#storeListeners) {
      listener(status);
    }
  }

  get services(): Services {
    return {
      ssoSessions: this.#ssoSessions(),
      directory: this.#directory(),
      credentials: this.#credentials(),
      console: {
        address: async (target, options, context) => {
          this.addressOptions.push(options);
          await this.#role(target, context);
          this.#call('console');
          return { url: new Secret(CANARIES.consoleUrl), shown: 'console.aws.amazon.com' };
        },
      },
      instances: {
        list: async () => {
          this.#call('instances');
          return { instances: [], namesMissing: undefined };
        },
        connect: async (target, { region, instanceId }) =>
          this.#call(`connect ${targetKey(target)} ${region} ${instanceId}`),
      },
      profiles: {
        paths: { config: '/home/u/.aws/config', credentials: '/home/u/.aws/credentials' },
        read: async () => {
          this.#call('read-profiles');
          return this.profiles;
        },
        managed: async () => new Set(),
        view: async () => ({ awsCli: undefined, jsSdk: undefined, keys: [] }),
        watch: (listener) => subscribed(this.#fileListeners, listener),
      },
      protection: {
        protect: async (_profile, { preview }) => [{ file: 'config', diff: '+ x', applied: !preview }],
        unprotect: async (_profile, { preview }) => [{ file: 'config', diff: '- x', applied: !preview }],
      },
      members: noMembers(),
      care: noCare(),
      machine: noMachine(),
      secretStore: {
        status: () => this.store,
        refresh: async () => this.store,
        onStatus: (listener) => subscribed(this.#storeListeners, listener),
        choose: async (backend) => this.#call(`choose ${backend}`),
        unlock: async () => this.#call('unlock'),
        lock: async () => this.#call('lock'),
      },
      browser: {
        open: async (url, place) => {
          this.#call('open');
          this.opened.push(url.reveal());
          this.places.push(place);
        },
        openers: async () => [{ id: 'default', kind: 'default', browser: undefined, profile: undefined }],
      },
      sessionFacts: async (target) => ({
        limit: target.kind === 'sso-role' ? 'permission-set' : 'role',
        ssoSession: target.kind === 'sso-role' ? target.ssoSession : undefined,
      }),
      format: (credentials, region, format) =>
        new Secret(`${format} ${region ?? '-'} ${credentials.secretAccessKey.reveal()}`),
      awsClock: this.#awsClock(),
      tokenModeOf: () => 'shared',
    };
  }

  #awsClock(): Services['awsClock'] {
    const now = (): Date => new Date(this.clock.now().getTime() + this.skewMs);
    const skew = (): number => this.skewMs;
    return {
      now,
      get skewMs() {
        return skew();
      },
    };
  }

  #call(name: string): void {
    this.calls.push(name);
    const failure = this.failures.get(name);
    if (failure !== undefined) {
      throw failure as Error;
    }
  }

  #ssoSessions(): Services['ssoSessions'] {
    return {
      detectRegion: async () => 'eu-west-1',
      add: async ({ name }) => {
        this.#call('add');
        this.profiles = { ...this.profiles, ssoSessions: [...this.profiles.ssoSessions, ssoSessionConfig(name)] };
        return { id: name };
      },
      remove: async (id) => {
        this.profiles = {
          ...this.profiles,
          ssoSessions: this.profiles.ssoSessions.filter(({ name }) => name !== id),
        };
      },
      signIn: (id, { method, onStep, openBrowser }, signal) => {
        this.#call(openBrowser ? 'open-sign-in' : 'resume-sign-in');
        return this.#signIn(id, method, onStep, signal);
      },
      pendingAddress: (id) => (this.#signIns.has(id) ? new Secret(CANARIES.signInUrl) : undefined),
      pendingMethod: async (id) => this.pending.get(id),
      access: async (id) => {
        this.#call('access');
        return this.access.get(id) ?? { kind: 'signed-out' };
      },
      renew: async (id) => {
        this.#call('renew');
        this.signedIn(id);
      },
      accessToken: async () => new Secret('CANARYaccessToken'),
      signOut: async (id) => {
        this.access.delete(id);
        this.#call('sign-out');
      },
      onNewSignIn: (listener) => subscribed(this.#newSignInListeners, listener),
    };
  }

  #signIn(
    id: string,
    method: 'browser' | 'device',
    onStep: (step: SignInStep) => void,
    signal: AbortSignal,
  ): Promise<void> {
    this.#call('sign-in');
    const times = { startedAt: this.clock.now().toISOString(), endsAt: this.clock.now().toISOString() };
    return new Promise((resolve, reject) => {
      this.#signIns.set(id, { resolve, reject });
      signal.addEventListener('abort', () => {
        this.#signIns.delete(id);
        reject(signal.reason as Error);
      });
      onStep(
        method === 'browser'
          ? { kind: 'waiting-for-browser', method, ...times }
          : { kind: 'waiting-for-device', method, userCode: 'ABCD-EFGH', verificationUri: 'https://x', ...times },
      );
    });
  }

  #directory(): Services['directory'] {
    return {
      kept: async (id) => {
        this.#call('kept');
        return this.kept.get(id) ?? NO_DIRECTORY;
      },
      refresh: async (id, onChange) => {
        this.#call(`refresh ${id}`);
        const state = { ...(this.kept.get(id) ?? NO_DIRECTORY), refreshedAt: this.clock.now().toISOString() };
        onChange(state);
        return state;
      },
      isOfThisSignIn: async () => true,
      focus: () => {},
      forget: async () => {},
      stop: async () => {},
    };
  }

  #credentials(): Services['credentials'] {
    return {
      get: async (target, context) => {
        await this.#role(target, context);
        this.#call('credentials');
        if (this.delayMs > 0) {
          await new Promise<void>((resolve) => this.clock.setTimer(this.delayMs, resolve));
        }
        const expiresAt = new Date(this.clock.now().getTime() + this.lifetimeMs);
        this.#held.set(targetKey(target), { target, expiresAt });
        this.#credentialsChanged();
        return credentials(expiresAt);
      },
      held: () => [...this.#held.values()],
      forget: (target) => {
        this.#held.delete(targetKey(target));
        this.#credentialsChanged();
      },
      forgetSsoSession: () => {
        this.#held.clear();
        this.#credentialsChanged();
      },
      onChange: (listener) => subscribed(this.#credentialListeners, listener),
    };
  }

  async #role(target: RoleTarget, context: CallContext): Promise<void> {
    context.signal.throwIfAborted();
    const ssoSession = target.kind === 'sso-role' ? target.ssoSession : undefined;
    if (ssoSession !== undefined && this.access.get(ssoSession)?.kind !== 'signed-in') {
      throw new SignInNeededError(ssoSession, 'signed-out');
    }
  }

  #credentialsChanged(): void {
    for (const listener of this.#credentialListeners) {
      listener();
    }
  }
}

/** Credentials whose secrets are canaries. */
export function credentials(expiresAt: Date): TemporaryCredentials {
  return {
    accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
    secretAccessKey: new Secret(CANARIES.secretAccessKey),
    sessionToken: new Secret(CANARIES.sessionToken),
    expiresAt,
    accountId: '111122223333',
  };
}

function subscribed<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** What concerns keys and devices is tested against the sandbox, not against a fake. */
function noMembers(): Services['members'] {
  return new Proxy({} as Services['members'], {
    get() {
      throw new Error('keys and devices are not part of this fake');
    },
  });
}

/** What keeps profiles and the machine in order is tested with real files, not against a fake. */
function noCare(): Services['care'] {
  return new Proxy({} as Services['care'], {
    get() {
      throw new Error('the care of profiles is not part of this fake');
    },
  });
}

/** The network and our own folder are tested for real. */
function noMachine(): Services['machine'] {
  return new Proxy({} as Services['machine'], {
    get() {
      throw new Error('the machine is not part of this fake');
    },
  });
}
