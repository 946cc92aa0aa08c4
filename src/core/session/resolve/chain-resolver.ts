import {
  isTemporary,
  type LongTermKey,
  type SigningCredentials,
  type TemporaryCredentials,
} from '../../model/credentials.ts';
import { CHAINED_MAX_SECONDS } from '../../aws/sts.ts';
import { CredentialsExpiredError, NotAuthorizedError } from '../../aws/sts-errors.ts';
import type { RoleTarget } from '../../../shared/role-target.ts';
import { MFA_SESSION_SECONDS, type MfaRoles } from '../mfa/assume-with-mfa.ts';
import type { CodeNeed } from '../mfa/token-codes.ts';
import type { CallContext } from '../ports.ts';
import type { ChainPlan, MfaOfProfile } from './chain-plan.ts';
import { fetchSource, readSourceKey, type ChainSourcePorts, type SourceKey } from './chain-source.ts';
import { WANTED_LEFT_MS, type CredentialCache } from './credential-cache.ts';
import { BadCredentialsError, NoSessionForKeyError } from './errors.ts';
import { planIdentity, ssoSessionOf, type HopIdentity } from './plan-identity.ts';
import { defaultSessionName } from './role-session-name.ts';
import { stsCalls } from './sts-calls.ts';
import { partitionOfKey, regionsOfEnvironment, stsRegion } from './sts-region.ts';

/** What chains are walked with. */
export interface ChainResolverPorts {
  readonly sources: ChainSourcePorts;
  readonly mfaRoles: MfaRoles;
  readonly cache: CredentialCache;
}

/** One walk: the plan, for whom, and what was read before it began. */
interface Walk {
  readonly plan: ChainPlan;
  readonly target: RoleTarget;
  readonly key: SourceKey;
  readonly hops: readonly HopIdentity[];
}

/** How one step is asked for. */
interface Asked {
  readonly context: CallContext;
  readonly fresh: boolean;
  /** The step's outcome is what the target gets, not a step on the way. */
  readonly isLast: boolean;
}

/**
 * Walks chain plans: the source, then one AssumeRole after another. Each step's outcome is cached by itself, so two profiles that share
 * a beginning share its credentials.
 */
export class ChainResolver {
  readonly #ports: ChainResolverPorts;

  constructor(ports: ChainResolverPorts) {
    this.#ports = ports;
  }

  /** Throws what the plan's steps throw. Never hands out a long-term key. */
  async resolve(
    plan: ChainPlan,
    target: RoleTarget,
    context: CallContext,
    fresh: boolean,
  ): Promise<TemporaryCredentials> {
    const { sources } = this.#ports;
    const walk = { plan, target, key: await readSourceKey(sources, plan.source), hops: hopsOf(plan, sources.env) };
    const asked = { context, fresh, isLast: true };
    const credentials =
      walk.hops.length > 0 ? await this.#role(walk, walk.hops.length, asked) : await this.#source(walk, asked);
    return isTemporary(credentials) ? credentials : this.#ownSession(walk, credentials, asked);
  }

  async #source(walk: Walk, asked: Asked): Promise<SigningCredentials> {
    const { sources, cache } = this.#ports;
    const { source } = walk.plan;
    if (source.kind === 'static-key') {
      if (walk.key.credentials === undefined) {
        throw new BadCredentialsError(`the profile ${source.profile}`, 'there is no key');
      }
      return walk.key.credentials;
    }
    return cache.get(this.#cacheKey(walk, 0, asked), cacheOptions(walk, asked), (shared) =>
      fetchSource(sources, source, shared),
    );
  }

  #role(walk: Walk, count: number, asked: Asked): Promise<SigningCredentials> {
    return this.#ports.cache.get(this.#cacheKey(walk, count, asked), cacheOptions(walk, asked), (signal, callers) =>
      this.#assume(walk, count, { ...asked.context, signal, callers }),
    );
  }

  async #assume(walk: Walk, count: number, context: CallContext): Promise<TemporaryCredentials> {
    const step = walk.hops[count - 1];
    if (step === undefined) {
      throw new RangeError('There is no such hop.');
    }
    const source = await this.#before(walk, count, { context, fresh: false, isLast: false });
    try {
      return await this.#assumeFrom(source, walk, step, context);
    } catch (error) {
      if (!(error instanceof CredentialsExpiredError) || !isTemporary(source)) {
        throw error;
      }
      // Of credentials that do not say when they end, only AWS knows that they have.
      const fresh = await this.#before(walk, count, { context, fresh: true, isLast: false });
      if (fresh === source) {
        throw error;
      }
      return this.#assumeFrom(fresh, walk, step, context);
    }
  }

  /** What the hop number `count` is assumed with. */
  #before(walk: Walk, count: number, asked: Asked): Promise<SigningCredentials> {
    return count === 1 ? this.#source(walk, asked) : this.#role(walk, count - 1, asked);
  }

  async #assumeFrom(
    source: SigningCredentials,
    walk: Walk,
    step: HopIdentity,
    context: CallContext,
  ): Promise<TemporaryCredentials> {
    const { hop, roleSessionName, region } = step;
    const { sources, mfaRoles } = this.#ports;
    const sts = stsCalls(sources, region);
    const input = {
      roleArn: hop.role.arn,
      roleSessionName,
      externalId: hop.externalId,
      durationSeconds: allowedDuration(hop.durationSeconds, isTemporary(source)),
    };
    if (hop.mfa === undefined) {
      return sts.assumeRole(source, input, context.signal);
    }
    const need = codeNeed(walk.target, hop.mfa, `${hop.role.roleName} (${hop.role.accountId})`, hop.role.accountId);
    return isTemporary(source)
      ? mfaRoles.assumeFromSession(source, { input, need, sts }, context)
      : mfaRoles.assume({ key: source, input, need, sts }, context);
  }

  /** A session in place of the key itself, which never leaves. */
  async #ownSession(walk: Walk, key: LongTermKey, asked: Asked): Promise<TemporaryCredentials> {
    const { sources, cache } = this.#ports;
    const { plan, target } = walk;
    const profile = plan.profile ?? '';
    const wishes = [plan.region, ...regionsOfEnvironment(sources.env)];
    const region = stsRegion(plan.userPartition ?? partitionOfKey(plan.mfa?.mfaSerial, wishes), wishes);
    const sts = stsCalls(sources, region);
    const start = (context: CallContext): Promise<TemporaryCredentials> => {
      if (plan.mfa === undefined) {
        return sts.getSessionToken(key, { durationSeconds: MFA_SESSION_SECONDS }, context.signal);
      }
      const need = codeNeed(target, plan.mfa, profile, undefined);
      return this.#ports.mfaRoles.session({ key, need, sts }, WANTED_LEFT_MS, context);
    };
    const base = this.#cacheKey(walk, 0, asked);
    const identity = JSON.stringify(['own session', base.identity, key.accessKeyId, plan.mfa ?? null, region]);
    try {
      const session = await cache.get({ ...base, identity }, cacheOptions(walk, asked), (signal, callers) =>
        start({ ...asked.context, signal, callers }),
      );
      return requireTemporary(session);
    } catch (error) {
      throw error instanceof NotAuthorizedError ? new NoSessionForKeyError(profile, error) : error;
    }
  }

  #cacheKey(walk: Walk, count: number, asked: Asked) {
    return {
      identity: planIdentity(walk.plan.source, walk.key.mark, walk.hops.slice(0, count)),
      target: asked.isLast ? walk.target : undefined,
      ssoSession: ssoSessionOf(walk.plan),
    };
  }
}

function cacheOptions({ target }: Walk, { context, fresh }: Asked) {
  const { asker, callers, signal } = context;
  return { signal, fresh, caller: { asker, target, callers } };
}

function hopsOf(plan: ChainPlan, env: Readonly<Record<string, string | undefined>>): readonly HopIdentity[] {
  return plan.hops.map((hop) => ({
    hop,
    roleSessionName: hop.roleSessionName ?? defaultSessionName(env),
    region: stsRegion(hop.role.partition, [hop.region, plan.region, ...regionsOfEnvironment(env)]),
  }));
}

/** AWS refuses more than an hour where a role or session assumes the role, so no more is asked for there. */
function allowedDuration(wishedSeconds: number | undefined, isChained: boolean): number | undefined {
  return isChained && wishedSeconds !== undefined ? Math.min(wishedSeconds, CHAINED_MAX_SECONDS) : wishedSeconds;
}

function codeNeed(target: RoleTarget, mfa: MfaOfProfile, title: string, accountId: string | undefined): CodeNeed {
  return { ...mfa, target, title, accountId };
}

function requireTemporary(credentials: SigningCredentials): TemporaryCredentials {
  if (!isTemporary(credentials)) {
    throw new BadCredentialsError('AWS', 'they do not end by themselves');
  }
  return credentials;
}
