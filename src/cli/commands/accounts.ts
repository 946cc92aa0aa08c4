import type { DirectoryState } from '../../shared/app-state.ts';
import { EXIT } from '../exit-codes.ts';
import { textOption, type CommandSpec } from '../command-spec.ts';
import { table } from '../terminal-text.ts';
import { chosenSsoSession } from './sso.ts';

/** `rolecall accounts`: the accounts of an Identity Center with their roles. */
export const accounts: CommandSpec = {
  name: 'accounts',
  synopsis: 'accounts [--sso-session NAME] [--refresh] [--json]',
  summary: 'List accounts with their roles, from the last sync or anew',
  options: { 'sso-session': { type: 'string' }, refresh: { type: 'boolean' } },
  async run(args, context) {
    const id = await chosenSsoSession(context, textOption(args, 'sso-session'));
    const { directory } = await context.services();
    const kept = await directory.kept(id);
    const needed = args.options['refresh'] === true || kept.refreshedAt === undefined;
    const shown = needed ? await directory.refresh(id, () => {}, context.signal) : kept;
    if (context.json) {
      context.out(
        JSON.stringify({ ssoSession: id, refreshedAt: shown.refreshedAt, accounts: shown.accounts }, null, 2),
      );
    } else {
      context.out(accountTable(shown));
    }
    if (shown.failure !== undefined) {
      context.note(`Not complete: ${shown.failure.message} ${shown.failure.hint}`);
      return EXIT.failed;
    }
    return EXIT.ok;
  },
};

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
