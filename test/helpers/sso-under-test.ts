import { setMaxListeners } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createAwsNetwork, type AwsNetwork } from '../../src/core/aws/client-config.ts';
import { folderBackups } from '../../src/core/files/aws-file-backups.ts';
import { awsPaths, type AwsPaths } from '../../src/core/files/aws-paths.ts';
import { loadAwsProfiles } from '../../src/core/files/load-aws-profiles.ts';
import { ssoTokenCacheName } from '../../src/core/files/sso-token-cache.ts';
import { systemClock, type Clock } from '../../src/core/model/clock.ts';
import { systemRandom } from '../../src/core/model/random.ts';
import type { Secret } from '../../src/core/model/secret.ts';
import { MemoryStore } from '../../src/core/secrets/memory-store.ts';
import type { SecretStore } from '../../src/core/secrets/secret-store.ts';
import { UndoLog } from '../../src/core/session/profiles/undo-log.ts';
import { createSso, type SsoServices } from '../../src/core/session/sso/create-sso.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { scratchSurroundings } from './surroundings.ts';

/** A browser that records what it was to open, and may act on it. */
export class FakeBrowser {
  readonly opened: string[] = [];
  onOpen: (url: string) => unknown = () => undefined;

  async open(url: Secret): Promise<void> {
    this.opened.push(url.reveal());
    const result = this.onOpen(url.reveal());
    if (result instanceof Promise) {
      result.catch(() => undefined);
    }
  }
}

/** The Identity Center side over a sandbox (or any server), in a home folder of its own. */
export interface SsoUnderTest extends SsoServices {
  readonly homeDir: string;
  readonly rolecallHome: string;
  readonly paths: AwsPaths;
  readonly network: AwsNetwork;
  readonly browser: FakeBrowser;
  readonly secretStore: SecretStore;
  readonly undoLog: UndoLog;
  readonly clock: Clock;
  readonly lines: string[];
  readonly env: Readonly<Record<string, string>>;
  /** The token file of an Identity Center in the AWS CLI's cache. */
  tokenFile(cacheKey: string): string;
  writeToken(cacheKey: string, token: Record<string, unknown>): Promise<void>;
  readToken(cacheKey: string): Promise<Record<string, unknown>>;
}

/** What may be given. */
export interface SsoUnderTestOptions {
  readonly sandbox?: Sandbox;
  readonly env?: Record<string, string>;
  readonly clock?: Clock;
  /** The config file; an sso-session `corp` at the sandbox unless given. */
  readonly config?: string;
  readonly homeDir?: string;
  readonly secretStore?: SecretStore;
  readonly mode?: 'shared' | 'vault';
  /** How fast the portal may be asked: fast unless given. */
  readonly portalPerSecond?: number;
}

/** Builds it. Two of them with one `homeDir` are two processes of one user. */
export async function ssoUnderTest(options: SsoUnderTestOptions = {}): Promise<SsoUnderTest> {
  const { sandbox } = options;
  const env = { ...sandbox?.env(), ...options.env };
  const surroundings = await scratchSurroundings({
    clock: options.clock ?? systemClock(),
    env,
    ...(options.homeDir === undefined ? {} : { homeDir: options.homeDir }),
  });
  const { homeDir, rolecallHome, clock, lines } = surroundings;
  const paths = awsPaths(env, homeDir, 'linux');
  const config =
    options.config ??
    `[sso-session corp]\nsso_start_url = ${sandbox?.startUrl ?? 'https://corp.awsapps.com/start'}\nsso_region = ${sandbox?.region ?? 'us-east-1'}\nsso_registration_scopes = sso:account:access\n`;
  if (options.homeDir === undefined) {
    await mkdir(dirname(paths.configFile), { recursive: true });
    await writeFile(paths.configFile, config);
  }
  const network = createAwsNetwork({ env, clock });
  const browser = new FakeBrowser();
  const secretStore = options.secretStore ?? new MemoryStore();
  const lockDir = join(rolecallHome, 'locks');
  const editor = { lockDir, clock, backups: folderBackups(join(rolecallHome, 'backups'), clock) };
  const undoLog = new UndoLog({ path: join(rolecallHome, 'undo.json'), lockDir, editor, log: surroundings.log });
  const services = createSso({
    surroundings,
    network,
    random: { ...systemRandom(), fraction: () => 0.02 },
    browser,
    secretStore,
    editor,
    recordEdit: (note, undo) => undoLog.record(note, undo),
    paths,
    readProfiles: () => loadAwsProfiles(paths),
    modeOf: () => options.mode ?? 'shared',
    portalLimits: { maxPerSecond: options.portalPerSecond ?? 1_000, minPerSecond: 1, burst: 2 },
  });
  const tokenFile = (cacheKey: string): string => join(paths.ssoCacheDir, ssoTokenCacheName(cacheKey));
  return {
    ...services,
    undoLog,
    homeDir,
    rolecallHome,
    paths,
    network,
    browser,
    secretStore,
    clock,
    lines,
    env,
    tokenFile,
    async writeToken(cacheKey, token) {
      await mkdir(paths.ssoCacheDir, { recursive: true });
      await writeFile(tokenFile(cacheKey), JSON.stringify(token));
    },
    readToken: async (cacheKey) => JSON.parse(await readFile(tokenFile(cacheKey), 'utf8')) as Record<string, unknown>,
  };
}

/** A signal nobody aborts. */
export const NEVER = new AbortController().signal;
setMaxListeners(0, NEVER);

/** Signs in by the browser of a sandbox whose pages say yes. */
export async function signInThrough(under: SsoUnderTest, answer: (url: string) => unknown, id = 'corp'): Promise<void> {
  under.browser.onOpen = answer;
  await under.ssoSessions.signIn(id, { method: 'browser', onStep: () => undefined, openBrowser: true }, NEVER);
}
