import type { SyncRequest } from '../session/profiles/profile-sync.ts';
import type { SyncOptions } from '../session/profiles/sync-options.ts';

/** A sync of profiles as it is asked for: what is undefined is as last time. */
export interface SyncWish {
  readonly ssoSession: string;
  readonly template?: string | undefined;
  /** Account name or id; `*` stands for anything. */
  readonly accounts?: string | undefined;
  readonly roles?: string | undefined;
  readonly region?: string | undefined;
  readonly output?: SyncOptions['output'] | undefined;
}

/** The same as `ProfileSync` takes it. An empty pattern, like `*`, takes all. */
export function syncRequest({ ssoSession, template, accounts, roles, region, output }: SyncWish): SyncRequest {
  return {
    ssoSession,
    options: {
      ...(template === undefined ? {} : { template }),
      ...(accounts === undefined && roles === undefined ? {} : { include: includeOf(accounts, roles) }),
      ...(region === undefined ? {} : { region }),
      ...(output === undefined ? {} : { output }),
    },
  };
}

function includeOf(accounts: string | undefined, roles: string | undefined): SyncOptions['include'] {
  const rule = { account: accounts || '*', role: roles || '*' };
  return rule.account === '*' && rule.role === '*' ? [] : [rule];
}
