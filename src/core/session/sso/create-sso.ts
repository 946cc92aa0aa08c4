import { join } from 'node:path';
import type { SsoRoleTarget } from '../../../shared/role-target.ts';
import type { AwsNetwork } from '../../aws/client-config.ts';
import type { AwsFileEditorDeps } from '../../files/aws-file-editor.ts';
import type { AwsPaths } from '../../files/aws-paths.ts';
import { isAccountId } from '../../model/arn.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import type { Random } from '../../model/random.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import type { SignInBrowser, Surroundings } from '../ports.ts';
import { Authorizations, markOf, type TokenMark } from './authorizations.ts';
import { ClientRecords } from './client-records.ts';
import { Directories } from './directory-service.ts';
import { DirectoryStore } from './directory-store.ts';
import { PortalLimiters } from './portal-limiters.ts';
import type { RateLimits } from './rate-limiter.ts';
import { ssoRoleSource } from './role-credentials.ts';
import type { SsoSessionEditPorts } from './edit-sso-sessions.ts';
import { forgetSharedRoles } from './shared-roles.ts';
import { SignInWatch } from './sign-in-watch.ts';
import { sharedTokenStore } from './shared-token-store.ts';
import { SsoSessionService } from './sso-session-service.ts';
import { findSsoSession, type SsoSession, type TokenMode } from './sso-session.ts';
import { TokenKeeper } from './token-keeper.ts';
import { vaultTokenStore } from './vault-token-store.ts';

/** What the Identity Center side of the product is built from. */
export interface SsoParts {
  readonly surroundings: Surroundings;
  readonly network: AwsNetwork;
  readonly random: Random;
  readonly browser: SignInBrowser;
  readonly secretStore: SecretStore;
  readonly editor: AwsFileEditorDeps;
  readonly paths: AwsPaths;
  readonly readProfiles: () => Promise<AwsProfiles>;
  /** Where the tokens of an Identity Center are kept: the user's choice. */
  readonly modeOf: (ssoSession: string) => TokenMode;
  readonly recordEdit: SsoSessionEditPorts['recordEdit'];
  /** How fast portals may be asked; AWS's limits unless given. */
  readonly portalLimits?: RateLimits;
}

/** The use cases of Identity Centers. */
export interface SsoServices {
  readonly ssoSessions: SsoSessionService;
  readonly directory: Directories;
  readonly ssoRole: (target: SsoRoleTarget, signal: AbortSignal) => Promise<TemporaryCredentials>;
}

/** Puts the Identity Center side together. */
export function createSso(parts: SsoParts): SsoServices {
  const { surroundings, network, random, readProfiles } = parts;
  const { clock, log, rolecallHome } = surroundings;
  const limiters = new PortalLimiters(clock, parts.portalLimits);
  const findSession = async (id: string): Promise<SsoSession> => findSsoSession(await readProfiles(), id);
  const lockDir = join(rolecallHome, 'locks');
  const authorizations = new Authorizations({ rolecallHome, lockDir, clock, log });
  const newSignIns = new Set<(ssoSession: string) => void>();
  const keeper = new TokenKeeper({
    network,
    clock,
    random,
    lockDir,
    storeFor: tokenStores(parts),
    signIns: new SignInWatch({
      authorizations,
      onNewSignIn: (ssoSession) => newSignIns.forEach((listener) => listener(ssoSession)),
    }),
  });
  const directory = new Directories({
    network,
    clock,
    random,
    keeper,
    limiters,
    findSession,
    signInOf: signInsOf(parts, keeper, authorizations),
    isSameSignIn: (ssoSession, one, other) => authorizations.isSame(ssoSession, one, other),
    log,
    store: new DirectoryStore(join(rolecallHome, 'directories'), clock, log),
  });
  const ssoSessions = new SsoSessionService({
    network,
    clock,
    random,
    keeper,
    readProfiles,
    log,
    records: new ClientRecords(parts.secretStore, log),
    browser: parts.browser,
    editor: parts.editor,
    recordEdit: parts.recordEdit,
    configFile: parts.paths.configFile,
    cliCacheDir: parts.paths.cliCacheDir,
    rolesOf: (session) => rolesOf(session, directory, readProfiles),
    forgetSharedRoles: () => forgetSharedRoles(rolecallHome, parts.secretStore),
    onNewSignIn(listener) {
      newSignIns.add(listener);
      return () => newSignIns.delete(listener);
    },
  });
  return { ssoSessions, directory, ssoRole: ssoRoleSource({ network, clock, random, keeper, limiters, findSession }) };
}

function tokenStores(parts: SsoParts) {
  const shared = sharedTokenStore({ dir: parts.paths.ssoCacheDir, clock: parts.surroundings.clock });
  const vault = vaultTokenStore(parts.secretStore);
  return async (session: SsoSession) => (parts.modeOf(session.id) === 'vault' ? vault : shared);
}

/** Of one in vault mode by the book, for whose token the keyring would have to be opened: nobody but us signs in there. */
function signInsOf({ modeOf }: SsoParts, keeper: TokenKeeper, authorizations: Authorizations) {
  return async (session: SsoSession): Promise<TokenMark | undefined> => {
    if (modeOf(session.id) === 'vault') {
      return authorizations.latest(session.id);
    }
    const token = await keeper.read(session);
    return token === undefined ? undefined : markOf(token);
  };
}

/** Every role of an Identity Center that anything here knows of. */
async function rolesOf(
  session: SsoSession,
  directory: Directories,
  readProfiles: () => Promise<AwsProfiles>,
): Promise<readonly { readonly accountId: string; readonly roleName: string }[]> {
  const { accounts } = await directory.kept(session.id);
  const listed = accounts.flatMap(({ accountId, roles }) => roles.map((roleName) => ({ accountId, roleName })));
  const { profiles } = await readProfiles();
  const used = profiles
    .filter((profile) => (profile.ssoSession ?? profile.startUrl) === session.cacheKey)
    .flatMap(({ accountId, roleName }) =>
      isAccountId(accountId) && roleName !== undefined ? [{ accountId, roleName }] : [],
    );
  return [...listed, ...used];
}
