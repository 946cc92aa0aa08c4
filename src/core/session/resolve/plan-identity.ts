import { createHash } from 'node:crypto';
import type { ChainPlan, ChainSource, RoleHop } from './chain-plan.ts';

/** What of a hop decides its outcome. */
export interface HopIdentity {
  readonly hop: RoleHop;
  readonly roleSessionName: string;
  readonly region: string;
}

/**
 * One text for one outcome of the first `hops.length` hops of a plan: edit a role in the files, and it is another. `keyMark` stands for
 * the key's secret, which may change while its id stays.
 */
export function planIdentity(source: ChainSource, keyMark: string, hops: readonly HopIdentity[]): string {
  return JSON.stringify([
    sourceIdentity(source),
    keyMark,
    hops.map(({ hop, roleSessionName, region }) => [
      hop.role.arn,
      hop.externalId ?? null,
      hop.durationSeconds ?? null,
      hop.mfa?.mfaSerial ?? null,
      hop.mfa?.mfaProcess ?? null,
      roleSessionName,
      region,
    ]),
  ]);
}

/** Stands for a secret in memory without being one. */
export function markOf(...secrets: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(secrets)).digest('base64url');
}

/** The Identity Center that a plan begins at, if any. */
export function ssoSessionOf(plan: ChainPlan): string | undefined {
  return plan.source.kind === 'sso-role' ? plan.source.target.ssoSession : undefined;
}

/** The same source named by two profiles is one, save where the profile itself is what counts. */
function sourceIdentity(source: ChainSource): readonly unknown[] {
  switch (source.kind) {
    case 'static-key':
    case 'stored-key':
      return ['key', source.accessKeyId];
    case 'sso-role': {
      const { ssoSession, accountId, roleName } = source.target;
      return [source.kind, ssoSession, accountId, roleName];
    }
    case 'process':
      return [source.kind, source.profile, source.command];
    case 'web-identity':
      return [source.kind, source.tokenFile, source.role.arn, source.roleSessionName ?? null, source.region ?? null];
    case 'login':
      return [source.kind, source.loginSession, source.region ?? null];
    case 'environment':
    case 'container':
    case 'instance':
      return [source.kind];
  }
}
