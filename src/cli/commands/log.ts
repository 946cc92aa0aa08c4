import { activityFile, readActivity } from '../../core/app/activity-log.ts';
import { targetKey } from '../../shared/role-target.ts';
import { textOption, type Arguments, type CommandSpec } from '../command-spec.ts';
import { clockText } from '../durations.ts';
import { EXIT } from '../exit-codes.ts';
import { table } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

/** `rolecall log`: who got what, when. */
export const log: CommandSpec = {
  name: 'log',
  synopsis: 'log [--limit N] [--json]',
  summary: 'Show who used which role, when, newest first',
  options: { limit: { type: 'string', value: 'N', help: 'how many, from 1 to 10000; without it 50' } },
  examples: ['', '--limit 500 --json'],
  async run(args, context) {
    const entries = await readActivity(activityFile(context.surroundings.rolecallHome), limitOf(args));
    if (context.json) {
      context.out(JSON.stringify({ entries }, null, 2));
      return EXIT.ok;
    }
    const now = context.surroundings.clock.now();
    const rows = entries.map(({ at, asker, what, target, ssoSession, outcome }) => [
      clockText(new Date(at), now),
      asker.program,
      what,
      target === undefined ? (ssoSession ?? '') : targetKey(target),
      outcome,
    ]);
    context.out(rows.length === 0 ? 'Nothing yet.' : table([['WHEN', 'WHO', 'WHAT', 'ROLE', 'OUTCOME'], ...rows]));
    return EXIT.ok;
  },
};

function limitOf(args: Arguments): number {
  const limit = Number(textOption(args, 'limit') ?? '50');
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) {
    throw new UsageError('--limit must be a number from 1 to 10000.', 'Without it the newest 50 are shown.');
  }
  return limit;
}
