import { queryService, type SignedOperation } from '../http/query-service.ts';
import {
  createAccessKey,
  deleteAccessKey,
  getAccessKeyLastUsed,
  listAccessKeys,
  updateAccessKey,
} from './access-keys.ts';
import { refuseForeignSessions } from './iam-call.ts';
import {
  createVirtualMfaDevice,
  deactivateMfaDevice,
  deleteVirtualMfaDevice,
  enableMfaDevice,
  listMfaDevices,
  listVirtualMfaDevices,
  resyncMfaDevice,
} from './mfa-devices.ts';
import {
  getPolicy,
  getPolicyVersion,
  getRole,
  getUserPolicy,
  listAttachedUserPolicies,
  listUserPolicies,
} from './policies.ts';
import { simulatePrincipalPolicy } from './simulate-principal-policy.ts';
import { getUser, listAccountAliases, listGroupsForUser, listUsers } from './users.ts';

const OPERATIONS: Readonly<Record<string, SignedOperation>> = {
  CreateAccessKey: createAccessKey,
  CreateVirtualMFADevice: createVirtualMfaDevice,
  DeactivateMFADevice: deactivateMfaDevice,
  DeleteAccessKey: deleteAccessKey,
  DeleteVirtualMFADevice: deleteVirtualMfaDevice,
  EnableMFADevice: enableMfaDevice,
  GetAccessKeyLastUsed: getAccessKeyLastUsed,
  GetPolicy: getPolicy,
  GetPolicyVersion: getPolicyVersion,
  GetRole: getRole,
  GetUser: getUser,
  GetUserPolicy: getUserPolicy,
  ListAccessKeys: listAccessKeys,
  ListAccountAliases: listAccountAliases,
  ListAttachedUserPolicies: listAttachedUserPolicies,
  ListGroupsForUser: listGroupsForUser,
  ListMFADevices: listMfaDevices,
  ListUserPolicies: listUserPolicies,
  ListUsers: listUsers,
  ListVirtualMFADevices: listVirtualMfaDevices,
  ResyncMFADevice: resyncMfaDevice,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
  UpdateAccessKey: updateAccessKey,
};

/** AWS Identity and Access Management, as far as users look after themselves with it. */
export const iamService = queryService({
  id: 'iam',
  version: '2010-05-08',
  xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  signed: Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, run]): [string, SignedOperation] => [
      name,
      (call) => {
        refuseForeignSessions(call.caller);
        return run(call);
      },
    ]),
  ),
  unsigned: {},
});
