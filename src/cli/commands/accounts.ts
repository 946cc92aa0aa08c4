import type { DirectoryState } from '../../shared/app-state.ts';
import { CoreError, toFailure } from '../../core/model/errors.ts';
import { EXIT, exitCodeFor } from '../exit-codes.ts';
import type { CliContext } from '../cli-context.ts';
import { textOption, type CommandSpec } from '../command-spec.ts';
import { clockText } from '../durations.ts';
import { table } from '../terminal-text.ts';
import { chosenSsoSession } from './sso.ts';

/** `rolecall accounts`: the accounts of an Identity Center with their roles. */
export const accounts: CommandSpec = {
  name: 'accounts',
  synopsis: 'accounts [--sso-session NAME] [--refresh] [--json]',
  summary: 'List accounts with their roles, from the last sync or anew',
  options: {
    'sso-session': {
      type: 'string',
      value: 'NAME',
      values: 'sso-sessions',
      help: 'of which Identity Center, where there are several',
    },
    refresh: { type: 'boolean', help: 'ask AWS anew' },
  },
  examples: ['', '--sso-session acme --refresh'],
  async run(args, context) {
    const id = await chosenSsoSession(context, textOption(args, 'sso-session'));
    const { directory } = await context.services();
    const kept = await directory.kept(id);
    const needed = args.options['refresh'] === true || kept.refreshedAt === undefined;
    try {
      const shown = needed ? await directory.refresh(id, () => {}, context.signal) : kept;
      show(context, id, shown);
      if (shown.failure !== undefined) {
        context.note(`Not complete: ${shown.failure.message} ${shown.failure.hint}`);
        return EXIT.failed;
      }
      return EXIT.ok;
    } catch (error) {
      return showKept(context, id, kept, error);
    }
  },
};

function show(context: CliContext, id: string, state: DirectoryState): void {
  context.out(
    context.json
      ? JSON.stringify({ ssoSession: id, refreshedAt: state.refreshedAt, accounts: state.accounts }, null, 2)
      : accountTable(state),
  );
}

/** Offline, signed out or throttled, the list of the last sync is still of use; that it is old is told. */
function showKept(context: CliContext, id: string, kept: DirectoryState, error: unknown): number {
  if (!(error instanceof CoreError) || context.signal.aborted || kept.refreshedAt === undefined) {
    throw error;
  }
  show(context, id, kept);
  const { code, message, hint } = toFailure(error);
  const asOf = clockText(new Date(kept.refreshedAt), context.surroundings.clock.now());
  context.note(`rolecall: This is the list as of ${asOf}. ${message} ${hint}`);
  return exitCodeFor(code);
}

function accountTable(state: DirectoryState): string {
  if (state.accounts.length === 0) {
    return 'No account is assigned to you here.';
  }
  const rows = [...state.accounts]
    .sort((one, other) => one.name.localeCompare(other.name) || one.accountId.localeCompare(other.accountId))
    .map((account) => [
      account.accountId,
      account.stale ? `${account.name} (not confirmed)` : account.name,
      account.roles.join(', '),
    ]);
  return table([['ACCOUNT', 'NAME', 'ROLES'], ...rows]);
}
