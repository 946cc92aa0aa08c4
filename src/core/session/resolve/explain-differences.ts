import { CHAINED_MAX_SECONDS } from '../../aws/sts.ts';
import type { EffectiveProfile } from '../../model/profile.ts';
import { findReferenced } from '../keys/helper-line.ts';
import { fieldsOf, type ProfileFields } from './profile-fields.ts';
import { planChain, type PlanInput } from './plan-chain.ts';
import type { ChainPlan } from './chain-plan.ts';

/** One way in which tools do not agree on a profile. */
export interface ChainDifference {
  /** Stable, for tests and screens. */
  readonly code: string;
  /** The profile of the chain it lies in. */
  readonly profile: string;
  /** What the AWS CLI and boto3 do. */
  readonly awsCli: string;
  /** What the JS SDK does. */
  readonly jsSdk: string;
  readonly rolecall: string;
}

type Found = Omit<ChainDifference, 'profile'>;

/** Characters that mean something to a shell and nothing to botocore. */
const SHELL_SYNTAX = /[$`|&;<>*?~(){}!]/;

/**
 * Where botocore, the JS SDK and Rolecall part ways on a profile or on those its chain passes through. Empty for a profile that all take
 * alike, and for one that is not there.
 * Source: botocore/credentials.py, @aws-sdk/credential-provider-ini and credential-provider-process, run side by side
 */
export function explainDifferences(input: PlanInput, reference: string): readonly ChainDifference[] {
  const profile = findReferenced(input.profiles.profiles, reference);
  if (profile === undefined) {
    return [];
  }
  const way = profilesOnTheWay(input, profile);
  const plan = planIfGood(input, profile.name);
  return [
    ...way.flatMap((each) => inProfile(fieldsOf(each)).map((found) => ({ ...found, profile: each.name }))),
    ...(plan === undefined ? [] : inChain(plan)),
  ];
}

/** The profile and the sources it leads to; a circle is gone round once. */
function profilesOnTheWay(input: PlanInput, first: EffectiveProfile): readonly EffectiveProfile[] {
  const way: EffectiveProfile[] = [];
  let next: EffectiveProfile | undefined = first;
  while (next !== undefined && !way.includes(next)) {
    way.push(next);
    const source: string | undefined = fieldsOf(next).sourceProfile;
    next = input.profiles.profiles.find(({ name }) => name === source);
  }
  return way;
}

function inProfile(fields: ProfileFields): readonly Found[] {
  return [
    rolesAndSources(fields),
    rolesAndTokens(fields),
    keysAndSignIns(fields),
    commands(fields),
    durations(fields),
  ].flat();
}

function rolesAndSources({
  roleArn,
  sourceProfile,
  credentialSource,
  webIdentityTokenFile,
  key,
}: ProfileFields): readonly Found[] {
  if (roleArn === undefined || webIdentityTokenFile !== undefined) {
    return [];
  }
  if (sourceProfile !== undefined && credentialSource !== undefined) {
    return [
      {
        code: 'both-sources',
        awsCli: 'Fails: the profile contains both source_profile and credential_source.',
        jsSdk: 'Does not see the role; uses a key in the profile, or fails.',
        rolecall: 'As the JS SDK.',
      },
    ];
  }
  if (sourceProfile === undefined && credentialSource === undefined) {
    return [
      {
        code: 'no-source',
        awsCli: 'Fails: source_profile or credential_source is missing.',
        jsSdk: key === undefined ? 'Finds no credentials.' : 'Ignores the role and uses the key.',
        rolecall: 'As the JS SDK.',
      },
    ];
  }
  return [];
}

function rolesAndTokens({ roleArn, sourceProfile, webIdentityTokenFile }: ProfileFields): readonly Found[] {
  return roleArn !== undefined && sourceProfile !== undefined && webIdentityTokenFile !== undefined
    ? [
        {
          code: 'role-and-web-identity',
          awsCli: 'Uses the web identity token.',
          jsSdk: 'Assumes the role from source_profile.',
          rolecall: 'As the AWS CLI.',
        },
      ]
    : [];
}

function keysAndSignIns({ key, ssoAccountId, ssoRoleName, credentialProcess }: ProfileFields): readonly Found[] {
  if (key?.kind !== 'in-file') {
    return [];
  }
  const found: Found[] = [];
  if (ssoAccountId !== undefined || ssoRoleName !== undefined) {
    found.push({
      code: 'key-and-sso',
      awsCli: 'Uses the Identity Center role.',
      jsSdk: 'Uses the access key.',
      rolecall: 'As the AWS CLI.',
    });
  }
  if (credentialProcess !== undefined && key.file === 'config') {
    found.push({
      code: 'key-and-process',
      awsCli: 'Runs credential_process.',
      jsSdk: 'Uses the access key.',
      rolecall: 'As the AWS CLI.',
    });
  }
  return found;
}

function commands({ credentialProcess }: ProfileFields): readonly Found[] {
  return credentialProcess !== undefined && SHELL_SYNTAX.test(credentialProcess)
    ? [
        {
          code: 'process-and-shell',
          awsCli: 'Runs the command without a shell: $HOME, ~ and | are plain text.',
          jsSdk: 'Runs it through a shell.',
          rolecall: 'As the AWS CLI.',
        },
      ]
    : [];
}

function durations({ roleArn, durationSeconds }: ProfileFields): readonly Found[] {
  return roleArn !== undefined && durationSeconds !== undefined && !/^\s*[+-]?\d+\s*$/.test(durationSeconds)
    ? [
        {
          code: 'duration-not-a-number',
          awsCli: 'Ignores duration_seconds.',
          jsSdk: 'Sends what it can read of it, or fails.',
          rolecall: 'As the AWS CLI.',
        },
      ]
    : [];
}

function inChain(plan: ChainPlan): readonly ChainDifference[] {
  return plan.hops.flatMap((hop, index) => {
    const isChained = index > 0 || !['static-key', 'stored-key'].includes(plan.source.kind);
    const found: Found[] = [];
    if (hop.mfa !== undefined) {
      found.push({
        code: 'mfa-cannot-be-asked',
        awsCli: 'Asks for a code in the terminal, for each role; boto3 does too, and fails where there is none.',
        jsSdk: 'Fails: it cannot ask for a code. So do Terraform and the Java SDK.',
        rolecall: 'Asks once and serves every role, or every program when the profile is protected.',
      });
    }
    if (hop.mfa !== undefined && isChained) {
      found.push({
        code: 'mfa-on-a-later-role',
        awsCli: 'Sends the code with the credentials of a role, which AWS refuses.',
        jsSdk: 'The same.',
        rolecall: 'The same: AWS takes MFA from the user alone. Put mfa_serial on the first role of the chain.',
      });
    }
    if (isChained && (hop.durationSeconds ?? 0) > CHAINED_MAX_SECONDS) {
      found.push({
        code: 'chained-too-long',
        awsCli: 'Fails: AWS gives a chained role one hour.',
        jsSdk: 'Fails likewise.',
        rolecall: 'Asks for one hour, and renews by itself.',
      });
    }
    return found.map((each) => ({ ...each, profile: hop.profile }));
  });
}

function planIfGood(input: PlanInput, name: string): ChainPlan | undefined {
  try {
    return planChain(input, name);
  } catch {
    // What is broken is told by the profile's problems.
    return undefined;
  }
}
