import { EXIT } from '../exit-codes.ts';
import type { CommandSpec } from '../command-spec.ts';
import type { CliContext } from '../cli-context.ts';
import type { SsoAccess } from '../../shared/app-state.ts';
import { clockText, durationText } from '../durations.ts';
import { ssoSessionList } from '../sso-session-list.ts';
import { table } from '../terminal-text.ts';

/** `rolecall status`: every Identity Center, signed in or not, and what ends when. */
export const status: CommandSpec = {
  name: 'status',
  synopsis: 'status [--json]',
  summary: 'Show who is signed in, and what expires when',
  examples: ['', '--json'],
  async run(_args, context) {
    const { ssoSessions } = await context.services();
    const known = await ssoSessionList(context);
    const rows = await Promise.all(
      known.map(async (session) => ({ ...session, access: await ssoSessions.access(session.id) })),
    );
    if (context.json) {
      context.out(JSON.stringify({ ssoSessions: rows }, null, 2));
      return EXIT.ok;
    }
    if (rows.length === 0) {
      context.out('No Identity Center yet. Add one: rolecall add-sso NAME --start-url URL');
      return EXIT.ok;
    }
    context.out(
      table([
        ['IDENTITY CENTER', 'REGION', 'ACCESS'],
        ...rows.map((row) => [row.name, row.region, accessText(row.access, context)]),
      ]),
    );
    return EXIT.ok;
  },
};

function accessText(access: SsoAccess, context: CliContext): string {
  const now = context.surroundings.clock.now();
  switch (access.kind) {
    case 'signed-out':
      return 'signed out';
    case 'expired':
      return `expired at ${clockText(new Date(access.expiredAt), now)}; sign in again`;
    case 'signed-in': {
      const endsAt = new Date(access.tokenExpiresAt);
      if (endsAt <= now) {
        // Such a token still counts as a sign-in only because the next use of it renews it.
        return `signed in; token ended at ${clockText(endsAt, now)}, renewed at the next use`;
      }
      const left = durationText(endsAt.getTime() - now.getTime());
      return `signed in, token until ${clockText(endsAt, now)} (${left})${access.renewsByItself ? ', renews by itself' : ''}`;
    }
  }
}
