import type { PartitionId } from '../../core/model/partition.ts';
import type { Account, IamUser, IdentityCenter, NamedPolicy, Organization, PortalUser, Role } from '../organization.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import { permissionSetSuffix, uniqueIdOf } from './identifiers.ts';

/** An IAM user as it is now. */
export interface UserState extends IamUser {
  readonly accountId: string;
  readonly partition: PartitionId;
  readonly arn: string;
  readonly userId: string;
}

/** A role that credentials can be issued for. */
export interface RoleState {
  readonly accountId: string;
  readonly partition: PartitionId;
  readonly roleName: string;
  readonly arn: string;
  readonly roleId: string;
  readonly policies: readonly NamedPolicy[];
  readonly maxSessionSeconds: number;
  /** Absent for the roles of permission sets, which only Identity Center assumes. */
  readonly trustPolicy?: PolicyDocument;
}

const DEFAULT_MAX_SESSION_SECONDS = 3600;

/** Accounts, users, roles and assignments: the organization as it is now. */
export class Directory {
  readonly identityCenters: readonly IdentityCenter[];
  readonly #accounts: Map<string, Account>;
  /** start URL + user name -> account id -> permission set names. */
  readonly #assignments = new Map<string, Map<string, Set<string>>>();

  constructor(organization: Organization) {
    this.identityCenters = organization.identityCenters;
    this.#accounts = new Map(organization.accounts.map((account) => [account.accountId, account]));
    for (const center of organization.identityCenters) {
      for (const user of center.users) {
        for (const assignment of user.assignments) {
          this.assign(center, user.userName, assignment.accountId, assignment.permissionSetName);
        }
      }
    }
  }

  get accounts(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  account(accountId: string): Account | undefined {
    return this.#accounts.get(accountId);
  }

  /** Adds an account, or replaces the one with its id. */
  putAccount(account: Account): void {
    this.#accounts.set(account.accountId, account);
  }

  /** The instance with this start URL, however its end is written (`/start`, `/start/`, `/start#/`). */
  identityCenter(startUrl: string): IdentityCenter | undefined {
    const wanted = normalizeStartUrl(startUrl);
    return this.identityCenters.find((center) =>
      [center.startUrl, ...(center.alsoKnownAs ?? [])].some((known) => normalizeStartUrl(known) === wanted),
    );
  }

  /** The person with this name, or the first one where no name is given. */
  portalUser(center: IdentityCenter, userName?: string): PortalUser | undefined {
    return userName === undefined ? center.users[0] : center.users.find((user) => user.userName === userName);
  }

  assign(center: IdentityCenter, userName: string, accountId: string, permissionSetName: string): void {
    const accounts = this.assignments(center, userName);
    const names = accounts.get(accountId) ?? new Set<string>();
    accounts.set(accountId, names.add(permissionSetName));
  }

  /** Takes one permission set away, or all of the account where none is named. */
  unassign(center: IdentityCenter, userName: string, accountId: string, permissionSetName?: string): void {
    const accounts = this.assignments(center, userName);
    const names = permissionSetName === undefined ? undefined : accounts.get(accountId);
    names?.delete(permissionSetName ?? '');
    if (names === undefined || names.size === 0) {
      accounts.delete(accountId);
    }
  }

  /** account id -> permission set names, in the order of assignment. */
  assignments(center: IdentityCenter, userName: string): Map<string, Set<string>> {
    const key = `${center.startUrl}\n${userName}`;
    const accounts = this.#assignments.get(key) ?? new Map<string, Set<string>>();
    this.#assignments.set(key, accounts);
    return accounts;
  }

  iamUser(accountId: string, userName: string): UserState | undefined {
    const account = this.#accounts.get(accountId);
    const user = account?.users?.find((candidate) => candidate.userName === userName);
    return account === undefined || user === undefined ? undefined : toUserState(account, user);
  }

  iamUsers(): readonly UserState[] {
    return this.accounts.flatMap((account) => (account.users ?? []).map((user) => toUserState(account, user)));
  }

  role(arn: string): RoleState | undefined {
    const account = this.#accounts.get(arn.split(':')[4] ?? '');
    const role = account?.roles?.find((candidate) => account !== undefined && roleArn(account, candidate) === arn);
    return account === undefined || role === undefined ? undefined : toRoleState(account, role);
  }

  /** The role that a permission set is in an account; undefined where either does not exist. */
  permissionSetRole(center: IdentityCenter, accountId: string, permissionSetName: string): RoleState | undefined {
    const account = this.#accounts.get(accountId);
    const set = center.permissionSets.find((candidate) => candidate.permissionSetName === permissionSetName);
    if (account === undefined || set === undefined) {
      return undefined;
    }
    const roleName = `AWSReservedSSO_${permissionSetName}_${permissionSetSuffix(center.startUrl, permissionSetName)}`;
    const partition = account.partition ?? 'aws';
    const arn = `arn:${partition}:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/${center.region}/${roleName}`;
    const roleId = uniqueIdOf('AROA', arn);
    return {
      accountId,
      partition,
      roleName,
      arn,
      roleId,
      policies: set.policies,
      maxSessionSeconds: set.sessionSeconds,
    };
  }
}

function normalizeStartUrl(startUrl: string): string {
  const url = URL.canParse(startUrl) ? new URL(startUrl) : undefined;
  return url === undefined ? startUrl : `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
}

function toUserState(account: Account, user: IamUser): UserState {
  const partition = account.partition ?? 'aws';
  const arn = `arn:${partition}:iam::${account.accountId}:user${user.path ?? '/'}${user.userName}`;
  return { ...user, accountId: account.accountId, partition, arn, userId: uniqueIdOf('AIDA', arn) };
}

function roleArn(account: Account, role: Role): string {
  return `arn:${account.partition ?? 'aws'}:iam::${account.accountId}:role${role.path ?? '/'}${role.roleName}`;
}

function toRoleState(account: Account, role: Role): RoleState {
  const arn = roleArn(account, role);
  return {
    accountId: account.accountId,
    partition: account.partition ?? 'aws',
    roleName: role.roleName,
    arn,
    roleId: uniqueIdOf('AROA', arn),
    policies: role.policies,
    maxSessionSeconds: role.maxSessionSeconds ?? DEFAULT_MAX_SESSION_SECONDS,
    trustPolicy: role.trustPolicy,
  };
}
