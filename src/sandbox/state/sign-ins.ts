import type { IdentityCenter } from '../organization.ts';
import { newOpaqueToken, newUserCode, type RandomBytes } from './identifiers.ts';
import type { ClientRegistration } from './sso-tokens.ts';

/** What a person decided on a sign-in page. */
export type Decision =
  { readonly kind: 'waiting' } | { readonly kind: 'allowed'; readonly userName: string } | { readonly kind: 'denied' };

/** A device authorization (RFC 8628). */
export interface DeviceAuthorization {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly client: ClientRegistration;
  readonly identityCenter: IdentityCenter;
  readonly expiresAt: Date;
  decision: Decision;
  intervalSeconds: number;
  lastPollAt?: Date;
  polls: number;
  used: boolean;
}

/** An authorization request at `/authorize`, waiting for its page's answer. */
export interface AuthorizeRequest {
  readonly requestId: string;
  readonly client: ClientRegistration;
  readonly identityCenter: IdentityCenter;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
}

/** A code that CreateToken takes once. */
export interface AuthorizationCode {
  readonly request: AuthorizeRequest;
  readonly userName: string;
  readonly expiresAt: Date;
}

/** Sign-ins under way. */
export class SignIns {
  readonly #random: RandomBytes;
  readonly #devices = new Map<string, DeviceAuthorization>();
  readonly #requests = new Map<string, AuthorizeRequest>();
  readonly #codes = new Map<string, AuthorizationCode>();

  readonly #now: () => Date;

  constructor(random: RandomBytes, now: () => Date) {
    this.#random = random;
    this.#now = now;
  }

  startDevice(
    start: Pick<DeviceAuthorization, 'client' | 'identityCenter' | 'expiresAt' | 'intervalSeconds'>,
  ): DeviceAuthorization {
    this.#prune();
    const authorization: DeviceAuthorization = {
      ...start,
      deviceCode: newOpaqueToken(this.#random, '', 48),
      userCode: newUserCode(this.#random),
      decision: { kind: 'waiting' },
      polls: 0,
      used: false,
    };
    this.#devices.set(authorization.deviceCode, authorization);
    return authorization;
  }

  deviceByCode(deviceCode: string): DeviceAuthorization | undefined {
    return this.#devices.get(deviceCode);
  }

  /** The device authorization with this user code, as people type it (any case, hyphen or not). */
  deviceByUserCode(userCode: string, now: Date): DeviceAuthorization | undefined {
    const letters = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z]/g, '');
    return this.waitingDevices(now).find((device) => letters(device.userCode) === letters(userCode));
  }

  waitingDevices(now: Date): readonly DeviceAuthorization[] {
    return [...this.#devices.values()].filter(
      (device) => device.expiresAt > now && device.decision.kind === 'waiting' && !device.used,
    );
  }

  startAuthorize(start: Omit<AuthorizeRequest, 'requestId'>): AuthorizeRequest {
    this.#prune();
    const request = { ...start, requestId: newOpaqueToken(this.#random, '', 24) };
    this.#requests.set(request.requestId, request);
    return request;
  }

  /** Takes the request out: a page is answered once. */
  takeAuthorize(requestId: string, now: Date): AuthorizeRequest | undefined {
    const request = this.#requests.get(requestId);
    this.#requests.delete(requestId);
    return request !== undefined && request.expiresAt > now ? request : undefined;
  }

  issueCode(request: AuthorizeRequest, userName: string, expiresAt: Date): string {
    const code = newOpaqueToken(this.#random, '', 90);
    this.#codes.set(code, { request, userName, expiresAt });
    return code;
  }

  /** Takes the code out, valid or not: a code is tried once. */
  takeCode(code: string, now: Date): AuthorizationCode | undefined {
    const issued = this.#codes.get(code);
    this.#codes.delete(code);
    return issued !== undefined && issued.expiresAt > now ? issued : undefined;
  }

  /** Forgets what ended more than a day ago; until then a late poll is still told "expired". */
  #prune(): void {
    const dayAgo = new Date(this.#now().getTime() - 86_400_000);
    const ended = <T extends { readonly expiresAt: Date }>(map: Map<string, T>): void => {
      for (const [key, value] of map) {
        if (value.expiresAt < dayAgo) {
          map.delete(key);
        }
      }
    };
    ended(this.#devices);
    ended(this.#requests);
    ended(this.#codes);
  }
}
