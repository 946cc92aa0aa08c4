import { targetKey, type RoleTarget } from '../../../shared/role-target.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import type { CallContext } from '../ports.ts';
import type { ChainPlan } from './chain-plan.ts';
import { ChainResolver, type ChainResolverPorts } from './chain-resolver.ts';
import { CredentialCache } from './credential-cache.ts';
import { planChain } from './plan-chain.ts';

/** What the service is made of. */
export interface CredentialServiceParts extends Omit<ChainResolverPorts, 'cache'> {
  /** The two files as they are now. */
  readonly readProfiles: () => Promise<AwsProfiles>;
  /** AWS's time. */
  readonly awsNow: () => Date;
  readonly log: (line: string) => void;
}

/**
 * Credentials of any target: the one place that hands them out. The app's `CredentialService`.
 *
 * What is handed out has more than 15 minutes left where AWS allows. All who ask for the same at once wait for one answer, and each may
 * leave by itself.
 */
export class CachedCredentials {
  readonly #parts: CredentialServiceParts;
  readonly #cache: CredentialCache;
  readonly #resolver: ChainResolver;
  readonly #listeners = new Set<() => void>();

  constructor(parts: CredentialServiceParts) {
    this.#parts = parts;
    this.#cache = new CredentialCache({
      awsNow: parts.awsNow,
      log: parts.log,
      onChange: () => this.#listeners.forEach((listener) => listener()),
    });
    this.#resolver = new ChainResolver({ sources: parts.sources, mfaRoles: parts.mfaRoles, cache: this.#cache });
  }

  /**
   * Throws NotFoundError and ProfileBrokenError for a profile that cannot work, SignInNeededError, MfaNeededError, CancelledError, and
   * what AWS refuses. `fresh` renews what still holds.
   */
  async get(
    target: RoleTarget,
    context: CallContext,
    options: { readonly fresh?: boolean } = {},
  ): Promise<TemporaryCredentials> {
    context.signal.throwIfAborted();
    const plan = await this.plan(target);
    // A profile asked for by its id is the profile.
    const known: RoleTarget = plan.profile === undefined ? target : { kind: 'profile', profile: plan.profile };
    return this.#resolver.resolve(plan, known, context, options.fresh ?? false);
  }

  /** How a target gets its credentials, without getting them. Throws as `get` for a profile that cannot work. */
  async plan(target: RoleTarget): Promise<ChainPlan> {
    if (target.kind === 'profile') {
      const profiles = await this.#parts.readProfiles();
      return planChain({ profiles, platform: this.#parts.sources.platform }, target.profile);
    }
    const source = { kind: 'sso-role', profile: undefined, target } as const;
    return { profile: undefined, source, hops: [], region: undefined, mfa: undefined };
  }

  /** What is held now, in no order. A target that was fetched twice is named once, by what ends last. */
  held(): readonly { readonly target: RoleTarget; readonly expiresAt: Date }[] {
    const byEnd = [...this.#cache.held()].sort((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime());
    return [...new Map(byEnd.map((held) => [targetKey(held.target), held])).values()];
  }

  /** The Identity Centers that something held comes from. */
  heldSsoSessions(): readonly string[] {
    return this.#cache.heldSsoSessions();
  }

  forget(target: RoleTarget): void {
    this.#cache.forget(target);
  }

  forgetSsoSession(id: string): void {
    this.#cache.forgetSsoSession(id);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
