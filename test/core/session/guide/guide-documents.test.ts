import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import {
  GUIDE_FORMATS,
  guideDocument,
  type GuideDocumentId,
} from '../../../../src/core/session/guide/guide-documents.ts';
import { guideFacts } from '../../../../src/core/session/guide/guide-facts.ts';
import {
  allowAssumeRolePolicy,
  manageOwnMfaPolicy,
  roleTrustPolicy,
  rotateOwnKeyPolicy,
} from '../../../../src/core/session/guide/policies.ts';
import { evaluatePolicies, type Verdict } from '../../../../src/sandbox/policy/evaluate.ts';
import { evaluateTrust } from '../../../../src/sandbox/policy/evaluate-trust.ts';
import { requestContext } from '../../../../src/sandbox/policy/match.ts';
import { parsePolicyDocument, type PolicyDocument } from '../../../../src/sandbox/policy/policy-document.ts';

const HOME = '111122223333';
const WORK = '444455556666';
const FACTS = guideFacts({
  homeAccountId: HOME,
  workAccountId: WORK,
  userName: 'alice',
  roleName: 'admin-role',
  permissionSetName: 'ReadOnly',
  startUrl: 'https://corp.awsapps.com/start',
});
const ROLE = `arn:aws:iam::${WORK}:role/admin-role`;
const ALICE = `arn:aws:iam::${HOME}:user/alice`;
const DOCUMENTS: readonly GuideDocumentId[] = [
  'allow-assume-role',
  'manage-own-mfa',
  'rotate-own-key',
  'role',
  'user',
  'permission-set',
];

/** The policies of the guide, as they arrive at AWS: through JSON and its strict reader. */
const policies: readonly PolicyDocument[] = [
  allowAssumeRolePolicy(FACTS),
  manageOwnMfaPolicy(FACTS),
  rotateOwnKeyPolicy(FACTS),
].map((document) => parsePolicyDocument(JSON.stringify(document)));

/** `none`: a long-term key, whose requests carry no word of MFA. */
function judge(action: string, resource: string, mfa: 'yes' | 'no' | 'none'): Verdict {
  const present = mfa === 'none' ? {} : { 'aws:MultiFactorAuthPresent': String(mfa === 'yes') };
  const context = requestContext({ 'aws:username': 'alice', ...present });
  return evaluatePolicies(policies, { action, resource, context });
}

describe('the user’s policies grant what is promised', () => {
  test.each([
    ['iam:GetUser', ALICE],
    ['iam:ListMFADevices', ALICE],
    ['iam:ListVirtualMFADevices', '*'],
    ['iam:CreateVirtualMFADevice', `arn:aws:iam::${HOME}:mfa/alice`],
    ['iam:DeleteVirtualMFADevice', `arn:aws:iam::${HOME}:mfa/alice`],
    ['iam:EnableMFADevice', ALICE],
    ['iam:ResyncMFADevice', ALICE],
  ])('the key alone may %s', (action, resource) => {
    expect(judge(action, resource, 'none')).toBe('allow');
  });

  test('the key alone may start the session that MFA is proven with: no deny stands in its way', () => {
    expect(judge('sts:GetSessionToken', ALICE, 'none')).toBe('implicit-deny');
  });

  test.each([
    ['sts:AssumeRole', ROLE],
    ['iam:DeactivateMFADevice', ALICE],
    ['iam:CreateAccessKey', ALICE],
    ['iam:DeleteAccessKey', ALICE],
  ])('with MFA the user may %s, without it may not', (action, resource) => {
    expect(judge(action, resource, 'yes')).toBe('allow');
    expect(judge(action, resource, 'none')).toBe('explicit-deny');
    expect(judge(action, resource, 'no')).toBe('explicit-deny');
  });

  test.each([
    ['sts:AssumeRole', `arn:aws:iam::${WORK}:role/other`],
    ['sts:AssumeRole', `arn:aws:iam::999999999999:role/admin-role`],
    ['iam:EnableMFADevice', `arn:aws:iam::${HOME}:user/bob`],
    ['iam:DeactivateMFADevice', `arn:aws:iam::${HOME}:user/bob`],
    ['iam:CreateAccessKey', `arn:aws:iam::${HOME}:user/bob`],
    ['iam:ListUsers', '*'],
    ['iam:CreateUser', `arn:aws:iam::${HOME}:user/eve`],
    ['iam:AttachUserPolicy', ALICE],
    ['iam:PutUserPolicy', ALICE],
    ['s3:ListAllMyBuckets', '*'],
    ['ec2:RunInstances', '*'],
  ])('nobody lets the user %s on %s, MFA or not', (action, resource) => {
    expect(judge(action, resource, 'yes')).not.toBe('allow');
    expect(judge(action, resource, 'none')).not.toBe('allow');
  });
});

describe('the role’s trust policy', () => {
  // A trust policy has no Resource: it hangs on the role.
  const trust = JSON.parse(JSON.stringify(roleTrustPolicy(FACTS))) as PolicyDocument;
  const asks = (arn: string, mfa: boolean) =>
    evaluateTrust(
      trust,
      { accountId: HOME, arns: [arn] },
      {
        action: 'sts:AssumeRole',
        resource: ROLE,
        context: requestContext(mfa ? { 'aws:MultiFactorAuthPresent': 'true' } : {}),
      },
    ).verdict;

  test('lets in the user with MFA, and nobody else', () => {
    expect(asks(ALICE, true)).toBe('allow');
    expect(asks(ALICE, false)).not.toBe('allow');
    expect(asks(`arn:aws:iam::${HOME}:user/bob`, true)).not.toBe('allow');
  });
});

describe('each document', () => {
  test.each(DOCUMENTS.flatMap((id) => (['json', 'cloudformation'] as const).map((format) => [id, format] as const)))(
    '%s as %s is JSON with the reader’s names in it',
    (id, format) => {
      const { text, fileName } = guideDocument(id, format, FACTS);
      expect(fileName).toMatch(/\.json$/);
      expect(() => JSON.parse(text) as unknown).not.toThrow();
      expect(text).not.toMatch(/USER_NAME|ROLE_NAME|_ACCOUNT_ID|YOUR_/);
    },
  );

  test('the CloudFormation templates hold the same policies as the JSON', () => {
    const template = JSON.parse(guideDocument('manage-own-mfa', 'cloudformation', FACTS).text) as Template;
    expect(template.Resources['ManageOwnMfa']?.Properties['PolicyDocument']).toEqual(manageOwnMfaPolicy(FACTS));
    const role = JSON.parse(guideDocument('role', 'cloudformation', FACTS).text) as Template;
    expect(role.Resources['WorkRole']?.Properties['AssumeRolePolicyDocument']).toEqual(roleTrustPolicy(FACTS));
  });

  test.each(DOCUMENTS)('%s as Terraform is balanced, and nothing of AWS’s is taken for a template', (id) => {
    const { text } = guideDocument(id, 'terraform', FACTS);
    for (const [open, close] of ['{}', '()', '[]'].map((pair) => pair.split(''))) {
      expect(text.split(open ?? '').length).toBe(text.split(close ?? '').length);
    }
    expect(text).not.toMatch(/(?<!\$)\$\{/);
    expect(text.endsWith('\n')).toBe(true);
  });

  test('the policy inside the Terraform text is the policy', () => {
    const { text } = guideDocument('manage-own-mfa', 'terraform', FACTS);
    const inside = /jsonencode\(([\s\S]*?)\)\n\}/.exec(text)?.[1] ?? '';
    expect(JSON.parse(inside.replaceAll('$${', '${'))).toEqual(manageOwnMfaPolicy(FACTS));
  });

  test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc'] as const)('speaks of the partition %s alone', (partition) => {
    const facts = guideFacts({ partition, homeAccountId: HOME, workAccountId: WORK, userName: 'a1', roleName: 'r1' });
    const all = DOCUMENTS.flatMap((id) => GUIDE_FORMATS.map((format) => guideDocument(id, format, facts).text)).join(
      '',
    );
    expect(new Set([...all.matchAll(/arn:(aws[a-z-]*):/g)].map(([, found]) => found))).toEqual(new Set([partition]));
  });
});

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Properties: Readonly<Record<string, unknown>> }>>;
}

/** No configuration of the user's, and no asking the maker for a newer version. */
const TERRAFORM_ENV = { PATH: process.env['PATH'] ?? '', CHECKPOINT_DISABLE: '1', HOME: '/nonexistent' };
const hasTerraform = spawnSync('terraform', ['version'], { env: TERRAFORM_ENV }).error === undefined;

describe.skipIf(!hasTerraform)('Terraform itself (skipped where it is not installed)', () => {
  test.each(DOCUMENTS.map((id) => ({ id })))('reads $id', ({ id }) => {
    const { text } = guideDocument(id, 'terraform', FACTS);
    const run = spawnSync('terraform', ['fmt', '-'], { input: text, encoding: 'utf8', env: TERRAFORM_ENV });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
  });
});
