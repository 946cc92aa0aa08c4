import { expect, test } from 'vitest';
import { checkSetup, type Finding } from '../../../../src/core/session/guide/check-setup.ts';
import { guideFacts } from '../../../../src/core/session/guide/guide-facts.ts';
import {
  allowAssumeRolePolicy,
  manageOwnMfaPolicy,
  roleTrustPolicy,
} from '../../../../src/core/session/guide/policies.ts';
import type { Organization } from '../../../../src/sandbox/organization.ts';
import type { PolicyDocument } from '../../../../src/sandbox/policy/policy-document.ts';
import { context } from '../iam-side.ts';
import { startKeySide, type KeySide } from '../key-side.ts';
import { stsPorts } from '../../../../src/core/session/resolve/create-credential-service.ts';

const HOME = '111122223333';
const WORK = '444455556666';
const KEY = { accessKeyId: 'AKIACHECKSETUP222222', secretAccessKey: 'a'.repeat(40) };
const SEED = 'ONQW4ZDCN54C2ZDFNVXS2YLTON2W2ZJNN5XGY6JNGAYDAMBQGAYDAMBQGAYDAMBQ';
const FACTS = guideFacts({ homeAccountId: HOME, workAccountId: WORK, userName: 'alice', roleName: 'admin-role' });

interface World {
  readonly userPolicies: readonly unknown[];
  readonly trust?: unknown;
  readonly hasDevice?: boolean;
}

async function start({ userPolicies, trust = roleTrustPolicy(FACTS), hasDevice = true }: World): Promise<KeySide> {
  const organization: Organization = {
    identityCenters: [],
    accounts: [
      {
        accountId: HOME,
        accountName: 'home',
        emailAddress: 'home@example.com',
        users: [
          {
            userName: 'alice',
            policies: userPolicies.map((document, index) => ({
              policyName: `p${index}`,
              document: document as PolicyDocument,
            })),
            accessKeys: [{ ...KEY, createdAt: new Date('2026-11-01T00:00:00Z') }],
            mfaDevices: hasDevice ? [{ deviceName: 'alice', base32Seed: SEED }] : [],
          },
        ],
      },
      {
        accountId: WORK,
        accountName: 'work',
        emailAddress: 'work@example.com',
        roles: [{ roleName: 'admin-role', trustPolicy: trust as PolicyDocument, policies: [] }],
      },
    ],
  };
  const side = await startKeySide({ sandbox: { organization } });
  await side.setFiles(
    `[profile admin]\nrole_arn = arn:aws:iam::${WORK}:role/admin-role\nmfa_serial = arn:aws:iam::${HOME}:mfa/alice\nsource_profile = alice\n`,
    `[alice]\naws_access_key_id = ${KEY.accessKeyId}\naws_secret_access_key = ${KEY.secretAccessKey}\n`,
  );
  return side;
}

async function check(side: KeySide, profile = 'alice'): Promise<Readonly<Record<string, Finding['verdict']>>> {
  const { network, surroundings } = side.parts;
  const findings = await checkSetup(
    {
      files: side.files,
      keys: side.keys,
      platform: 'linux',
      mfaRoles: side.services.mfaRoles,
      ...stsPorts(side.parts),
      env: surroundings.env,
      awsNow: () => network.serverClock.now(),
    },
    profile,
    context(),
  );
  return Object.fromEntries(findings.map(({ id, verdict }) => [id.split(' ')[0] ?? id, verdict]));
}

test('what the guide has the administrator set up passes, and nobody is asked for a code', async () => {
  const side = await start({ userPolicies: [allowAssumeRolePolicy(FACTS), manageOwnMfaPolicy(FACTS)] });
  expect(await check(side)).toEqual({
    identity: 'good',
    device: 'good',
    'role-needs-mfa': 'good',
    'least-privilege': 'good',
    deactivate: 'good',
    keys: 'good',
    session: 'good',
    'key-age': 'unknown',
    storage: 'warning',
  });
  expect(side.questions).toHaveLength(0);
});

test('a role that lets the key in without MFA is found', async () => {
  const open = {
    ...roleTrustPolicy(FACTS),
    Statement: roleTrustPolicy(FACTS).Statement.map(({ Condition: _gone, ...rest }) => rest),
  };
  const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' } };
  expect(await check(await start({ userPolicies: [allow], trust: open }), 'admin')).toMatchObject({
    'role-needs-mfa': 'bad',
  });
});

test('a user that may do too much with the key alone is found, and nothing was changed by looking', async () => {
  const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:*', Resource: '*' } };
  const side = await start({ userPolicies: [allow] });
  expect(await check(side)).toMatchObject({
    'least-privilege': 'warning',
    deactivate: 'bad',
    keys: 'warning',
    'key-age': 'good',
  });
  expect(await check(side)).toMatchObject({ device: 'good', identity: 'good' });
});

test('a deny without sts:GetSessionToken in NotAction is found', async () => {
  const strict = manageOwnMfaPolicy(FACTS).Statement.map((statement) =>
    statement.NotAction === undefined
      ? statement
      : { ...statement, NotAction: statement.NotAction.filter((action) => action !== 'sts:GetSessionToken') },
  );
  const side = await start({ userPolicies: [{ Version: '2012-10-17', Statement: strict }] });
  expect(await check(side)).toMatchObject({ session: 'warning' });
});

test('a user without a device is found', async () => {
  const side = await start({ userPolicies: [manageOwnMfaPolicy(FACTS)], hasDevice: false });
  expect(await check(side)).toMatchObject({ device: 'bad' });
});

test('a protected key is praised', async () => {
  const side = await start({ userPolicies: [manageOwnMfaPolicy(FACTS)] });
  await side.protection.protect('alice');
  expect(await check(side)).toMatchObject({ storage: 'good' });
});

test('what AWS does not answer is unknown, and the rest is told', async () => {
  const side = await start({ userPolicies: [allowAssumeRolePolicy(FACTS), manageOwnMfaPolicy(FACTS)] });
  side.sandbox.faults.add({ operation: 'iam.ListMFADevices', fault: { kind: 'server-error', status: 503 } });
  expect(await check(side)).toMatchObject({ device: 'unknown', 'role-needs-mfa': 'good' });
});
