import type { AccountEntry } from './access-entry.ts';

/** A role that was found, named by its place among its account's roles. */
export interface FoundRole {
  readonly account: AccountEntry;
  readonly roleAt: number;
}

/**
 * The best of the roles that are added, up to a limit. Scores are few, so roles are kept by score instead of sorted, and of one score
 * no more than the limit: of the thousands that one letter finds, hundreds are made.
 */
export class BestRoles {
  readonly #limit: number;
  readonly #byScore = new Map<number, FoundRole[]>();
  #total = 0;
  /** The score that was added last, which is mostly the next one's too. */
  #lastScore = Number.NaN;
  #equals: FoundRole[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many were added. */
  get total(): number {
    return this.#total;
  }

  add(account: AccountEntry, roleAt: number, score: number): void {
    this.#total += 1;
    const rounded = Math.round(score * 16);
    if (rounded !== this.#lastScore) {
      this.#lastScore = rounded;
      this.#equals = this.#ofScore(rounded);
    }
    if (this.#equals.length < this.#limit) {
      this.#equals.push({ account, roleAt });
    }
  }

  #ofScore(rounded: number): FoundRole[] {
    const known = this.#byScore.get(rounded) ?? [];
    this.#byScore.set(rounded, known);
    return known;
  }

  /** Best first; equals in the order in which they were added. */
  roles(): readonly FoundRole[] {
    const best = [...this.#byScore].sort(([one], [other]) => other - one).flatMap(([, roles]) => roles);
    return best.slice(0, this.#limit);
  }
}
