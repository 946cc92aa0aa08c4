/** Names, ids and keys of the demo organization. The keys open nothing but the sandbox. */
export const DEMO = {
  startUrl: 'https://rolecall-demo.awsapps.com/start',
  region: 'ap-northeast-1',
  /** The person the sign-in pages offer first. */
  portalUser: 'mika.tanaka',
  accounts: {
    sharedServices: '518273640991',
    production: '620184739255',
    staging: '731905284436',
    development: '842016395547',
    logArchive: '033812745609',
    /** Its name is legal for AWS and hostile to shells, INI files and web pages. */
    hostile: '508672951103',
  },
  /** A role that the administrators of the development account may assume: Identity Center credentials first, then this. */
  chainedFromPortalRole: 'arn:aws:iam::518273640991:role/deploy',
  /** The side without Identity Center: users in one account, roles in two others. */
  iam: {
    membersAccount: '619283746501',
    clientProduction: '730394857612',
    clientStaging: '841405968723',
    adminRole: 'arn:aws:iam::730394857612:role/admin-role',
    readOnlyRole: 'arn:aws:iam::730394857612:role/readonly-role',
    stagingAdminRole: 'arn:aws:iam::841405968723:role/admin-role',
    /** Asks for an external id beside MFA. */
    vendorRole: 'arn:aws:iam::841405968723:role/vendor-role',
    vendorExternalId: 'minato-2026',
    /** Trusts `readonly-role` of the other account: the second link of a chain. */
    auditRole: 'arn:aws:iam::841405968723:role/chained-audit',
    /** Trusts web identity tokens of the subject `repo:minato/shop`. */
    ciRole: 'arn:aws:iam::841405968723:role/ci-deploy',
    ciSubject: 'repo:minato/shop',
  },
  users: {
    /** May call GetSessionToken, so one code opens every role for twelve hours. */
    assumeOnly: {
      userName: 'assume-only',
      accessKeyId: 'AKIADEMOASSUMEONLY22',
      secretAccessKey: 'demoOnly/NotASecret/assumeOnly+000000001',
      mfaSerial: 'arn:aws:iam::619283746501:mfa/assume-only',
      base32Seed: 'ONQW4ZDCN54C2ZDFNVXS2YLTON2W2ZJNN5XGY6JNGAYDAMBQGAYDAMBQGAYDAMBQ',
    },
    /** Its deny statement lacks `sts:GetSessionToken` among its exceptions: every AssumeRole needs a code of its own. */
    strictUser: {
      userName: 'strict-user',
      accessKeyId: 'AKIADEMOSTRICTUSER22',
      secretAccessKey: 'demoOnly/NotASecret/strictUser+000000002',
      mfaSerial: 'arn:aws:iam::619283746501:mfa/strict-user',
      base32Seed: 'ONQW4ZDCN54C2ZDFNVXS243UOJUWG5BNOVZWK4RNGAYDAMBQGAYDAMBQGAYDAMBR',
    },
    /** Has an access key and no MFA device yet: the start of the guide. */
    newMember: {
      userName: 'new.member',
      accessKeyId: 'AKIADEMONEWMEMBER222',
      secretAccessKey: 'demoOnly/NotASecret/newMember+0000000003',
      mfaSerial: 'arn:aws:iam::619283746501:mfa/new.member',
    },
  },
} as const;
