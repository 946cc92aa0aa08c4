import { orderAccounts } from '../../../shared/account-order.ts';
import type { AccountState } from '../../../shared/app-state.ts';
import type { PortalAccount } from '../../aws/sso.ts';
import type { KeptAccount } from './kept-directory.ts';

/** What a refresh has found, counted in roles. */
export interface RoleChanges {
  readonly added: number;
  readonly removed: number;
}

/**
 * The rows of a directory while a refresh goes over them. Rows that stay as they were keep their identity, so that screens need not
 * draw them again.
 */
export class DirectoryRows {
  readonly #rows: Map<string, KeptAccount>;
  readonly #sinceMs: number;
  /** Ids in the order of `orderAccounts`, some of them perhaps gone; undefined when accounts came or changed since. */
  #order: readonly string[] | undefined;
  #added = 0;
  #removed = 0;

  /**
   * `sinceMs` is when the refresh began: rows checked later are done. Those checked after `nowMs` were so by a clock that was ahead, and
   * would never be asked for again until it is that late.
   */
  constructor(rows: ReadonlyMap<string, KeptAccount>, sinceMs: number, nowMs: number) {
    this.#rows = new Map(
      Array.from(rows, ([accountId, row]) => [accountId, row.checkedAtMs > nowMs ? { ...row, checkedAtMs: 0 } : row]),
    );
    this.#sinceMs = sinceMs;
  }

  get all(): ReadonlyMap<string, KeptAccount> {
    return this.#rows;
  }

  get changes(): RoleChanges {
    return { added: this.#added, removed: this.#removed };
  }

  get doneCount(): number {
    return Array.from(this.#rows.values()).filter((row) => this.#isDone(row)).length;
  }

  /** Accounts whose roles are still to be asked for: those never seen first, then those not seen for longest. */
  remaining(): readonly string[] {
    const open = Array.from(this.#rows.values()).filter((row) => !this.#isDone(row));
    return open.sort((one, other) => one.checkedAtMs - other.checkedAtMs).map((row) => row.account.accountId);
  }

  /** Takes accounts as the portal lists them; their roles stay as known. */
  addAccounts(accounts: readonly PortalAccount[]): void {
    for (const { accountId, name, email } of accounts) {
      const known = this.#rows.get(accountId);
      if (known === undefined) {
        this.#rows.set(accountId, { account: { accountId, name, email, roles: [], stale: false }, checkedAtMs: 0 });
        this.#order = undefined;
      } else if (known.account.name !== name || known.account.email !== email) {
        this.#rows.set(accountId, { ...known, account: { ...known.account, name, email } });
        this.#order = undefined;
      }
    }
  }

  /** Drops the accounts that a complete list no longer has. */
  keepOnly(accountIds: ReadonlySet<string>): void {
    for (const [accountId, row] of this.#rows) {
      if (!accountIds.has(accountId)) {
        this.#rows.delete(accountId);
        this.#removed += row.account.roles.length;
      }
    }
  }

  /** Takes an account's complete roles. A clock that was set back meanwhile makes them no less new. */
  setRoles(accountId: string, roles: readonly string[], nowMs: number): void {
    const known = this.#rows.get(accountId);
    if (known === undefined) {
      return;
    }
    const unique = [...new Set(roles)].sort();
    const before = new Set(known.account.roles);
    const added = unique.filter((role) => !before.has(role)).length;
    this.#added += added;
    this.#removed += before.size - (unique.length - added);
    const isSame = added === 0 && before.size === unique.length && !known.account.stale;
    const account = isSame ? known.account : { ...known.account, roles: unique, stale: false };
    this.#rows.set(accountId, { account, checkedAtMs: Math.max(nowMs, this.#sinceMs) });
  }

  /** Marks what this refresh did not get to. */
  markOpenStale(): void {
    for (const [accountId, row] of this.#rows) {
      if (!this.#isDone(row) && !row.account.stale) {
        this.#rows.set(accountId, { ...row, account: { ...row.account, stale: true } });
      }
    }
  }

  states(): readonly AccountState[] {
    this.#order ??= orderAccounts(Array.from(this.#rows.values(), (row) => row.account)).map((row) => row.accountId);
    return this.#order.flatMap((accountId) => this.#rows.get(accountId)?.account ?? []);
  }

  #isDone(row: KeptAccount): boolean {
    return row.checkedAtMs >= this.#sinceMs;
  }
}
