import { renewForLongJob } from '../../core/app/long-job.ts';
import type { LongJobFacts, SessionLimit } from '../../shared/session-limit.ts';
import type { CliContext } from '../cli-context.ts';
import type { CommandSpec } from '../command-spec.ts';
import { clockText, durationText } from '../durations.ts';
import { EXIT } from '../exit-codes.ts';
import { TARGET_OPTIONS, TARGET_SYNOPSIS, targetFromOptions } from '../target-options.ts';

/** `rolecall renew`: before a long job, a fresh SSO token and fresh credentials, and how long they last. */
export const renew: CommandSpec = {
  name: 'renew',
  synopsis: `renew ${TARGET_SYNOPSIS} [--json]`,
  summary: 'Renew the SSO token and credentials of a role, and tell how long they last',
  options: TARGET_OPTIONS,
  examples: ['--profile admin'],
  async run(args, context) {
    const target = targetFromOptions(args, context.surroundings.env);
    const facts = await renewForLongJob(await context.services(), target, context.call());
    context.out(context.json ? JSON.stringify(facts, null, 2) : wordsOf(facts, context).join('\n'));
    return EXIT.ok;
  },
};

const LIMITS: Readonly<Record<SessionLimit, string>> = {
  'permission-set': 'the session length of the permission set, which only your administrator can change',
  role: 'what duration_seconds asks for, an hour without it, and at most what the role allows',
  chained: 'an hour, which AWS never exceeds for a role reached through another role or session',
  source: 'decided where they come from',
};

function wordsOf({ expiresAt, limit, ssoToken }: LongJobFacts, context: CliContext): readonly string[] {
  const now = context.surroundings.clock.now();
  const until = (iso: string): string => {
    const at = new Date(iso);
    return `${clockText(at, now)} (${durationText(at.getTime() - now.getTime())})`;
  };
  const renewal = ssoToken?.renewsByItself === true ? 'renews by itself while your sign-in lasts' : 'does not renew';
  return [
    `Credentials until ${until(expiresAt)}: ${LIMITS[limit]}.`,
    ...(ssoToken === undefined ? [] : [`SSO token until ${until(ssoToken.expiresAt)}; it ${renewal}.`]),
    'A longer job must fetch new ones as it goes: give it the profile, or run it under "rolecall exec --server".',
  ];
}
