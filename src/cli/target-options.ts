import * as v from 'valibot';
import type { RoleTarget } from '../shared/role-target.ts';
import { RoleTargetSchema } from '../shared/role-target-schema.ts';
import { textOption, type Arguments, type OptionTable } from './command-spec.ts';
import { UsageError } from './usage-error.ts';

/** The options that name whose credentials are wanted. */
export const TARGET_OPTIONS: OptionTable = {
  profile: {
    type: 'string',
    value: 'P',
    values: 'profiles',
    help: 'a profile of ~/.aws; without any of these the one in AWS_PROFILE',
  },
  'sso-session': {
    type: 'string',
    value: 'N',
    values: 'sso-sessions',
    help: 'an Identity Center, with --account and --role',
  },
  account: { type: 'string', value: 'ID', help: 'an account, by its 12 digits' },
  role: { type: 'string', value: 'ROLE', help: 'a role as it stands in the portal, such as ReadOnlyAccess' },
};

/** How they are shown in a synopsis. */
export const TARGET_SYNOPSIS = '(--profile P | --sso-session N --account ID --role R)';

/**
 * The target the options name; without any, the profile that `AWS_PROFILE` names, as every AWS tool does.
 * Throws UsageError for a mixture, a missing part or an impossible value.
 */
export function targetFromOptions(args: Arguments, env: Readonly<Record<string, string | undefined>>): RoleTarget {
  const profile = textOption(args, 'profile');
  const parts = {
    ssoSession: textOption(args, 'sso-session'),
    accountId: textOption(args, 'account'),
    roleName: textOption(args, 'role'),
  };
  const named = Object.values(parts).filter((part) => part !== undefined).length;
  if (profile !== undefined && named > 0) {
    throw new UsageError(
      '--profile cannot be mixed with --sso-session, --account or --role.',
      'Give one or the other.',
    );
  }
  if (named > 0 && named < 3) {
    throw new UsageError('--sso-session, --account and --role belong together.', 'Give all three.');
  }
  return checked(
    named === 3 ? { kind: 'sso-role', ...parts } : { kind: 'profile', profile: profile ?? env['AWS_PROFILE'] ?? '' },
  );
}

function checked(target: unknown): RoleTarget {
  const parsed = v.safeParse(RoleTargetSchema, target);
  if (parsed.success) {
    return parsed.output;
  }
  const field = parsed.issues[0].path?.at(-1)?.key;
  switch (field) {
    case 'accountId':
      throw new UsageError('--account must be 12 digits.', 'Leading zeros belong to it.');
    case 'roleName':
      throw new UsageError(
        '--role is no role name.',
        'Give the permission set as it stands in the portal, such as ReadOnlyAccess.',
      );
    case 'ssoSession':
      throw new UsageError('--sso-session is empty or too long.', 'Run "rolecall status" for those there are.');
    default:
      throw new UsageError('No profile was named.', `Give ${TARGET_SYNOPSIS}.`);
  }
}
