import type { RoleTarget, SsoRoleTarget } from '../../shared/role-target.ts';
import type { CopyFormat } from '../../shared/copy-format.ts';
import type { SecretStoreState, SignInStep, SsoAccess, DirectoryState } from '../../shared/app-state.ts';
import type { FilePreview } from '../../shared/commands.ts';
import type { InstanceList } from '../../shared/instances.ts';
import type { AwsClock } from '../aws/server-clock.ts';
import type { TemporaryCredentials } from '../model/credentials.ts';
import type { Secret } from '../model/secret.ts';
import type { AwsProfiles } from '../model/profile.ts';
import type { CallerIdentity } from '../aws/sts.ts';
import type { DoctorService } from './lazy-doctor.ts';
import type { ToolImport } from '../session/import/tool-import.ts';
import type { ConnectionReport } from '../session/doctor/test-connection.ts';
import type { Finding as SetupCheck } from '../session/guide/check-setup.ts';
import type { NewKey } from '../session/keys/add-key.ts';
import type { KeyRotation } from '../session/keys/rotate-key.ts';
import type { MfaDeviceCare } from '../session/mfa/mfa-devices.ts';
import type { Browsers, CallContext } from '../session/ports.ts';
import type { ProfileEditor } from '../session/profiles/edit-profile.ts';
import type { ProfileSync } from '../session/profiles/profile-sync.ts';
import type { ViewedProfile } from '../session/profiles/profile-view.ts';
import type { SetUpFile } from '../session/profiles/set-up-file.ts';
import type { SessionFacts } from '../session/resolve/session-limit.ts';
import type { UndoLog } from '../session/profiles/undo-log.ts';
import type { VaultMode } from '../session/profiles/vault-mode.ts';
import type { DataFolderCare } from './data-folder.ts';
import type { ProxySignIn } from './network-settings.ts';

/**
 * The use cases of the product as the command line, the app and the broker see them. `createServices` builds them for real;
 * this file only says what there is.
 */
export interface Services {
  readonly ssoSessions: SsoSessions;
  readonly directory: DirectoryService;
  readonly credentials: CredentialService;
  readonly console: ConsoleService;
  readonly instances: InstanceService;
  readonly profiles: ProfilesService;
  readonly protection: ProtectionService;
  readonly members: MemberServices;
  readonly care: CareServices;
  readonly machine: MachineServices;
  readonly secretStore: SecretStoreView;
  readonly browser: Browsers;
  readonly format: FormatCredentials;
  /** What decides how long credentials of a target last. Throws NotFoundError and ProfileBrokenError for a profile that cannot work. */
  readonly sessionFacts: (target: RoleTarget) => Promise<SessionFacts>;
  readonly awsClock: AwsClock;
  /** Where the token of an Identity Center is kept: the AWS CLI's cache, or the secret store. */
  readonly tokenModeOf: (ssoSession: string) => 'shared' | 'vault';
}

/** `~/.aws`. */
export interface ProfilesService {
  readonly paths: { readonly config: string; readonly credentials: string };
  /** As it is now, read anew each time (cached by the files' stamps). */
  read(): Promise<AwsProfiles>;
  /** The names of the profiles in our own block. */
  managed(): Promise<ReadonlySet<string>>;
  /** What each family of tools makes of one. Throws NotFoundError. */
  view(profile: string): Promise<ViewedProfile>;
  /** Calls `listener` soon after one of the files, or a token of an Identity Center, was changed by anybody; returns the function that ends it. */
  watch(listener: () => void): () => void;
}

/** Moving the long-term key of a profile into the secret store, and back. */
export interface ProtectionService {
  /** With `preview` nothing is changed. Throws what the file editor and the secret store throw. */
  protect(profile: string, options: { readonly preview: boolean }): Promise<readonly FilePreview[]>;
  unprotect(profile: string, options: { readonly preview: boolean }): Promise<readonly FilePreview[]>;
}

/** A profile that assumes a role. */
export interface NewRoleProfile {
  readonly profile: string;
  readonly roleArn: string;
  readonly sourceProfile: string;
  readonly mfaSerial: string | undefined;
  readonly region: string | undefined;
}

/** What people with an IAM user need: their key, their devices, the proof that little can be done without them. */
export interface MemberServices {
  /** See `addKey`. */
  addKey(input: NewKey, signal: AbortSignal): Promise<CallerIdentity>;
  addRoleProfile(input: NewRoleProfile, options: { readonly preview: boolean }): Promise<FilePreview>;
  readonly devices: MfaDeviceCare;
  readonly rotation: KeyRotation;
  check(reference: string, context: CallContext): Promise<readonly SetupCheck[]>;
  /** Puts sections that no tool reads where they are read; undefined where there is nothing to mend. */
  mendCredentials(options: { readonly preview: boolean }): Promise<FilePreview | undefined>;
}

/** What keeps profiles, tokens and the machine in order. */
export interface CareServices {
  readonly sync: ProfileSync;
  readonly undoLog: UndoLog;
  readonly editor: ProfileEditor;
  readonly vault: VaultMode;
  readonly setUp: () => Promise<SetUpFile>;
  readonly doctor: DoctorService;
}

/** The network, and our own folder. */
export interface MachineServices {
  /** See `testConnection`. */
  testConnection(signal: AbortSignal): Promise<ConnectionReport>;
  /** Throws BadInputError where no proxy is set, and what the secret store throws. */
  keepProxySignIn(signIn: ProxySignIn): Promise<void>;
  forgetProxySignIn(): Promise<void>;
  readonly dataFolder: DataFolderCare;
  /** Made when it is first needed: nobody imports twice. */
  toolImport(): Promise<ToolImport>;
}

/** What is known of the secret store, and the user's choice of its place. */
export interface SecretStoreView {
  status(): SecretStoreState;
  /** Looks anew, without asking the user anything. Never throws. */
  refresh(): Promise<SecretStoreState>;
  onStatus(listener: (status: SecretStoreState) => void): () => void;
  /** Chooses where secrets are kept; what is there moves along. Throws what the store throws. */
  choose(backend: 'keyring' | 'passphrase' | 'memory', passphrase: Secret | undefined): Promise<void>;
  unlock(passphrase?: Secret): Promise<void>;
  /** Forgets the passphrase until it is given again. */
  lock(): Promise<void>;
}

/** Identity Centers: adding, signing in and out. Ids as in `RoleTarget`. */
export interface SsoSessions {
  detectRegion(startUrl: string, signal: AbortSignal): Promise<string>;
  /** Writes `[sso-session NAME]`. Throws BadInputError, AlreadyExistsError, or what the file editor throws. */
  add(input: {
    readonly name: string;
    readonly startUrl: string;
    readonly region: string;
  }): Promise<{ readonly id: string }>;
  remove(id: string): Promise<void>;
  /** Whole sign-in: resolves when the token is in its place. `onStep` tells where it stands. */
  signIn(
    id: string,
    options: {
      readonly method: 'browser' | 'device';
      readonly onStep: (step: SignInStep) => void;
      readonly openBrowser: boolean;
      readonly onAddress?: (url: Secret) => void;
      /** Shows the address where the browser does not open; without it, that ends a sign-in by browser. */
      readonly onBrowserFailed?: (url: Secret) => void;
    },
    signal: AbortSignal,
  ): Promise<void>;
  /** The address of the sign-in that waits now, to open again. */
  pendingAddress(id: string): Secret | undefined;
  /** How a sign-in was going on when the program last ended, if it can still be finished: `signIn` by that method goes on with it. */
  pendingMethod(id: string): Promise<'browser' | 'device' | undefined>;
  access(id: string): Promise<SsoAccess>;
  /** Renews by refresh token; throws SignInNeededError where that cannot be. */
  renew(id: string, signal: AbortSignal): Promise<void>;
  /** A token with time left, renewed when needed. Throws SignInNeededError. */
  accessToken(id: string, signal: AbortSignal): Promise<Secret>;
  signOut(id: string, signal: AbortSignal): Promise<void>;
  /** Tells of a token that came by another sign-in, not by renewal, in the place of the one before: perhaps another person's. */
  onNewSignIn(listener: (ssoSession: string) => void): () => void;
}

/** Accounts and roles of one Identity Center, kept on disk. */
export interface DirectoryService {
  kept(id: string): Promise<DirectoryState>;
  /** Refreshes; `onChange` gets the whole state after each step (rows keep identity when unchanged). Joins a refresh under way. */
  refresh(id: string, onChange: (state: DirectoryState) => void, signal: AbortSignal): Promise<DirectoryState>;
  /** Whether what is kept was read by the sign-in there is now, as far as that is known. */
  isOfThisSignIn(id: string): Promise<boolean>;
  /** Asks for this account's roles next. */
  focus(id: string, accountId: string): void;
  forget(id: string): Promise<void>;
  /** Stops every refresh; resolves once each has written down how far it came. */
  stop(): Promise<void>;
}

/** Credentials of any target, cached in memory, single flight. */
export interface CredentialService {
  /** More than 15 minutes left where AWS allows. Throws SignInNeededError, MfaNeededError, ... or asks, as `context` allows. */
  get(target: RoleTarget, context: CallContext, options?: { readonly fresh?: boolean }): Promise<TemporaryCredentials>;
  /** What is held now, without asking anybody. */
  held(): readonly { readonly target: RoleTarget; readonly expiresAt: Date }[];
  forget(target: RoleTarget): void;
  forgetSsoSession(id: string): void;
  onChange(listener: () => void): () => void;
}

/** Consoles. */
export interface ConsoleService {
  /** The address to open; signed ones hold 15 minutes. Throws CannotFederateError, UrlRefusedError, ... */
  address(
    target: RoleTarget,
    options: {
      readonly destination?: string | undefined;
      readonly region?: string | undefined;
      readonly via?: 'federation' | 'portal' | 'switch-role' | undefined;
    },
    context: CallContext,
  ): Promise<{ readonly url: Secret; readonly shown: string }>;
}

/** Instances on which a session can be started by Systems Manager. */
export interface InstanceService {
  /** See `listInstances`. */
  list(signer: TemporaryCredentials, region: string, signal: AbortSignal): Promise<InstanceList>;
  /** Opens a terminal in which our command starts a session. See `openTerminal`. */
  connect(target: RoleTarget, where: { readonly region: string; readonly instanceId: string }): Promise<void>;
}

/** Formats credentials as text for a shell or file; pure. */
export type FormatCredentials = (
  credentials: TemporaryCredentials,
  region: string | undefined,
  format: CopyFormat,
) => Secret;

/** Fetches the credentials of a permission set. */
export type SsoRoleSource = (target: SsoRoleTarget, signal: AbortSignal) => Promise<TemporaryCredentials>;
