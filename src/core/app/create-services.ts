import { join } from 'node:path';
import { createAwsNetwork, type AwsNetwork } from '../aws/client-config.ts';
import { writeFileAtomic } from '../files/atomic-file.ts';
import { folderBackups } from '../files/aws-file-backups.ts';
import type { AwsFileEditorDeps } from '../files/aws-file-editor.ts';
import { watchFiles } from '../files/aws-file-watcher.ts';
import { awsPaths, type AwsPaths } from '../files/aws-paths.ts';
import { withFileLock } from '../files/file-lock.ts';
import { loadAwsProfiles, readAwsFileTexts } from '../files/load-aws-profiles.ts';
import { BadInputError } from '../model/errors.ts';
import type { SharedGround } from '../helper/shared-credentials.ts';
import { systemRandom } from '../model/random.ts';
import type { Secret } from '../model/secret.ts';
import { openSecretStore } from '../secrets/open-secret-store.ts';
import type { SwitchableSecretStore } from '../secrets/switchable-secret-store.ts';
import { consoleService } from '../session/console/console-address.ts';
import { formatCredentials } from '../session/export/format-credentials.ts';
import type { BrowserPort, Browsers, PromptPort, Surroundings } from '../session/ports.ts';
import { openVaultSessions } from '../session/profiles/create-profile-tools.ts';
import { viewProfile } from '../session/profiles/profile-view.ts';
import { createCredentialService, type CredentialServices } from '../session/resolve/create-credential-service.ts';
import { planChain } from '../session/resolve/plan-chain.ts';
import { sessionFacts } from '../session/resolve/session-limit.ts';
import { authorizationsFile } from '../session/sso/authorizations.ts';
import { createSso, type SsoParts } from '../session/sso/create-sso.ts';
import type { Settings } from '../../shared/settings.ts';
import { cachedProfiles } from './cached-profiles.ts';
import { createCareServices } from './care-services.ts';
import { signInPlace } from './console-place.ts';
import { heedingSignIns } from './heeding-sign-ins.ts';
import { lazyBrowsers } from './lazy-browsers.ts';
import { dataFolderCare } from './data-folder.ts';
import { managedProfiles } from './managed-profiles.ts';
import { createMemberServices } from './member-services.ts';
import { egressOf, forgetProxySignIn, keepProxySignIn } from './network-settings.ts';
import type { CredentialService, SecretStoreView, Services } from './services.ts';

/** What the use cases are built on. */
export interface ServicesOptions {
  readonly surroundings: Surroundings;
  readonly prompt: PromptPort;
  /** The default browser. */
  readonly browser: BrowserPort;
  readonly settings: () => Settings;
  /** The absolute path that `credential_process` lines name. */
  readonly helperPath: string;
  /** Whether to find out at once if the secret store can be reached, as a screen shows; a command lets the first use tell. */
  readonly probeSecretStore: boolean;
  /** Keeps secrets in memory, whatever the user chose: the demo must leave nothing in their keyring. */
  readonly keepsSecretsInMemory?: boolean;
  /** Puts something before the credentials this process would get by itself: the command asks the running app first. */
  readonly before?: (own: CredentialService, ground: SharedGround) => CredentialService;
}

/** The parts that use cases share. */
interface Ground {
  readonly options: ServicesOptions;
  readonly network: AwsNetwork;
  readonly paths: AwsPaths;
  readonly lockDir: string;
  readonly editor: AwsFileEditorDeps;
  readonly secretStore: SwitchableSecretStore;
  readonly storeView: SecretStoreView;
  readonly browser: Browsers;
}

/** Builds every use case for real. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const ground = await layGround(options);
  const { network, paths, storeView } = ground;
  const readProfiles = cachedProfiles(
    [paths.configFile, paths.credentialsFile],
    () => loadAwsProfiles(paths),
    () => options.surroundings.clock.now().getTime(),
  );
  const vaultSessions = openVaultSessions(options.surroundings);
  const tokenModeOf: Services['tokenModeOf'] = (ssoSession) => vaultSessions.modeOf(ssoSession);
  const access = createAccess(ground, readProfiles, {
    modeOf: tokenModeOf,
    recordEdit: (note, undo) => care.undoLog.record(note, undo),
  });
  const { ssoSessions, directory } = access;
  const { surroundings } = options;
  const awsNow = (): Date => network.serverClock.now();
  const shared = { surroundings, paths, awsNow, secretStore: ground.secretStore, lockDir: ground.lockDir };
  const own = access.credentials;
  ssoSessions.onNewSignIn((ssoSession) => own.forgetSsoSession(ssoSession));
  const credentials = options.before?.(heedingSignIns(own, ssoSessions), shared) ?? own;
  const random = systemRandom();
  const { clock } = options.surroundings;
  const { toolImport, ...care } = createCareServices({ ...ground, ...options, vaultSessions, directory });
  return {
    ssoSessions,
    directory,
    credentials,
    console: consoleService({
      network,
      clock,
      random,
      platform: surroundings.platform,
      readProfiles,
      getCredentials: (target, context) => credentials.get(target, context),
    }),
    instances: {
      async list(signer, region, signal) {
        const { listInstances } = await import('../session/instances/list-instances.ts');
        return listInstances({ network, retry: { clock, random } }, signer, region, signal);
      },
      async connect(target, where) {
        const [{ openTerminal }, { connectCommand }] = await Promise.all([
          import('../terminals/open-terminal.ts'),
          import('../terminals/connect-command.ts'),
        ]);
        await openTerminal(connectCommand(options.helperPath, target, where), surroundings);
      },
    },
    profiles: {
      paths: { config: paths.configFile, credentials: paths.credentialsFile },
      read: readProfiles,
      managed: async () => managedProfiles((await readAwsFileTexts(paths)).config),
      view: async (profile) => viewProfile(await readProfiles(), await readAwsFileTexts(paths), profile),
      watch(listener) {
        // Tokens of Identity Centers in vault mode lie in no file of their own: the book of sign-ins changes with them.
        const signIns = authorizationsFile(surroundings.rolecallHome);
        const watched = [paths.configFile, paths.credentialsFile, paths.ssoCacheDir, signIns];
        const watch = watchFiles(watched, () => listener(), clock);
        return () => watch.close();
      },
    },
    ...createMemberServices({ ...ground, ...options, random, access: access.shared }),
    care,
    machine: machineServices(ground, readProfiles, toolImport),
    secretStore: storeView,
    browser: ground.browser,
    format: formatCredentials,
    sessionFacts: async (target) =>
      target.kind === 'sso-role'
        ? { limit: 'permission-set', ssoSession: target.ssoSession }
        : sessionFacts(planChain({ profiles: await readProfiles(), platform: surroundings.platform }, target.profile)),
    awsClock: network.serverClock,
    tokenModeOf,
  };
}

async function layGround(options: ServicesOptions): Promise<Ground> {
  const { clock, env, homeDir, platform, rolecallHome } = options.surroundings;
  const lockDir = join(rolecallHome, 'locks');
  const listeners = new Set<Parameters<SecretStoreView['onStatus']>[0]>();
  const secretStore = await openSecretStore({
    folder: join(rolecallHome, 'secrets'),
    clock,
    probe: options.probeSecretStore,
    ...(options.keepsSecretsInMemory === true ? { backend: 'memory' } : {}),
    io: {
      writeFileAtomic: (file, bytes) => writeFileAtomic(file, bytes, { mode: 0o600 }),
      withFileLock: (file, action) => withFileLock(lockDir, file, action),
    },
    onStatus: (status) => listeners.forEach((listener) => listener(status)),
  });
  return {
    options,
    lockDir,
    secretStore,
    browser: lazyBrowsers(options.browser, options.surroundings),
    network: createAwsNetwork({ env, clock, egress: egressOf(options.settings, secretStore) }),
    paths: awsPaths(env, homeDir, platform),
    editor: { lockDir, clock, backups: folderBackups(join(rolecallHome, 'backups'), clock) },
    storeView: {
      status: () => secretStore.status(),
      refresh: () => secretStore.refresh(),
      onStatus(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      choose: (backend, passphrase) => chooseBackend(secretStore, backend, passphrase),
      unlock: (passphrase) => secretStore.unlock(passphrase),
      lock: () => secretStore.lock(),
    },
  };
}

function machineServices(
  { options, network, secretStore }: Ground,
  readProfiles: Services['profiles']['read'],
  toolImport: Services['machine']['toolImport'],
): Services['machine'] {
  const { settings, surroundings } = options;
  return {
    async testConnection(signal) {
      const { testConnection } = await import('../session/doctor/test-connection.ts');
      return testConnection(network, await readProfiles(), signal);
    },
    keepProxySignIn: (signIn) => keepProxySignIn(settings(), secretStore, signIn),
    forgetProxySignIn: () => forgetProxySignIn(settings(), secretStore),
    dataFolder: dataFolderCare(surroundings),
    toolImport,
  };
}

function createAccess(
  { options, network, paths, editor, secretStore, browser }: Ground,
  readProfiles: Services['profiles']['read'],
  ways: Pick<SsoParts, 'modeOf' | 'recordEdit'>,
): Pick<Services, 'ssoSessions' | 'directory'> & {
  readonly credentials: CredentialServices['credentials'];
  readonly shared: Pick<CredentialServices, 'mfaRoles' | 'deviceMemories'>;
} {
  const { surroundings, prompt, settings } = options;
  const random = systemRandom();
  const sso = createSso({
    ...ways,
    surroundings,
    network,
    random,
    browser: { open: (url, ssoSession) => browser.open(url, signInPlace(ssoSession, settings())) },
    secretStore,
    editor,
    paths,
    readProfiles,
  });
  const { credentials, ...shared } = createCredentialService({
    surroundings,
    network,
    random,
    prompt,
    secretStore,
    readFiles: () => readAwsFileTexts(paths),
    readProfiles,
    ssoRole: sso.ssoRole,
    autoFillMfa: () => settings().autoFillMfa,
  });
  return { ssoSessions: sso.ssoSessions, directory: sso.directory, credentials, shared };
}

function chooseBackend(
  store: SwitchableSecretStore,
  backend: 'keyring' | 'passphrase' | 'memory',
  passphrase: Secret | undefined,
): Promise<void> {
  switch (backend) {
    case 'keyring':
      return store.useKeyring();
    case 'memory':
      return store.useMemory();
    case 'passphrase':
      if (passphrase === undefined) {
        throw new BadInputError('A passphrase is missing.', 'Choose one that you can type again.');
      }
      return store.usePassphrase(passphrase);
  }
}
