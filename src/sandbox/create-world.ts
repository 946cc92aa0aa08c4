import { systemClock } from '../core/model/clock.ts';
import { demoOrganization } from './demo-organization.ts';
import { FaultBoard } from './faults/fault-board.ts';
import { TokenBuckets } from './faults/token-buckets.ts';
import { decodeBase32 } from './mfa/base32.ts';
import { MfaDevices } from './mfa/mfa-devices.ts';
import { Phone } from './mfa/phone.ts';
import { ObjectStore } from './s3/object-store.ts';
import type { SandboxOptions } from './sandbox.ts';
import { ConsoleSessions } from './state/console-sessions.ts';
import { CredentialStore } from './state/credential-store.ts';
import { Directory, type UserState } from './state/directory.ts';
import { systemRandom } from './state/identifiers.ts';
import { LoginSessions } from './state/login-sessions.ts';
import { SignIns } from './state/sign-ins.ts';
import { SsoTokens } from './state/sso-tokens.ts';
import { WebIdentityIssuer } from './state/web-identity-issuer.ts';
import type { SandboxSettings, World } from './world.ts';

const DEFAULT_SETTINGS: SandboxSettings = {
  deviceIntervalSeconds: 1,
  accessTokenSeconds: 3600,
  rotateRefreshTokens: false,
  accessKeyDelayMs: 0,
  roleSeconds: undefined,
  portalPageSize: 100,
};

/** Builds the state of a sandbox from its options. */
export function createWorld(options: SandboxOptions): World {
  const clock = options.clock ?? systemClock({ keepAlive: false });
  const random = options.random ?? systemRandom;
  const faults = new FaultBoard();
  faults.latencyMs = options.latencyMs ?? 0;
  faults.rateLimitPerSecond = options.rateLimitPerSecond;
  for (const rule of options.faults ?? []) {
    faults.add(rule);
  }
  const now = (): Date => new Date(clock.now().getTime() + faults.clockSkewMs);
  const world: World = {
    clock,
    random,
    faults,
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    portalLimits: new TokenBuckets(),
    directory: new Directory(options.organization ?? demoOrganization()),
    credentials: new CredentialStore(random, now),
    ssoTokens: new SsoTokens(random),
    signIns: new SignIns(random, now),
    mfaDevices: new MfaDevices(),
    phone: new Phone(),
    consoles: new ConsoleSessions(random),
    logins: new LoginSessions(random),
    webIdentity: new WebIdentityIssuer(),
    objects: new ObjectStore(),
    baseUrl: '',
    now,
  };
  for (const user of world.directory.iamUsers()) {
    seedUser(world, user);
  }
  return world;
}

/** Gives a user the keys and devices it has from the start; the devices are on the phone too. */
function seedUser(world: World, user: UserState): void {
  const longAgo = new Date(0);
  for (const { accessKeyId, secretAccessKey, createdAt } of user.accessKeys) {
    world.credentials.addAccessKey({
      kind: 'long-term',
      accessKeyId,
      secretAccessKey,
      user,
      createdAt: createdAt ?? user.createdAt ?? longAgo,
      usableFrom: longAgo,
      status: 'Active',
    });
  }
  for (const { deviceName, base32Seed } of user.mfaDevices ?? []) {
    const seed = decodeBase32(base32Seed);
    if (seed === undefined) {
      throw new TypeError(`The seed of the MFA device ${deviceName} is not Base32.`);
    }
    const serialNumber = `arn:${user.partition}:iam::${user.accountId}:mfa/${deviceName}`;
    const device = world.mfaDevices.add({ serialNumber, accountId: user.accountId, deviceName, seed });
    device.userArn = user.arn;
    device.enabledAt = user.createdAt ?? longAgo;
    world.phone.scan(base32Seed, `${deviceName}@${user.accountId}`);
  }
}
