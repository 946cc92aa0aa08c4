import type { AccountState, DirectoryState } from '../../shared/app-state.ts';
import { guardedTargets } from '../../core/app/guard-rules.ts';
import { keptGuardState } from '../../core/app/kept-guard-state.ts';
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
    const isOld = kept.refreshedAt === undefined || !(await directory.isOfThisSignIn(id));
    const needed = args.options['refresh'] === true || isOld;
    try {
      const shown = needed ? await directory.refresh(id, () => {}, context.signal) : kept;
      await show(context, id, shown);
      if (shown.failure !== undefined) {
        context.note(`Not complete: ${shown.failure.message} ${shown.failure.hint}`);
        return EXIT.failed;
      }
      return EXIT.ok;
    } catch (error) {
      return await showKept(context, id, kept, error);
    }
  },
};

async function show(context: CliContext, id: string, state: DirectoryState): Promise<void> {
  const shown = await listed(context, id, state.accounts);
  context.out(
    context.json
      ? JSON.stringify({ ssoSession: id, refreshedAt: state.refreshedAt, accounts: shown }, null, 2)
      : accountTable(shown),
  );
}

/** Offline, signed out or throttled, the list of the last sync is still of use; that it is old is told. */
async function showKept(context: CliContext, id: string, kept: DirectoryState, error: unknown): Promise<number> {
  if (!(error instanceof CoreError) || context.signal.aborted || kept.refreshedAt === undefined) {
    throw error;
  }
  await show(context, id, kept);
  const { code, message, hint } = toFailure(error);
  const asOf = clockText(new Date(kept.refreshedAt), context.surroundings.clock.now());
  context.note(`rolecall: This is the list as of ${asOf}. ${message} ${hint}`);
  return exitCodeFor(code);
}

/** An account, and which of its roles have to be confirmed at every use. */
interface ListedAccount extends AccountState {
  readonly guardedRoles: readonly string[];
}

async function listed(
  context: CliContext,
  ssoSession: string,
  accounts: readonly AccountState[],
): Promise<readonly ListedAccount[]> {
  const { profiles } = await context.services();
  const isGuarded = guardedTargets(await keptGuardState(context.surroundings, () => profiles.read()));
  return accounts.map((account) => {
    const { accountId, roles } = account;
    const guardedRoles = roles.filter((roleName) => isGuarded({ kind: 'sso-role', ssoSession, accountId, roleName }));
    return { ...account, guardedRoles };
  });
}

function accountTable(accounts: readonly ListedAccount[]): string {
  if (accounts.length === 0) {
    return 'No account is assigned to you here.';
  }
  const rows = [...accounts]
    .sort((one, other) => one.name.localeCompare(other.name) || one.accountId.localeCompare(other.accountId))
    .map(({ accountId, name, stale, roles, guardedRoles }) => [
      accountId,
      stale ? `${name} (not confirmed)` : name,
      roles.map((role) => (guardedRoles.includes(role) ? `${role} (guarded)` : role)).join(', '),
    ]);
  return table([['ACCOUNT', 'NAME', 'ROLES'], ...rows]);
}
