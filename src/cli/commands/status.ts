import type { SsoSessions } from '../../core/app/services.ts';
import { CoreError, toFailure } from '../../core/model/errors.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandSpec } from '../command-spec.ts';
import type { CliContext } from '../cli-context.ts';
import type { SsoAccess } from '../../shared/app-state.ts';
import type { Failure } from '../../shared/reply.ts';
import { clockText, durationText } from '../durations.ts';
import { ssoSessionList, type ListedSsoSession } from '../sso-session-list.ts';
import { table } from '../terminal-text.ts';
import { chosenSsoSession } from './sso.ts';

/** `rolecall status`: every Identity Center, or the one named, signed in or not, and what ends when. */
export const status: CommandSpec = {
  name: 'status',
  synopsis: 'status [NAME] [--json]',
  summary: 'Show who is signed in, and what expires when; with a NAME, ends with 3 where you have to sign in',
  positionals: { min: 0, max: 1, values: 'sso-sessions' },
  examples: ['', 'acme', '--json'],
  async run(args, context) {
    const [name] = args.positionals;
    const { ssoSessions } = await context.services();
    const only = name === undefined ? undefined : await chosenSsoSession(context, name);
    const known = (await ssoSessionList(context)).filter(({ id }) => only === undefined || id === only);
    const rows = await Promise.all(
      known.map(async (session): Promise<StatusRow> => {
        try {
          return { ...session, access: await presentAccess(ssoSessions, session.id, context) };
        } catch (error) {
          // One that cannot be told, as in a locked store, must not hide the others.
          if (!(error instanceof CoreError) || only !== undefined) {
            throw error;
          }
          return { ...session, access: undefined, failure: toFailure(error) };
        }
      }),
    );
    const code = codeOf(rows, only !== undefined);
    if (context.json) {
      context.out(JSON.stringify({ ssoSessions: rows }, null, 2));
      return code;
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
    for (const { failure } of rows) {
      if (failure !== undefined) {
        context.note(`rolecall: ${failure.message} ${failure.hint}`);
      }
    }
    return code;
  },
};

interface StatusRow extends ListedSsoSession {
  readonly access: SsoAccess | undefined;
  /** Why the access could not be told. */
  readonly failure?: Failure;
}

function codeOf(rows: readonly StatusRow[], isAskedForOne: boolean): number {
  if (rows.some(({ failure }) => failure !== undefined)) {
    return EXIT.failed;
  }
  const isIn = rows.every(({ access }) => access?.kind === 'signed-in');
  return isIn || !isAskedForOne ? EXIT.ok : EXIT.signInNeeded;
}

/**
 * Whether a token that is over can be renewed only AWS knows: a sign-in that it ended last night looks on disk like one that goes on.
 * So such a token is renewed, as its next use would; where AWS cannot be asked, what is on disk stands.
 */
async function presentAccess(ssoSessions: SsoSessions, id: string, context: CliContext): Promise<SsoAccess> {
  const access = await ssoSessions.access(id);
  if (access.kind !== 'signed-in' || new Date(access.tokenExpiresAt) > context.surroundings.clock.now()) {
    return access;
  }
  await ssoSessions.accessToken(id, context.signal).catch((error: unknown) => {
    if (!(error instanceof CoreError)) {
      throw error;
    }
  });
  return ssoSessions.access(id);
}

function accessText(access: SsoAccess | undefined, context: CliContext): string {
  const now = context.surroundings.clock.now();
  switch (access?.kind) {
    case undefined:
      return 'cannot be told';
    case 'signed-out':
      return 'signed out';
    case 'expired':
      return `expired at ${clockText(new Date(access.expiredAt), now)}; sign in again`;
    case 'signed-in': {
      const endsAt = new Date(access.tokenExpiresAt);
      if (endsAt <= now) {
        return `signed in; token ended at ${clockText(endsAt, now)} and could not be renewed now`;
      }
      const left = durationText(endsAt.getTime() - now.getTime());
      return `signed in, token until ${clockText(endsAt, now)} (${left})${access.renewsByItself ? ', renews by itself' : ''}`;
    }
  }
}
