import type { AccountState, DirectoryState } from '../../shared/app-state.ts';
import { guardedTargets } from '../../core/app/guard-rules.ts';
import { keptGuardState } from '../../core/app/kept-guard-state.ts';
import { CoreError, toFailure } from '../../core/model/errors.ts';
import { SignInNeededError } from '../../core/session/errors.ts';
import { EXIT, exitCodeFor } from '../exit-codes.ts';
import type { CliContext } from '../cli-context.ts';
import { textOption, type CommandSpec } from '../command-spec.ts';
import { clockText } from '../durations.ts';
import { table } from '../terminal-text.ts';
import { chosenSsoSessions } from './sso.ts';

/** `rolecall accounts`: the accounts of one Identity Center or of all, with their roles. */
export const accounts: CommandSpec = {
  name: 'accounts',
  synopsis: 'accounts [--sso-session NAME] [--refresh] [--json]',
  summary: 'List accounts with their roles, from the last sync or anew',
  options: {
    'sso-session': {
      type: 'string',
      value: 'NAME',
      values: 'sso-sessions',
      help: 'of this Identity Center alone; without it of all',
    },
    refresh: { type: 'boolean', help: 'ask AWS anew' },
  },
  examples: ['', '--sso-session acme --refresh'],
  async run(args, context) {
    const ids = await chosenSsoSessions(context, textOption(args, 'sso-session'));
    const lists = await Promise.all(ids.map((id) => listOf(context, id, args.options['refresh'] === true)));
    const [only, ...others] = lists;
    if (only !== undefined && others.length === 0 && only.shown === undefined) {
      throw only.error;
    }
    const shown = lists.filter((list) => list.shown !== undefined);
    if (shown.length > 0) {
      await show(context, lists);
    }
    for (const { id, note } of lists) {
      if (note !== undefined) {
        context.note(`rolecall: ${others.length === 0 ? '' : `${id}: `}${note}`);
      }
    }
    return codeOf(lists);
  },
};

/** What came of asking for one list. */
interface AccountList {
  readonly id: string;
  /** Undefined where nothing is known. */
  readonly shown: DirectoryState | undefined;
  readonly error?: unknown;
  /** What was wrong with it, for the user. */
  readonly note?: string;
  readonly code: number;
}

async function listOf(context: CliContext, id: string, isAskedAnew: boolean): Promise<AccountList> {
  try {
    const { directory } = await context.services();
    const kept = await directory.kept(id);
    const isUsable = kept.refreshedAt !== undefined && (await directory.isOfThisSignIn(id));
    return isUsable && !isAskedAnew ? await keptList(context, id, kept) : await newList(context, id, kept);
  } catch (error) {
    if (!(error instanceof CoreError) || context.signal.aborted) {
      throw error;
    }
    const { code, message, hint } = toFailure(error);
    return { id, shown: undefined, error, note: `${message} ${hint}`, code: exitCodeFor(code) };
  }
}

async function newList(context: CliContext, id: string, kept: DirectoryState): Promise<AccountList> {
  const { directory } = await context.services();
  try {
    const shown = await directory.refresh(id, () => {}, context.signal);
    const { failure } = shown;
    return failure === undefined
      ? { id, shown, code: EXIT.ok }
      : { id, shown, note: `Not complete: ${failure.message} ${failure.hint}`, code: EXIT.failed };
  } catch (error) {
    // Offline, signed out or throttled, the list of the last sync is still of use; that it is old is told.
    if (!(error instanceof CoreError) || context.signal.aborted || kept.refreshedAt === undefined) {
      throw error;
    }
    return oldList(context, id, kept, error);
  }
}

/** The list of the last sync, as asked for; where nobody is signed in any more, that is told. In vault mode only a keyring would know. */
async function keptList(context: CliContext, id: string, kept: DirectoryState): Promise<AccountList> {
  const { ssoSessions, tokenModeOf } = await context.services();
  const access = tokenModeOf(id) === 'vault' ? undefined : await ssoSessions.access(id);
  return access === undefined || access.kind === 'signed-in'
    ? { id, shown: kept, code: EXIT.ok }
    : { ...oldList(context, id, kept, new SignInNeededError(id, access.kind)), code: EXIT.ok };
}

function oldList(context: CliContext, id: string, kept: DirectoryState, error: CoreError): AccountList {
  const { code, message, hint } = toFailure(error);
  const asOf = clockText(new Date(kept.refreshedAt ?? 0), context.surroundings.clock.now());
  return { id, shown: kept, note: `This is the list as of ${asOf}. ${message} ${hint}`, code: exitCodeFor(code) };
}

/** Of several, those that need a sign-in are told and no more, unless there is nothing but them. */
function codeOf(lists: readonly AccountList[]): number {
  const codes = lists.map(({ code }) => code);
  const isForgiven = lists.length > 1 && lists.some(({ shown }) => shown !== undefined);
  return codes.find((code) => code !== EXIT.ok && !(isForgiven && code === EXIT.signInNeeded)) ?? EXIT.ok;
}

async function show(context: CliContext, lists: readonly AccountList[]): Promise<void> {
  const listed = await Promise.all(lists.map(({ id, shown }) => listedOf(context, id, shown?.accounts ?? [])));
  const rows = listed.flat();
  if (!context.json) {
    context.out(accountTable(rows, lists.length > 1));
    return;
  }
  const ends = lists.map(({ id, shown }) => ({ ssoSession: id, refreshedAt: shown?.refreshedAt }));
  const about = ends.length === 1 ? ends[0] : { ssoSessions: ends };
  context.out(JSON.stringify({ ...about, accounts: rows }, null, 2));
}

/** An account, and which of its roles have to be confirmed at every use. */
interface ListedAccount extends AccountState {
  readonly ssoSession: string;
  readonly guardedRoles: readonly string[];
}

async function listedOf(
  context: CliContext,
  ssoSession: string,
  accounts: readonly AccountState[],
): Promise<readonly ListedAccount[]> {
  const { profiles } = await context.services();
  const isGuarded = guardedTargets(await keptGuardState(context.surroundings, () => profiles.read()));
  return accounts.map((account) => {
    const { accountId, roles } = account;
    const guardedRoles = roles.filter((roleName) => isGuarded({ kind: 'sso-role', ssoSession, accountId, roleName }));
    return { ssoSession, ...account, guardedRoles };
  });
}

function accountTable(accounts: readonly ListedAccount[], isOfSeveral: boolean): string {
  if (accounts.length === 0) {
    return isOfSeveral ? 'No account is assigned to you.' : 'No account is assigned to you here.';
  }
  const rows = [...accounts]
    .sort((one, other) => one.name.localeCompare(other.name) || one.accountId.localeCompare(other.accountId))
    .map(({ ssoSession, accountId, name, stale, roles, guardedRoles }) => [
      accountId,
      stale ? `${name} (not confirmed)` : name,
      ...(isOfSeveral ? [ssoSession] : []),
      roles.map((role) => (guardedRoles.includes(role) ? `${role} (guarded)` : role)).join(', '),
    ]);
  return table([['ACCOUNT', 'NAME', ...(isOfSeveral ? ['IDENTITY CENTER'] : []), 'ROLES'], ...rows]);
}
