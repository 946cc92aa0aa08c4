import type { SignedOperation } from '../http/query-service.ts';
import type { XmlValue } from '../http/xml.ts';
import { requireAllowed } from '../policy/authorize.ts';
import type { UserState } from '../state/directory.ts';
import { principalAccount } from '../state/principal.ts';
import { requireUser } from './iam-call.ts';
import { iamPage } from './iam-page.ts';

const LONG_AGO = new Date('2026-01-15T09:00:00Z');

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const getUser: SignedOperation = (call) => ({ User: userXml(requireUser(call, 'iam:GetUser')) });

/** Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const listUsers: SignedOperation = ({ params, world, now, caller }) => {
  const { accountId, partition } = principalAccount(caller.principal);
  requireAllowed(caller.principal, 'iam:ListUsers', `arn:${partition}:iam::${accountId}:user/`, now);
  const users = world.directory.iamUsers().filter((user) => user.accountId === accountId);
  return iamPage(params, 'Users', users.map(userXml));
};

/** Groups do not exist here. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export const listGroupsForUser: SignedOperation = (call) => {
  requireUser(call, 'iam:ListGroupsForUser');
  return iamPage(call.params, 'Groups', []);
};

/** No account has an alias here. Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html */
export const listAccountAliases: SignedOperation = ({ params, now, caller }) => {
  requireAllowed(caller.principal, 'iam:ListAccountAliases', '*', now);
  return iamPage(params, 'AccountAliases', []);
};

function userXml(user: UserState): XmlValue {
  return {
    Path: user.path ?? '/',
    UserName: user.userName,
    UserId: user.userId,
    Arn: user.arn,
    CreateDate: user.createdAt ?? LONG_AGO,
  };
}
