import { DEMO } from './demo-facts.ts';
import { demoInstances } from './demo-instances.ts';
import {
  allowAssumeRole,
  managed,
  manageOwnMfa,
  trustAccount,
  trustAccountWithMfa,
  trustRole,
  trustWebIdentity,
} from './demo-policies.ts';
import type {
  Account,
  Assignment,
  IamUser,
  IdentityCenter,
  NamedPolicy,
  Organization,
  PermissionSet,
  Role,
} from './organization.ts';
import { WEB_IDENTITY_ISSUER } from './state/web-identity-issuer.ts';

const HOUR = 3600;
const MAIL = 'minato-works.example';

type Row = readonly [
  accountId: string,
  accountName: string,
  mailbox: string,
  permissionSets: readonly string[],
  buckets: readonly string[],
];

const OPERATORS = ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess'];

/** The accounts of the Identity Center, with what Mika has in each. */
const ACCOUNTS: readonly Row[] = [
  ['214748364801', 'Management', 'aws', ['Billing', 'ReadOnlyAccess', 'SecurityAudit'], ['minato-org-cloudtrail']],
  [DEMO.accounts.production, 'Production', 'aws+prod', OPERATORS, ['minato-prod-assets', 'minato-prod-backups']],
  [DEMO.accounts.staging, 'Staging', 'aws+staging', OPERATORS, ['minato-staging-assets']],
  [
    DEMO.accounts.development,
    'Development',
    'aws+dev',
    [...OPERATORS, 'DatabaseAdministrator'],
    ['minato-dev-assets', 'minato-dev-scratch', 'minato-dev-artifacts'],
  ],
  ['497561840092', 'Sandbox', 'aws+sandbox', ['AdministratorAccess'], ['minato-playground']],
  ['380954126677', 'Security Tooling', 'aws+security', ['SecurityAudit', 'ReadOnlyAccess'], ['minato-guardduty']],
  [DEMO.accounts.logArchive, 'Log Archive', 'aws+logs', ['ReadOnlyAccess', 'SecurityAudit'], ['minato-logs-2026']],
  ['472910385512', 'Network', 'aws+network', ['NetworkAdministrator', 'ReadOnlyAccess'], []],
  [
    DEMO.accounts.sharedServices,
    'Shared Services',
    'aws+shared',
    ['PowerUserAccess', 'ReadOnlyAccess'],
    ['minato-packages'],
  ],
  [
    '953127406658',
    'Data Platform',
    'aws+data',
    ['PowerUserAccess', 'DatabaseAdministrator'],
    ['minato-lake-raw', 'minato-lake-curated'],
  ],
  ['164238517769', 'Analytics', 'aws+analytics', ['ReadOnlyAccess', 'DatabaseAdministrator'], ['minato-reports']],
  ['275349628870', 'Payments Production', 'aws+pay-prod', ['ReadOnlyAccess', 'SecurityAudit'], ['minato-pay-ledger']],
  ['386450739981', 'Payments Staging', 'aws+pay-staging', OPERATORS, ['minato-pay-staging']],
  [
    DEMO.accounts.hostile,
    'R&D "Blue" <b>$(id)</b>; #1]',
    'aws+rnd',
    ['AdministratorAccess', 'ReadOnlyAccess'],
    ['minato-rnd'],
  ],
];

const PERMISSION_SETS: readonly PermissionSet[] = [
  { permissionSetName: 'AdministratorAccess', sessionSeconds: HOUR, policies: [managed('AdministratorAccess')] },
  { permissionSetName: 'PowerUserAccess', sessionSeconds: 4 * HOUR, policies: [managed('PowerUserAccess')] },
  { permissionSetName: 'ReadOnlyAccess', sessionSeconds: 8 * HOUR, policies: [managed('ReadOnlyAccess')] },
  { permissionSetName: 'Billing', sessionSeconds: HOUR, policies: [managed('job-function/Billing')] },
  { permissionSetName: 'SecurityAudit', sessionSeconds: 2 * HOUR, policies: [managed('SecurityAudit')] },
  {
    permissionSetName: 'DatabaseAdministrator',
    sessionSeconds: 2 * HOUR,
    policies: [managed('job-function/DatabaseAdministrator')],
  },
  {
    permissionSetName: 'NetworkAdministrator',
    sessionSeconds: 2 * HOUR,
    policies: [managed('job-function/NetworkAdministrator')],
  },
];

/**
 * The organization of the demo: one Identity Center with 14 accounts, and beside it a members' account whose IAM users may only assume
 * roles of two clients' accounts.
 */
export function demoOrganization(): Organization {
  return {
    identityCenters: [demoIdentityCenter()],
    accounts: [...ACCOUNTS.map(toAccount), ...iamSideAccounts()].map(withInstances),
  };
}

function demoIdentityCenter(): IdentityCenter {
  const all = ACCOUNTS.flatMap(([accountId, , , names]) => names.map((name) => assignment(accountId, name)));
  const readOnly = all.filter(({ permissionSetName }) => permissionSetName === 'ReadOnlyAccess');
  return {
    startUrl: DEMO.startUrl,
    alsoKnownAs: ['https://d-95677a1b2c.awsapps.com/start'],
    region: DEMO.region,
    sessionSeconds: 8 * HOUR,
    permissionSets: PERMISSION_SETS,
    users: [
      { userName: DEMO.portalUser, displayName: 'Mika Tanaka', emailAddress: `mika.tanaka@${MAIL}`, assignments: all },
      { userName: 'sam.okafor', displayName: 'Sam Okafor', emailAddress: `sam.okafor@${MAIL}`, assignments: readOnly },
    ],
  };
}

function assignment(accountId: string, permissionSetName: string): Assignment {
  return { accountId, permissionSetName };
}

function toAccount([accountId, accountName, mailbox, , buckets]: Row): Account {
  return {
    accountId,
    accountName,
    emailAddress: `${mailbox}@${MAIL}`,
    buckets: buckets.map((bucketName, index) => ({
      bucketName,
      createdAt: new Date(Date.UTC(2025, 3 + index, 12, 9, 30)),
    })),
    ...(accountId === DEMO.accounts.sharedServices ? { roles: [deployRole()] } : {}),
  };
}

function withInstances(account: Account): Account {
  const instances = demoInstances(account.accountId);
  return instances.length === 0 ? account : { ...account, instances };
}

function deployRole(): Role {
  const trustPolicy = trustAccount(DEMO.accounts.development);
  return { roleName: 'deploy', trustPolicy, policies: [managed('PowerUserAccess')] };
}

function iamSideAccounts(): readonly Account[] {
  const { membersAccount, clientProduction, clientStaging } = DEMO.iam;
  const mail = 'kitaura-reseller.example';
  const administrator = [managed('AdministratorAccess')];
  return [
    { accountId: membersAccount, accountName: 'Members', emailAddress: `aws+members@${mail}`, users: members() },
    {
      accountId: clientProduction,
      accountName: 'Client Production',
      emailAddress: `aws+client-prod@${mail}`,
      buckets: [{ bucketName: 'client-prod-site', createdAt: new Date('2025-06-03T10:00:00Z') }],
      roles: [
        {
          roleName: 'admin-role',
          trustPolicy: trustAccountWithMfa(membersAccount),
          policies: administrator,
          maxSessionSeconds: 12 * HOUR,
        },
        {
          roleName: 'readonly-role',
          trustPolicy: trustAccountWithMfa(membersAccount),
          policies: [managed('ReadOnlyAccess'), allowChainedAudit()],
        },
      ],
    },
    {
      accountId: clientStaging,
      accountName: 'Client Staging',
      emailAddress: `aws+client-staging@${mail}`,
      buckets: [{ bucketName: 'client-staging-site', createdAt: new Date('2025-06-04T10:00:00Z') }],
      oidcProviders: [WEB_IDENTITY_ISSUER],
      roles: [
        {
          roleName: 'admin-role',
          trustPolicy: trustAccountWithMfa(membersAccount),
          policies: administrator,
          maxSessionSeconds: 12 * HOUR,
        },
        {
          roleName: 'vendor-role',
          trustPolicy: trustAccountWithMfa(membersAccount, {
            StringEquals: { 'sts:ExternalId': DEMO.iam.vendorExternalId },
          }),
          policies: [managed('PowerUserAccess')],
        },
        {
          roleName: 'chained-audit',
          trustPolicy: trustRole(DEMO.iam.readOnlyRole),
          policies: [managed('SecurityAudit')],
          maxSessionSeconds: 12 * HOUR,
        },
        {
          roleName: 'ci-deploy',
          trustPolicy: trustWebIdentity(clientStaging, DEMO.iam.ciSubject),
          policies: [managed('PowerUserAccess')],
        },
      ],
    },
  ];
}

function allowChainedAudit(): NamedPolicy {
  return {
    policyName: 'AllowChainedAudit',
    document: {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: DEMO.iam.auditRole },
    },
  };
}

function members(): readonly IamUser[] {
  const { assumeOnly, strictUser, newMember } = DEMO.users;
  const { adminRole, readOnlyRole, stagingAdminRole, vendorRole } = DEMO.iam;
  const assume = allowAssumeRole([adminRole, readOnlyRole, stagingAdminRole, vendorRole]);
  return [
    {
      userName: assumeOnly.userName,
      createdAt: new Date('2025-02-10T08:00:00Z'),
      policies: [assume, manageOwnMfa({ getSessionToken: true })],
      accessKeys: [{ ...assumeOnly, createdAt: new Date('2025-02-10T08:05:00Z') }],
      mfaDevices: [{ deviceName: assumeOnly.userName, base32Seed: assumeOnly.base32Seed }],
    },
    {
      userName: strictUser.userName,
      createdAt: new Date('2025-08-21T08:00:00Z'),
      policies: [assume, manageOwnMfa({ getSessionToken: false })],
      accessKeys: [{ ...strictUser, createdAt: new Date('2025-08-21T08:05:00Z') }],
      mfaDevices: [{ deviceName: strictUser.userName, base32Seed: strictUser.base32Seed }],
    },
    {
      userName: newMember.userName,
      createdAt: new Date('2026-11-20T08:00:00Z'),
      policies: [assume, manageOwnMfa({ getSessionToken: true })],
      accessKeys: [{ ...newMember, createdAt: new Date('2026-11-20T08:05:00Z') }],
    },
  ];
}
