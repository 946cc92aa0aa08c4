import { resolve } from 'node:path';
import type { LoadedSetUp } from '../../core/session/profiles/load-set-up.ts';
import { CancelledError } from '../../core/model/errors.ts';
import type { ImportReport } from '../../core/session/profiles/set-up-file.ts';
import type { CliContext } from '../cli-context.ts';
import { DRY_RUN, listOption, type CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { openTerminal } from '../terminal-prompt.ts';
import { plainLines, table } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

/** `rolecall set-up export`: a file for the team, without secrets. */
export const setUpExport: CommandSpec = {
  name: 'set-up export',
  synopsis: 'set-up export [FILE] [--sso-session N] [--profile P] [--personal] [--replace] [--json]',
  summary: 'Write Identity Centers, sync rules, marks and chosen profiles as one file for a team; never a secret',
  options: {
    'sso-session': {
      type: 'string',
      value: 'N',
      values: 'sso-sessions',
      multiple: true,
      help: 'an Identity Center, instead of all',
    },
    profile: { type: 'string', value: 'P', values: 'profiles', multiple: true, help: 'a profile' },
    personal: { type: 'boolean', help: 'with your MFA devices, session names, pins and order' },
    replace: { type: 'boolean', help: 'write over a file that is there' },
  },
  examples: ['team.json', 'team.json --sso-session acme --profile deploy --replace'],
  positionals: { min: 0, max: 1, values: 'files' },
  async run(args, context) {
    const setUp = await (await context.services()).care.setUp();
    const ssoSessions = listOption(args, 'sso-session');
    const choice = {
      ...(ssoSessions.length === 0 ? {} : { ssoSessions }),
      profiles: listOption(args, 'profile'),
      holdsAll: true,
      includesPersonal: args.options['personal'] === true,
    };
    const [file] = args.positionals;
    if (file === undefined) {
      context.out(await setUp.exportText(choice));
      return EXIT.ok;
    }
    await setUp.exportTo(resolve(file), choice, { mayReplace: args.options['replace'] === true });
    const { sha256 } = await setUp.load(resolve(file));
    context.out(
      context.json
        ? JSON.stringify({ file: resolve(file), sha256 })
        : plainLines(`Wrote ${file}.\nWhere you put it on the web, give its address as https://…#sha256=${sha256}`),
    );
    return EXIT.ok;
  },
};

/** `rolecall set-up import`: shown before anything is written. */
export const setUpImport: CommandSpec = {
  name: 'set-up import',
  synopsis: 'set-up import FILE|URL [--dry-run] [--yes] [--json]',
  summary: 'Take over a set-up from a file or an https address, shown before it is written; what is here already stays',
  options: { ...DRY_RUN, yes: { type: 'boolean', short: 'y', help: 'do not ask' } },
  positionals: { min: 1, max: 1, values: 'files' },
  examples: ['team.json --dry-run', 'https://example.com/team.json'],
  async run(args, context) {
    const [source = ''] = args.positionals;
    const setUp = await (await context.services()).care.setUp();
    const loaded = await setUp.load(source, { signal: context.signal });
    const shown = await setUp.preview(loaded);
    if (args.options['dry-run'] === true) {
      return tell(context, loaded, shown, false);
    }
    if (args.options['yes'] !== true && addedWords(shown).length > 0) {
      await confirm(context, reportText(loaded, shown));
    }
    return tell(context, loaded, await setUp.apply(loaded), true);
  },
};

/** Shows it on the terminal itself and asks. Throws UsageError where nobody can be asked, CancelledError where the answer is no. */
async function confirm({ surroundings, signal }: CliContext, shown: string): Promise<void> {
  const terminal = openTerminal(surroundings.platform);
  if (terminal === undefined) {
    throw new UsageError(
      'Without a terminal nothing is imported unasked.',
      'Look at it with --dry-run, then give --yes.',
    );
  }
  try {
    terminal.write(`${plainLines(shown)}\n`);
    const answer = (await terminal.readHidden('Import this? Type yes: ', signal)).reveal().trim();
    if (!/^y(?:es)?$/i.test(answer)) {
      throw new CancelledError('The import');
    }
  } finally {
    terminal.close();
  }
}

function tell(context: CliContext, loaded: LoadedSetUp, report: ImportReport, applied: boolean): number {
  const { sha256, source } = loaded;
  if (context.json) {
    context.out(JSON.stringify({ source, sha256, ...report, applied }, null, 2));
  } else if (applied) {
    const undo = report.undoId === undefined ? '' : ` Undo the change of ~/.aws with: rolecall undo ${report.undoId}`;
    context.out(plainLines(`${doneText(report)}${undo}`));
  } else {
    context.out(plainLines(`${reportText(loaded, report)}\nNothing was written.`));
  }
  return EXIT.ok;
}

/** What was added, what was here already, and what is left as it is here. */
function doneText(report: ImportReport): string {
  const added = addedWords(report);
  const same = report.items.filter(({ action }) => action === 'same').length;
  const left = report.items
    .filter(({ action }) => action === 'conflict')
    .map(({ kind, name }) => `${KINDS[kind]} ${name}`);
  return [
    added.length === 0 ? 'There was nothing new to import.' : `Imported: ${added.join(', ')}.`,
    ...(same === 0 ? [] : [`Here already: ${same}.`]),
    ...(left.length === 0 ? [] : [`Left as it is here: ${left.join(', ')}.`]),
  ].join(' ');
}

function addedWords({ items, newMarks, newRules }: ImportReport): readonly string[] {
  const count = (kind: keyof typeof KINDS): number =>
    items.filter((item) => item.kind === kind && item.action === 'add').length;
  const counts = [
    [count('sso-session'), 'Identity Center', 'Identity Centers'],
    [count('profile'), 'profile', 'profiles'],
    [count('profile-sync'), 'rule for profiles of all roles', 'rules for profiles of all roles'],
    [newMarks.length, 'mark', 'marks'],
    [newRules.length, 'guard rule', 'guard rules'],
  ] as const;
  return counts.flatMap(([number, one, more]) => (number === 0 ? [] : [`${number} ${number === 1 ? one : more}`]));
}

const ACTIONS = { add: 'add', same: 'here already', conflict: 'left as it is here' } as const;
const KINDS = {
  'sso-session': 'Identity Center',
  profile: 'profile',
  'profile-sync': 'profiles for all roles of',
} as const;

function reportText({ source, sha256 }: LoadedSetUp, { items, newMarks, newRules, previews }: ImportReport): string {
  const rows = items.map(({ kind, name, action, why = '' }) => [ACTIONS[action], KINDS[kind], name, why]);
  return [
    `From ${source}`,
    `SHA-256 ${sha256}`,
    ...(rows.length === 0 ? [] : [table(rows)]),
    `Names, colours and guards for ${newMarks.length} roles, accounts and profiles; ${newRules.length} guard rules.`,
    ...previews.map(({ diff }) => diff),
  ].join('\n');
}
