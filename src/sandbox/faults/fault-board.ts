import { matchesOperation } from '../request-log.ts';
import type { Fault, FaultRule } from './fault.ts';

interface ArmedRule {
  readonly rule: FaultRule;
  left: number;
}

/** The faults in force, settable at any time. */
export class FaultBoard {
  readonly #rules = new Set<ArmedRule>();

  /** Added to the sandbox's clock: seen in the Date header, and by the signature check. */
  clockSkewMs = 0;

  /** Every answer is this late. */
  latencyMs = 0;

  /** The portal's limit per access token; none where undefined. AWS's own is 20 per second. */
  rateLimitPerSecond: number | undefined = undefined;

  /** The Retry-After header of refusals by that limit; none where undefined, as AWS mostly sends none. */
  retryAfter: string | undefined = undefined;

  /** Arms a fault; returns a function that takes it away. */
  add(rule: FaultRule): () => void {
    const armed = { rule, left: rule.times ?? Infinity };
    this.#rules.add(armed);
    return () => this.#rules.delete(armed);
  }

  /** Takes every armed fault away. Skew, latency and limit stay. */
  clear(): void {
    this.#rules.clear();
  }

  /** The faults that befall this request, counted as used. */
  take(service: string, operation: string): readonly Fault[] {
    const hits = [...this.#rules].filter((armed) => matchesOperation(armed.rule.operation, service, operation));
    for (const armed of hits) {
      armed.left -= 1;
      if (armed.left <= 0) {
        this.#rules.delete(armed);
      }
    }
    return hits.map((armed) => armed.rule.fault);
  }
}
