import type { PartitionId } from '../../core/model/partition.ts';
import type { PolicyDocument } from '../policy/policy-document.ts';
import type { RoleState, UserState } from './directory.ts';

/** Where a role session came from. It decides how long it may last and whether the console takes a duration. */
export type RoleOrigin = 'identity-center' | 'iam-user' | 'chained' | 'web-identity' | 'login';

/** Who a set of credentials speaks for. */
export type Principal =
  | { readonly kind: 'user'; readonly user: UserState }
  /** GetSessionToken, or `aws login` as an IAM user. */
  | {
      readonly kind: 'user-session';
      readonly user: UserState;
      readonly mfaAuthenticatedAt?: Date;
    }
  | {
      readonly kind: 'role';
      readonly role: RoleState;
      readonly roleSessionName: string;
      readonly origin: RoleOrigin;
      readonly sessionPolicies: readonly PolicyDocument[];
    }
  /** GetFederationToken. */
  | {
      readonly kind: 'federated-user';
      readonly user: UserState;
      readonly federatedName: string;
      readonly sessionPolicies: readonly PolicyDocument[];
    };

/** The ARN that GetCallerIdentity gives. */
export function principalArn(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
    case 'user-session':
      return principal.user.arn;
    case 'role': {
      const { partition, accountId, roleName } = principal.role;
      return `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${principal.roleSessionName}`;
    }
    case 'federated-user':
      return `arn:${principal.user.partition}:sts::${principal.user.accountId}:federated-user/${principal.federatedName}`;
  }
}

/** The unique id that GetCallerIdentity gives. */
export function principalUserId(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
    case 'user-session':
      return principal.user.userId;
    case 'role':
      return `${principal.role.roleId}:${principal.roleSessionName}`;
    case 'federated-user':
      return `${principal.user.accountId}:${principal.federatedName}`;
  }
}

/** The account it belongs to. */
export function principalAccount(principal: Principal): {
  readonly accountId: string;
  readonly partition: PartitionId;
} {
  return principal.kind === 'role' ? principal.role : principal.user;
}
