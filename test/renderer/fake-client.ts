import { changeManyMarks } from '../../src/core/app/marks.ts';
import type { AppState, LiveRole, Marks, SsoSessionState } from '../../src/shared/app-state.ts';
import type { Client } from '../../src/shared/client.ts';
import type { CommandInput, CommandName, Execute } from '../../src/shared/commands.ts';
import type { OpenerChoice } from '../../src/shared/console-opener.ts';
import type { Failure, Reply } from '../../src/shared/reply.ts';
import { targetKey, type RoleTarget } from '../../src/shared/role-target.ts';
import { packMessage, type SentMessage } from '../../src/shared/sent-message.ts';
import { applyStateMessage, type StateMessage } from '../../src/shared/state-message.ts';
import { FAKE_DOCTOR, fakeFix } from './fake-doctor.ts';
import { fakeInstances } from './fake-instances.ts';
import { FAKE_DEVICES, FAKE_FINDINGS, FAKE_PICTURE, fakeGuide } from './fake-member.ts';
import { fakeEdit, fakeEdits, fakeExport, fakeSetUp, fakeSync, fakeView } from './fake-profiles.ts';
import { FAKE_FOLDER, FAKE_IMPORTS, fakeConnection, fakeImport } from './fake-settings.ts';
import { isoIn } from './fake-state.ts';

/** A command as the screen gave it. */
export interface GivenCommand {
  readonly name: CommandName;
  readonly input: unknown;
}

/** A client without a core: it answers as the core would, slowly enough to be seen, and remembers what was asked. */
export interface FakeClient {
  readonly client: Client;
  readonly given: readonly GivenCommand[];
  readonly state: () => AppState;
  /** Sends a message as the core would. */
  readonly push: (message: StateMessage) => void;
  readonly patch: (slices: Partial<Omit<AppState, 'directories'>>) => void;
  readonly setConnected: (connected: boolean) => void;
  /** The next command of this name fails with this. */
  readonly failNext: (name: CommandName, failure: Failure) => void;
}

export interface FakeClientOptions {
  readonly view: Client['view'];
  readonly state: AppState;
  readonly now: () => number;
  /** How long every answer takes. */
  readonly answerMs: number;
}

/** Makes a fake client. */
export function createFakeClient(options: FakeClientOptions): FakeClient {
  const given: GivenCommand[] = [];
  const failures = new Map<string, Failure>();
  const listeners = new Set<(message: SentMessage) => void>();
  const connections = new Set<(connected: boolean) => void>();
  let state = options.state;
  const push = (message: StateMessage): void => {
    state = applyStateMessage(state, message);
    const sent = packMessage(message);
    for (const listener of listeners) {
      listener(sent);
    }
  };
  const patch: FakeClient['patch'] = (slices) => push({ kind: 'patch', slices });
  const world: World = { state: () => state, patch, push, now: options.now };

  const execute = async (name: CommandName, input: unknown): Promise<Reply<unknown>> => {
    given.push({ name, input });
    await new Promise((resolve) => setTimeout(resolve, options.answerMs));
    const failure = failures.get(name);
    if (failure !== undefined) {
      failures.delete(name);
      return { ok: false, failure };
    }
    return answer(world, name, input);
  };
  return {
    given,
    push,
    patch,
    state: () => state,
    failNext: (name, failure) => failures.set(name, failure),
    setConnected(connected) {
      for (const listener of connections) {
        listener(connected);
      }
    },
    client: {
      view: options.view,
      execute: execute as Execute,
      subscribe(listener) {
        listeners.add(listener);
        listener(packMessage({ kind: 'snapshot', state }));
        return () => listeners.delete(listener);
      },
      onConnection(listener) {
        connections.add(listener);
        return () => connections.delete(listener);
      },
    },
  };
}

interface World {
  readonly state: () => AppState;
  readonly patch: FakeClient['patch'];
  readonly push: FakeClient['push'];
  readonly now: () => number;
}

/** A machine with two browsers. */
const FAKE_OPENERS: readonly OpenerChoice[] = [
  { id: 'default', kind: 'default', browser: undefined, profile: undefined },
  { id: 'multi-session', kind: 'multi-session', browser: undefined, profile: undefined },
  { id: 'browser:chrome', kind: 'browser', browser: 'Google Chrome', profile: undefined },
  { id: 'browser:chrome/Default', kind: 'browser', browser: 'Google Chrome', profile: 'Private' },
  { id: 'browser:chrome/Profile 1', kind: 'browser', browser: 'Google Chrome', profile: 'Work' },
  { id: 'private:chrome', kind: 'private', browser: 'Google Chrome', profile: undefined },
  { id: 'browser:firefox', kind: 'browser', browser: 'Firefox', profile: undefined },
  { id: 'private:firefox', kind: 'private', browser: 'Firefox', profile: undefined },
  { id: 'granted:firefox', kind: 'granted', browser: 'Firefox', profile: undefined },
  { id: 'container:firefox', kind: 'container', browser: 'Firefox', profile: undefined },
];

const DONE: Reply<unknown> = { ok: true, value: null };

type Handlers = { readonly [Name in CommandName]?: (world: World, input: CommandInput<Name>) => unknown };

const HANDLERS: Handlers = {
  testConnection: (world) => fakeConnection(world.state().settings),
  dataFolder: () => FAKE_FOLDER,
  findImports: () => ({ tools: FAKE_IMPORTS }),
  importFrom: (_world, { takeOver = false }) => fakeImport(takeOver),
  setProxySignIn(world) {
    world.patch({ settings: { ...world.state().settings, proxySignsIn: true } });
    return null;
  },
  forgetProxySignIn(world) {
    world.patch({ settings: { ...world.state().settings, proxySignsIn: false } });
    return null;
  },
  detectRegion: (_world, { startUrl }) =>
    startUrl.includes('unknown')
      ? failed({ code: 'not-found', message: 'No Identity Center answers there.', hint: 'Choose its region by hand.' })
      : { region: 'eu-central-1' },
  addSsoSession(world, { name, startUrl, region }) {
    const session: SsoSessionState = {
      id: name,
      name,
      startUrl,
      region,
      form: 'sso-session',
      mode: 'shared',
      access: { kind: 'signed-out' },
      signIn: undefined,
      lastFailure: undefined,
    };
    world.patch({ ssoSessions: [...world.state().ssoSessions, session] });
    return { ssoSession: name };
  },
  removeSsoSession: (world, { ssoSession }) =>
    world.patch({ ssoSessions: world.state().ssoSessions.filter((session) => session.id !== ssoSession) }),
  startSignIn: (world, { ssoSession, method }) => startSignIn(world, ssoSession, method ?? 'browser'),
  cancelSignIn: (world, { ssoSession }) => patchSession(world, ssoSession, { signIn: undefined }),
  signOut: (world, { ssoSession }) => patchSession(world, ssoSession, { access: { kind: 'signed-out' } }),
  openConsole(world, { target, destination, region }) {
    hold(world, target);
    const service = destination === undefined ? 'console' : destination.replace(/^https:\/\//, '');
    return { shown: `${region ?? 'us-east-1'}.console.aws.amazon.com/${service}` };
  },
  copyConsoleLink: () => ({ clearsInSeconds: 60 }),
  copyCredentials(world, { target, format }) {
    hold(world, target);
    return { format: format ?? 'bash', expiresAt: isoIn(world.now(), 60), clearsInSeconds: 60 };
  },
  renewCredentials(world, { target }) {
    hold(world, target);
    return { expiresAt: isoIn(world.now(), 60) };
  },
  listInstances: (_world, { region }) => fakeInstances(region),
  renewForLongJob(world, { target }) {
    hold(world, target);
    const token = { ssoSession: 'acme', expiresAt: isoIn(world.now(), 58), renewsByItself: true };
    const isSso = target.kind === 'sso-role';
    return {
      expiresAt: isoIn(world.now(), 60),
      limit: isSso ? 'permission-set' : 'chained',
      ssoToken: isSso ? token : undefined,
    };
  },
  listOpeners: () => ({ openers: FAKE_OPENERS }),
  forgetCredentials: (world, { target }) =>
    world.patch({ liveRoles: world.state().liveRoles.filter((role) => role.key !== targetKey(target)) }),
  setMarks(world, { key, marks }) {
    const before = world.state().marks;
    // null takes a mark off, nothing said leaves it.
    const merged = Object.entries({ ...before[key], ...marks }).filter(
      ([, value]) => value !== undefined && value !== null,
    );
    const next = Object.fromEntries(merged) as Marks;
    world.patch({ marks: { ...before, [key]: next } });
  },
  setManyMarks: (world, { changes }) => world.patch({ marks: changeManyMarks(world.state().marks, changes) }),
  updateSettings: (world, { changes }) => world.patch({ settings: { ...world.state().settings, ...changes } }),
  dismissNotice: (world, { id }) =>
    world.patch({ notices: world.state().notices.filter((notice) => notice.id !== id) }),
  answerMfa: (world, { promptId, tokenCode }) =>
    tokenCode === REJECTED_CODE ? rejectCode(world, promptId) : endPrompt(world, promptId),
  autoFillMfa: (world, { promptId }) => endPrompt(world, promptId),
  answerPrompt: (world, { promptId }) => endPrompt(world, promptId),
  cancelPrompt: (world, { promptId }) => endPrompt(world, promptId),
  protectProfile: (world, { profile, preview }) => protect(world, profile, true, preview ?? false),
  unprotectProfile: (world, { profile, preview }) => protect(world, profile, false, preview ?? false),
  readGuide: (_world, input) => fakeGuide(input),
  listMfaDevices: () => FAKE_DEVICES,
  beginMfaEnrolment: () => FAKE_PICTURE,
  checkSetup: () => FAKE_FINDINGS,
  addRoleProfile: () => ({ previews: [] }),
  runDoctor: (world) => (world.state().app.sandbox === undefined ? FAKE_DOCTOR : { findings: [], differences: [] }),
  applyFix: (_world, { findingId, preview }) => fakeFix(findingId, preview ?? false),
  syncProfiles: (world, input) => fakeSync(world.state(), input),
  viewProfile: (_world, { profile }) => fakeView(profile),
  editProfile: (_world, input) => fakeEdit(input),
  makeDefaultProfile: (_world, input) => fakeEdit(input),
  removeProfile: (_world, input) => fakeEdit(input),
  undoEdit: (_world, input) => fakeEdit(input),
  listEdits: (world) => fakeEdits(world.now()),
  setTokenMode(world, { ssoSession, mode, preview }) {
    if (preview !== true) {
      patchSession(world, ssoSession, { mode });
    }
    return fakeEdit({ preview });
  },
  exportSetUp: (_world, input) => fakeExport(input),
  readSetUp: fakeSetUp,
  importSetUp: fakeSetUp,
};

function answer(world: World, name: CommandName, input: unknown): Reply<unknown> {
  const handler = HANDLERS[name] as ((world: World, input: unknown) => unknown) | undefined;
  const value = handler?.(world, input);
  return isFailed(value) ? { ok: false, failure: value.failure } : value === undefined ? DONE : { ok: true, value };
}

function failed(failure: Failure): { readonly failure: Failure } {
  return { failure };
}

function isFailed(value: unknown): value is { readonly failure: Failure } {
  return typeof value === 'object' && value !== null && 'failure' in value;
}

function patchSession(world: World, id: string, changes: Partial<SsoSessionState>): void {
  world.patch({
    ssoSessions: world.state().ssoSessions.map((session) => (session.id === id ? { ...session, ...changes } : session)),
  });
}

/** Waits for the browser until somebody calls `finishSignIn`. */
function startSignIn(world: World, ssoSession: string, method: 'browser' | 'device'): void {
  const times = { startedAt: isoIn(world.now(), 0), endsAt: isoIn(world.now(), 10) };
  patchSession(world, ssoSession, {
    lastFailure: undefined,
    signIn:
      method === 'browser'
        ? { kind: 'waiting-for-browser', method, ...times }
        : {
            kind: 'waiting-for-device',
            method,
            userCode: 'BQRT-XKLM',
            verificationUri: 'https://device.sso.eu-central-1.amazonaws.com/',
            ...times,
          },
  });
}

/** The user approved in the browser. */
export function finishSignIn(fake: FakeClient, ssoSession: string, nowMs: number): void {
  fake.patch({
    ssoSessions: fake.state().ssoSessions.map((session) =>
      session.id === ssoSession
        ? {
            ...session,
            signIn: undefined,
            access: {
              kind: 'signed-in',
              tokenExpiresAt: isoIn(nowMs, 60),
              renewsByItself: true,
              registrationExpiresAt: isoIn(nowMs, 480),
            },
          }
        : session,
    ),
  });
}

function hold(world: World, target: RoleTarget): void {
  const key = targetKey(target);
  const role: LiveRole = { key, target, expiresAt: isoIn(world.now(), 60) };
  const { liveRoles, recentTargets } = world.state();
  world.patch({
    liveRoles: [...liveRoles.filter((other) => other.key !== key), role],
    recentTargets: [target, ...recentTargets.filter((other) => targetKey(other) !== key)],
  });
}

/** The one code that this AWS does not take. */
const REJECTED_CODE = '000000';

/** As the core does: the question ends, and in its place comes another one that says why. */
function rejectCode(world: World, id: string): void {
  const prompt = world.state().prompts.find((each) => each.id === id);
  endPrompt(world, id);
  if (prompt?.kind === 'mfa') {
    const lastFailure = {
      code: 'mfa-code-rejected',
      message: 'AWS did not accept the code.',
      hint: 'Type the next.',
    } as const;
    world.patch({ prompts: [{ ...prompt, id: `${id}-again`, lastFailure }, ...world.state().prompts] });
  }
}

function endPrompt(world: World, id: string): void {
  world.patch({ prompts: world.state().prompts.filter((prompt) => prompt.id !== id) });
}

function protect(world: World, profile: string, on: boolean, preview: boolean): unknown {
  if (!preview) {
    world.patch({
      profiles: world.state().profiles.map((row) => (row.name === profile ? { ...row, protected: on } : row)),
    });
  }
  const [from, to] = on ? ['-', '+'] : ['+', '-'];
  return {
    previews: [
      {
        file: '/home/ada/.aws/credentials',
        applied: !preview,
        diff: `--- credentials\n+++ credentials\n@@ -1,4 +1,2 @@\n [${profile}]\n${from}aws_access_key_id = AKIA…\n${from}aws_secret_access_key = …\n${to}credential_process = /opt/rolecall/rolecall credentials --profile p-7f3a\n`,
      },
    ],
  };
}
