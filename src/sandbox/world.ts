import type { Clock } from '../core/model/clock.ts';
import type { FaultBoard } from './faults/fault-board.ts';
import type { TokenBuckets } from './faults/token-buckets.ts';
import type { MfaDevices } from './mfa/mfa-devices.ts';
import type { Phone } from './mfa/phone.ts';
import type { ObjectStore } from './s3/object-store.ts';
import type { ConsoleSessions } from './state/console-sessions.ts';
import type { CredentialStore } from './state/credential-store.ts';
import type { Directory } from './state/directory.ts';
import type { RandomBytes } from './state/identifiers.ts';
import type { LoginSessions } from './state/login-sessions.ts';
import type { SignIns } from './state/sign-ins.ts';
import type { SsoTokens } from './state/sso-tokens.ts';
import type { WebIdentityIssuer } from './state/web-identity-issuer.ts';

/** How this AWS behaves, where AWS itself has a choice or differs over time. Changeable while it runs. */
export interface SandboxSettings {
  /** The polling interval that StartDeviceAuthorization gives. */
  deviceIntervalSeconds: number;
  /** How long access tokens of a client with scopes last; without scopes they last as long as the sign-in. */
  accessTokenSeconds: number;
  /** Whether each refresh gives a new refresh token and ends the old one. */
  rotateRefreshTokens: boolean;
  /** How long after CreateAccessKey services still do not know the key. */
  accessKeyDelayMs: number;
  /** How long the portal's credentials last; as the permission set says where absent. */
  roleSeconds: number | undefined;
  /** Rows per page of the portal where the client names no `max_result`. */
  portalPageSize: number;
}

/** All that the services of one sandbox share. */
export interface World {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly settings: SandboxSettings;
  readonly faults: FaultBoard;
  readonly portalLimits: TokenBuckets;
  readonly directory: Directory;
  readonly credentials: CredentialStore;
  readonly ssoTokens: SsoTokens;
  readonly signIns: SignIns;
  readonly mfaDevices: MfaDevices;
  readonly phone: Phone;
  readonly consoles: ConsoleSessions;
  readonly logins: LoginSessions;
  readonly webIdentity: WebIdentityIssuer;
  readonly objects: ObjectStore;
  /** The loopback address, without a final slash. */
  baseUrl: string;
  /** The present by AWS's clock, which the skew fault sets off from ours. */
  now(): Date;
}

/** A moment `seconds` after `from`. */
export function after(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}
