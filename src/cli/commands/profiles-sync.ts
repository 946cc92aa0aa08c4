import { syncRequest } from '../../core/app/sync-request.ts';
import type { SyncReport } from '../../core/session/profiles/profile-sync.ts';
import type { RoleRule } from '../../core/session/profiles/sync-options.ts';
import { OUTPUT_FORMATS } from '../../shared/output-formats.ts';
import type { CliContext } from '../cli-context.ts';
import { DRY_RUN, textOption, type Arguments, type CommandSpec } from '../command-spec.ts';
import { EXIT, exitCodeFor } from '../exit-codes.ts';
import { plainLines } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';
import { chosenSsoSession } from './sso.ts';

const PRUNE = ['vanished', 'left-out', 'nothing'] as const;

/** `rolecall profiles sync`: a profile for every account and role. */
export const profilesSync: CommandSpec = {
  name: 'profiles sync',
  synopsis:
    'profiles sync [--sso-session N] [--template T] [--accounts PATTERN] [--roles PATTERN] [--skip-accounts PATTERN] [--skip-roles PATTERN] [--prune P] [--region R] [--output O] [--dry-run] [--json]',
  summary: 'Write a profile for each account and role of an Identity Center; what is left out stays as last time',
  options: {
    'sso-session': {
      type: 'string',
      value: 'N',
      values: 'sso-sessions',
      help: 'of which Identity Center, where there are several',
    },
    template: { type: 'string', value: 'T', help: 'how profiles are named, such as {account}-{role}' },
    accounts: { type: 'string', value: 'PATTERN', help: 'only accounts whose name or id fits; * stands for anything' },
    roles: { type: 'string', value: 'PATTERN', help: 'only roles whose name fits' },
    'skip-accounts': { type: 'string', value: 'PATTERN', help: 'leave accounts out' },
    'skip-roles': { type: 'string', value: 'PATTERN', help: 'leave roles out' },
    prune: { type: 'string', value: 'P', values: PRUNE, help: 'which of the profiles written before to remove' },
    region: { type: 'string', value: 'R', help: 'the region of the profiles' },
    output: { type: 'string', value: 'O', values: OUTPUT_FORMATS, help: 'the output format of the profiles' },
    ...DRY_RUN,
  },
  examples: ['--dry-run', "--accounts 'acme-*' --skip-roles '*Admin*' --region eu-central-1"],
  async run(args, context) {
    const ssoSession = await chosenSsoSession(context, textOption(args, 'sso-session'));
    const request = syncRequest({
      ssoSession,
      template: textOption(args, 'template'),
      include: rulesOf(args, 'accounts', 'roles'),
      exclude: rulesOf(args, 'skip-accounts', 'skip-roles'),
      prune: oneOf(args, 'prune', PRUNE),
      region: textOption(args, 'region'),
      output: oneOf(args, 'output', ['', ...OUTPUT_FORMATS]),
    });
    const { care } = await context.services();
    const isDryRun = args.options['dry-run'] === true;
    const exitCode = await readAccounts(context, ssoSession);
    const report = await (isDryRun ? care.sync.preview(request) : care.sync.apply(request, { tells: context.json }));
    tell(context, report, isDryRun);
    return exitCode;
  },
};

function oneOf<Value extends string>(args: Arguments, name: string, values: readonly Value[]): Value | undefined {
  const wished = textOption(args, name);
  const known = values.find((value) => value === wished);
  if (wished !== undefined && known === undefined) {
    throw new UsageError(`--${name} is not known.`, `One of: ${values.filter((value) => value !== '').join(', ')}.`);
  }
  return known;
}

/** One rule of both patterns; undefined, which leaves the rules as they are, where neither is given. */
function rulesOf(args: Arguments, accounts: string, roles: string): RoleRule[] | undefined {
  const [account, role] = [textOption(args, accounts), textOption(args, roles)];
  return account === undefined && role === undefined ? undefined : [{ account: account ?? '', role: role ?? '' }];
}

/** Reads them anew. What could not be read is told; its profiles stay as they are. */
async function readAccounts(context: CliContext, ssoSession: string): Promise<number> {
  const { directory } = await context.services();
  const { failure } = await directory.refresh(ssoSession, () => {}, context.signal);
  if (failure === undefined) {
    return EXIT.ok;
  }
  context.note(`Not all accounts could be read: ${failure.message} ${failure.hint}`);
  return exitCodeFor(failure.code);
}

function tell(context: CliContext, report: SyncReport, isDryRun: boolean): void {
  const { previews, added, removed, renamed, unchanged, changedByUser, skipped, undoId } = report;
  if (context.json) {
    const applied = !isDryRun;
    const counts = { added, removed, renamed, unchanged, changedByUser, skipped };
    context.out(JSON.stringify({ ...counts, previews, undoId, applied }, null, 2));
    return;
  }
  for (const { diff } of previews) {
    context.out(plainLines(diff));
  }
  const counts = `${added.length} added, ${removed.length} removed, ${renamed.length} renamed, ${unchanged} unchanged`;
  context.out(isDryRun ? `Nothing was written. It would be: ${counts}.` : `Profiles: ${counts}.`);
  if (changedByUser.length > 0) {
    context.note(`${changedByUser.length} hold what you changed, and keep it: ${firstOf(changedByUser)}.`);
  }
  if (skipped > 0) {
    context.note(`${skipped} roles were left out: their account or name is none that AWS tools take.`);
  }
}

function firstOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
