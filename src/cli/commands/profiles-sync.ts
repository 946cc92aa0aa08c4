import { syncRequest } from '../../core/app/sync-request.ts';
import type { SyncReport } from '../../core/session/profiles/profile-sync.ts';
import { OUTPUT_FORMATS } from '../../core/session/profiles/sync-options.ts';
import type { CliContext } from '../cli-context.ts';
import { textOption, type Arguments, type CommandSpec } from '../command-spec.ts';
import { EXIT, exitCodeFor } from '../exit-codes.ts';
import { plainLines } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';
import { chosenSsoSession } from './sso.ts';

const TEXT_OPTIONS = ['template', 'accounts', 'roles', 'region'] as const;

/** `rolecall profiles sync`: a profile for every account and role. */
export const profilesSync: CommandSpec = {
  name: 'profiles sync',
  synopsis:
    'profiles sync [--sso-session N] [--template T] [--accounts PATTERN] [--roles PATTERN] [--region R] [--output O] [--dry-run] [--json]',
  summary: 'Write a profile for each account and role of an Identity Center; what is left out stays as last time',
  options: {
    ...Object.fromEntries(
      ['sso-session', ...TEXT_OPTIONS, 'output'].map((name) => [name, { type: 'string' as const }]),
    ),
    'dry-run': { type: 'boolean' },
  },
  async run(args, context) {
    const ssoSession = await chosenSsoSession(context, textOption(args, 'sso-session'));
    const wishes = Object.fromEntries(TEXT_OPTIONS.map((name) => [name, textOption(args, name)]));
    const request = syncRequest({ ...wishes, ssoSession, output: outputOf(args) });
    const { care } = await context.services();
    const isDryRun = args.options['dry-run'] === true;
    const exitCode = await readAccounts(context, ssoSession);
    const report = await (isDryRun ? care.sync.preview(request) : care.sync.apply(request));
    tell(context, report, isDryRun);
    return exitCode;
  },
};

function outputOf(args: Arguments): (typeof OUTPUT_FORMATS)[number] | '' | undefined {
  const wished = textOption(args, 'output');
  const known = wished === '' ? '' : OUTPUT_FORMATS.find((format) => format === wished);
  if (wished !== undefined && known === undefined) {
    throw new UsageError('--output is not known.', `One of: ${OUTPUT_FORMATS.join(', ')}`);
  }
  return known;
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
  const { previews, added, removed, renamed, unchanged, skipped } = report;
  if (context.json) {
    const applied = !isDryRun;
    context.out(JSON.stringify({ added, removed, renamed, unchanged, skipped, previews, applied }, null, 2));
    return;
  }
  for (const { diff } of previews) {
    context.out(plainLines(diff));
  }
  const counts = `${added.length} added, ${removed.length} removed, ${renamed.length} renamed, ${unchanged} unchanged`;
  context.out(isDryRun ? `Nothing was written. It would be: ${counts}.` : `Profiles: ${counts}.`);
  if (skipped > 0) {
    context.note(`${skipped} roles were left out: their account or name is none that AWS tools take.`);
  }
}
