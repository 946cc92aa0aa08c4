import type { GuideDocumentId } from './guide-documents.ts';
import type { GuideFacts } from './guide-facts.ts';

/** For whom the guide is, and by which way they reach AWS. */
export const GUIDE_SIDES = ['admin-iam', 'member-iam', 'admin-identity-center', 'member-identity-center'] as const;
export type GuideSide = (typeof GUIDE_SIDES)[number];

/** What the app can do for the reader at a step. */
export type GuideAction =
  | 'add-key'
  | 'enrol-device'
  | 'write-profiles'
  | 'assume-role'
  | 'protect-profile'
  | 'check-setup'
  | 'add-sso-session'
  | 'sign-in'
  | 'sync-profiles';

/** A page to open. */
export interface GuideLink {
  readonly label: string;
  readonly url: string;
}

/** One step, filled in. Paragraphs are plain text. */
export interface GuideStep {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly documents: readonly GuideDocumentId[];
  readonly links: readonly GuideLink[];
  readonly action: GuideAction | undefined;
}

/** The steps of one side, in order, with the reader's own names in them. */
export function guideSteps(side: GuideSide, facts: GuideFacts): readonly GuideStep[] {
  return STEPS[side](facts);
}

const STEPS: Readonly<Record<GuideSide, (facts: GuideFacts) => readonly GuideStep[]>> = {
  'admin-iam': adminIam,
  'member-iam': memberIam,
  'admin-identity-center': adminIdentityCenter,
  'member-identity-center': memberIdentityCenter,
};

function step(id: string, title: string, paragraphs: readonly string[], more: Partial<GuideStep> = {}): GuideStep {
  return { id, title, paragraphs, documents: [], links: [], action: undefined, ...more };
}

function adminIam(facts: GuideFacts): readonly GuideStep[] {
  const { homeAccountId, workAccountId, userName, roleName } = facts;
  return [
    step(
      'create-user',
      'Create the user',
      [
        `In account ${homeAccountId}, create the IAM user ${userName} without console access. It may do one thing: assume the role ${roleName} in account ${workAccountId}, with MFA.`,
        'One person, one user. The user gets no group and no AWS managed policy.',
      ],
      { documents: ['user'], links: [iam(facts, 'Users', '/users')] },
    ),
    step(
      'allow-assume-role',
      'Allow it to assume the role',
      ['The condition on aws:MultiFactorAuthPresent makes a stolen access key useless without the device.'],
      { documents: ['allow-assume-role'], links: [iam(facts, 'Policies', '/policies')] },
    ),
    step(
      'manage-own-mfa',
      'Let it care for its own MFA device',
      [
        'The user enrols a device by itself, and needs MFA to take it off again. Everything else is denied without MFA.',
        'sts:GetSessionToken stands in NotAction on purpose: AWS judges that call before the code in it counts. Without it the deny would refuse the very call that proves MFA, and a code would be asked for with each role instead of once in twelve hours.',
        'iam:DeleteVirtualMFADevice is harmless without MFA: AWS deletes only devices that no user has.',
      ],
      { documents: ['manage-own-mfa'], links: [iam(facts, 'Policies', '/policies')] },
    ),
    step(
      'rotate-own-key',
      'Let it rotate its own access key',
      ['Optional. With it, the member changes the key in one click, and nobody has to send a new one around.'],
      { documents: ['rotate-own-key'] },
    ),
    step(
      'create-role',
      'Create the role in the work account',
      [
        `In account ${workAccountId}, create the role ${roleName}. Its trust policy names the user ${userName} of account ${homeAccountId} and wants MFA.`,
        'The templates begin with ReadOnlyAccess; attach what the work needs.',
      ],
      { documents: ['role'], links: [iam(facts, 'Roles', '/roles')] },
    ),
    step('hand-over', 'Hand over', [
      `Create an access key for ${userName} and give it to its person by a way that keeps it secret, with the role's ARN: ${roleArn(facts)}.`,
      'The person follows "Member, IAM side": key into Rolecall, device, profile, first role.',
    ]),
    step(
      'check',
      'Check it',
      ['With the key in a profile, Rolecall tries for real what the key alone can do, and whether the role wants MFA.'],
      { action: 'check-setup' },
    ),
  ];
}

function memberIam(facts: GuideFacts): readonly GuideStep[] {
  const { userName, roleName, workAccountId } = facts;
  return [
    step(
      'add-key',
      'Put in the access key',
      [
        `Paste the access key of the user ${userName}. It goes straight into the secret store of this machine, never into a file.`,
      ],
      { action: 'add-key' },
    ),
    step(
      'enrol-device',
      'Enrol your MFA device',
      [
        'Rolecall creates a virtual device and shows a QR code. Scan it with an authenticator app on your phone, then type two codes in a row.',
        'Rolecall can keep the seed too and fill in codes for you. That is comfortable, but then this machine holds both factors: choose it only if that is acceptable to you.',
      ],
      { action: 'enrol-device' },
    ),
    step(
      'write-profiles',
      'Write the role profile',
      [`A profile for ${roleName} in account ${workAccountId}, as the AWS CLI and every SDK understand it.`],
      { action: 'write-profiles' },
    ),
    step(
      'assume-role',
      'Use the role',
      [
        'Open its console, or copy its credentials. A code is asked for once; where your user may start a session, the next twelve hours ask for none.',
      ],
      { action: 'assume-role' },
    ),
    step(
      'protect',
      'Let every program use it',
      [
        'Terraform and most SDKs cannot ask for a code. A protected profile gets its credentials through Rolecall, which asks for them.',
      ],
      { action: 'protect-profile' },
    ),
    step('check', 'Check it', ['Rolecall tries for real what a thief could do with your key alone.'], {
      action: 'check-setup',
    }),
  ];
}

function adminIdentityCenter(facts: GuideFacts): readonly GuideStep[] {
  const { userName, permissionSetName, workAccountId } = facts;
  return [
    step(
      'organization',
      'Create the organization',
      ['In the account that pays, create an organization with all features. That account manages; nobody works in it.'],
      { links: [page(facts, 'AWS Organizations', 'organizations/v2/home')] },
    ),
    step(
      'accounts',
      'Add accounts',
      [
        'Create an account for each kind of work, or invite those there are. Each new one needs an e-mail address of its own.',
      ],
      { links: [page(facts, 'Accounts', 'organizations/v2/home/accounts')] },
    ),
    step(
      'identity-center',
      'Enable IAM Identity Center',
      [
        `Enable it in the region your people are nearest to: it can be changed only by starting over. ${facts.region} is what this guide uses.`,
        'Note the AWS access portal URL on its settings page: that is the start URL everyone needs.',
      ],
      { links: [identityCenter(facts, 'IAM Identity Center', 'home')] },
    ),
    step('users', 'Add people', [`Add ${userName} as a user, or connect the directory you have.`], {
      links: [identityCenter(facts, 'Users', 'users')],
    }),
    step(
      'mfa',
      'Require MFA',
      [
        'Under Settings, Authentication, choose "Every time they sign in" and "Require them to register an MFA device at sign in". Security keys are the safest kind.',
      ],
      { links: [identityCenter(facts, 'Settings', 'settings')] },
    ),
    step(
      'permission-set',
      'Create a permission set',
      [
        `A permission set becomes a role in each account it is assigned in. ${permissionSetName} begins with ReadOnlyAccess and lasts one hour at a time.`,
      ],
      { documents: ['permission-set'], links: [identityCenter(facts, 'Permission sets', 'permission-sets')] },
    ),
    step('assign', 'Assign it', [`Assign ${permissionSetName} to ${userName} in account ${workAccountId}.`], {
      links: [identityCenter(facts, 'AWS accounts', 'accounts')],
    }),
    step('hand-over', 'Hand over', [
      `Tell your people the start URL (${facts.startUrl}) and the region (${facts.region}). There is no secret to hand over.`,
    ]),
  ];
}

function memberIdentityCenter(facts: GuideFacts): readonly GuideStep[] {
  return [
    step('add-sso-session', 'Add your Identity Center', [`Paste the start URL, such as ${facts.startUrl}.`], {
      action: 'add-sso-session',
    }),
    step('sign-in', 'Sign in', ['Your browser opens AWS. After it, the AWS CLI and the SDKs are signed in too.'], {
      action: 'sign-in',
    }),
    step(
      'profiles',
      'Write profiles',
      ['A profile for each account and role, so that --profile works in every tool.'],
      { action: 'sync-profiles' },
    ),
  ];
}

function roleArn(facts: GuideFacts): string {
  return `arn:${facts.partition.id}:iam::${facts.workAccountId}:role/${facts.roleName}`;
}

function page(facts: GuideFacts, label: string, path: string): GuideLink {
  return { label, url: `https://${facts.partition.consoleHost}/${path}` };
}

function iam(facts: GuideFacts, label: string, hash: string): GuideLink {
  return page(facts, label, `iam/home#${hash}`);
}

function identityCenter(facts: GuideFacts, label: string, section: string): GuideLink {
  return { label, url: `https://${facts.partition.consoleHost}/singlesignon/home?region=${facts.region}#!/${section}` };
}
