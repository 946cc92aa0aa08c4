import { allowAuthorize, denyAuthorize, readAuthorizeQuery } from './pages/authorize-page.ts';
import { TOTP_STEP_SECONDS, totpCode, totpStep } from './mfa/totp.ts';
import type { Account, IdentityCenter } from './organization.ts';
import type { ConsoleSession } from './state/console-sessions.ts';
import type { AuthorizeRequest, DeviceAuthorization } from './state/sign-ins.ts';
import type { SandboxSettings, World } from './world.ts';

/** A device authorization that waits for its page. */
export interface WaitingDevice {
  readonly userCode: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
}

/** The hand of the test, or of the demo, inside the sandbox. Nothing here goes over HTTP. */
export interface SandboxControl {
  /** How it behaves; change at will. */
  readonly settings: SandboxSettings;
  waitingDevices(): readonly WaitingDevice[];
  /** Clicks "Allow" for a user code, as the first person unless another is named. */
  approveDevice(userCode: string, userName?: string): void;
  denyDevice(userCode: string): void;
  /** Clicks "Allow" on an `/authorize` URL; returns the URL the browser is sent to. */
  approveAuthorize(authorizeUrl: string, userName?: string): string;
  denyAuthorize(authorizeUrl: string): string;
  expireAccessTokens(): void;
  revokeRefreshTokens(): void;
  /** Ends every sign-in, as an administrator who deletes sessions. */
  endPortalSessions(): void;
  expireClientRegistrations(): void;
  /** Ends all temporary credentials that were handed out. */
  expireCredentials(): void;
  /** Ends the sign-ins of `aws login`. */
  endLogins(): void;
  assign(accountId: string, permissionSetName: string, userName?: string): void;
  /** Takes one permission set of an account away from a person, or the account. */
  unassign(accountId: string, permissionSetName?: string, userName?: string): void;
  renameAccount(accountId: string, accountName: string): void;
  putAccount(account: Account): void;
  /** The code that the device with this serial number shows now, or some windows later. */
  currentCode(serialNumber: string, windowsLater?: number): string;
  /** How long the codes of now are shown. */
  secondsToNextCode(): number;
  /** Scans a seed or otpauth URI with the phone. */
  scanWithPhone(text: string): void;
  /** A signed identity token, as a CI system would have. Valid for an hour unless told otherwise. */
  webIdentityToken(subject: string, audience?: string, lifetimeSeconds?: number): string;
  /** Consoles opened so far. */
  consoleSessions(): readonly ConsoleSession[];
}

/** Builds the control of one sandbox. */
export function createControl(world: World): SandboxControl {
  return {
    settings: world.settings,
    ...signInControl(world),
    ...tokenControl(world),
    ...organizationControl(world),
    ...mfaControl(world),
    webIdentityToken: (subject, audience = 'sts.amazonaws.com', lifetimeSeconds = 3600) =>
      world.webIdentity.mint(subject, audience, world.now(), lifetimeSeconds),
    consoleSessions: () => world.consoles.all(),
  };
}

type SignInControl = Pick<
  SandboxControl,
  'waitingDevices' | 'approveDevice' | 'denyDevice' | 'approveAuthorize' | 'denyAuthorize'
>;

function signInControl(world: World): SignInControl {
  const requireDevice = (userCode: string): DeviceAuthorization =>
    required(world.signIns.deviceByUserCode(userCode, world.now()), `a request with the code ${userCode}`);
  const requireRequest = (authorizeUrl: string): AuthorizeRequest => {
    const outcome = readAuthorizeQuery(new URL(authorizeUrl).searchParams, world);
    if (outcome.kind !== 'ask') {
      throw new Error(`The authorize URL is refused: ${outcome.kind === 'refuse' ? outcome.reason : outcome.location}`);
    }
    return outcome.request;
  };
  return {
    waitingDevices: () =>
      world.signIns.waitingDevices(world.now()).map(({ userCode, client }) => ({
        userCode,
        clientName: client.clientName,
        scopes: client.scopes,
      })),
    approveDevice(userCode, userName) {
      const device = requireDevice(userCode);
      device.decision = { kind: 'allowed', userName: requireUserName(world, device.identityCenter, userName) };
    },
    denyDevice(userCode) {
      requireDevice(userCode).decision = { kind: 'denied' };
    },
    approveAuthorize(authorizeUrl, userName) {
      const request = requireRequest(authorizeUrl);
      return allowAuthorize(request, requireUserName(world, request.identityCenter, userName), world);
    },
    denyAuthorize: (authorizeUrl) => denyAuthorize(requireRequest(authorizeUrl)),
  };
}

type TokenControl = Pick<
  SandboxControl,
  | 'expireAccessTokens'
  | 'revokeRefreshTokens'
  | 'endPortalSessions'
  | 'expireClientRegistrations'
  | 'expireCredentials'
  | 'endLogins'
>;

function tokenControl(world: World): TokenControl {
  return {
    expireAccessTokens: () => world.ssoTokens.expireAccessTokens(world.now()),
    revokeRefreshTokens: () => world.ssoTokens.revokeRefreshTokens(),
    endPortalSessions: () => world.ssoTokens.endAllSessions(),
    expireClientRegistrations: () => world.ssoTokens.expireClients(world.now()),
    expireCredentials: () => world.credentials.expireTemporary(world.now()),
    endLogins: () => world.logins.revokeAll(),
  };
}

type OrganizationControl = Pick<SandboxControl, 'assign' | 'unassign' | 'renameAccount' | 'putAccount'>;

function organizationControl(world: World): OrganizationControl {
  const center = (): IdentityCenter => required(world.directory.identityCenters[0], 'an Identity Center');
  return {
    assign: (accountId, permissionSetName, userName) =>
      world.directory.assign(center(), requireUserName(world, center(), userName), accountId, permissionSetName),
    unassign: (accountId, permissionSetName, userName) =>
      world.directory.unassign(center(), requireUserName(world, center(), userName), accountId, permissionSetName),
    renameAccount(accountId, accountName) {
      const account = required(world.directory.account(accountId), `the account ${accountId}`);
      world.directory.putAccount({ ...account, accountName });
    },
    putAccount: (account) => world.directory.putAccount(account),
  };
}

function mfaControl(world: World): Pick<SandboxControl, 'currentCode' | 'secondsToNextCode' | 'scanWithPhone'> {
  return {
    currentCode(serialNumber, windowsLater = 0) {
      const device = required(world.mfaDevices.find(serialNumber), `the MFA device ${serialNumber}`);
      return totpCode(device.seed, totpStep(world.clock.now()) + windowsLater);
    },
    secondsToNextCode: () => TOTP_STEP_SECONDS - (Math.floor(world.clock.now().getTime() / 1000) % TOTP_STEP_SECONDS),
    scanWithPhone(text) {
      required(world.phone.scan(text), 'a setup key or an otpauth:// address in what was scanned');
    },
  };
}

function requireUserName(world: World, center: IdentityCenter, userName: string | undefined): string {
  return required(world.directory.portalUser(center, userName), `the user ${userName ?? '(first)'}`).userName;
}

function required<T>(value: T | undefined, what: string): T {
  if (value === undefined) {
    throw new Error(`The sandbox does not have ${what}.`);
  }
  return value;
}
