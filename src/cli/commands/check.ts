import type { CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { oneLine } from '../terminal-text.ts';

const MARKS = { good: 'ok', warning: 'warning', bad: 'BAD', unknown: 'unknown' } as const;

/** `rolecall check`: tries for real what the access key alone can do. */
export const check: CommandSpec = {
  name: 'check',
  synopsis: 'check PROFILE [--json]',
  summary: 'Try what an access key can do without MFA; it should be next to nothing',
  positionals: { min: 1, max: 1, values: 'profiles' },
  examples: ['admin'],
  async run(args, context) {
    const [profile = ''] = args.positionals;
    const { members } = await context.services();
    const findings = await members.check(profile, context.call());
    context.out(
      context.json
        ? JSON.stringify({ findings }, null, 2)
        : findings.map(({ verdict, title, detail }) => oneLine(`${MARKS[verdict]}: ${title}. ${detail}`)).join('\n'),
    );
    return findings.some(({ verdict }) => verdict === 'bad') ? EXIT.failed : EXIT.ok;
  },
};
