import { importPreview } from '../../core/app/handlers/settings-handlers.ts';
import type { FoundTool, ToolImportReport } from '../../core/session/import/tool-import.ts';
import { IMPORT_TOOLS, type ImportTool } from '../../shared/settings-commands.ts';
import type { CliContext } from '../cli-context.ts';
import { DRY_RUN, type Arguments, type CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { oneLine, plainLines, table } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

/** `rolecall import`: takes along what other tools know. */
export const importTool: CommandSpec = {
  name: 'import',
  synopsis: 'import [leapp|aws-vault|granted|aws-sso-cli] [--take-over] [--dry-run] [--json]',
  summary: 'Take along what another tool knows; without a name, look for them',
  options: {
    'take-over': { type: 'boolean', help: 'write the profiles that the tool serves in keys of AWS instead' },
    ...DRY_RUN,
  },
  positionals: { min: 0, max: 1, values: IMPORT_TOOLS },
  examples: ['', 'aws-vault --take-over --dry-run'],
  async run(args, context) {
    const tool = toolOf(args);
    const toolImport = await (await context.services()).machine.toolImport();
    if (tool === undefined) {
      return list(context, await toolImport.find());
    }
    const takeOver = args.options['take-over'] === true;
    const isDryRun = args.options['dry-run'] === true;
    const report = await (isDryRun ? toolImport.preview(tool, { takeOver }) : toolImport.apply(tool, { takeOver }));
    tell(context, report, isDryRun);
    return EXIT.ok;
  },
};

function toolOf({ positionals: [name] }: Arguments): ImportTool | undefined {
  const tool = IMPORT_TOOLS.find((known) => known === name);
  if (name !== undefined && tool === undefined) {
    throw new UsageError('There is no import from that.', `One of: ${IMPORT_TOOLS.join(', ')}.`);
  }
  return tool;
}

function list(context: CliContext, found: readonly FoundTool[]): number {
  if (context.json) {
    const tools = found.map(({ tool, file, failure, collected }) => ({ tool, file, failure, collected }));
    context.out(JSON.stringify({ tools }, null, 2));
  } else if (found.length === 0) {
    context.out(`None of ${IMPORT_TOOLS.join(', ')} was found.`);
  } else {
    const rows = found.map(({ tool, file, failure, collected }) => [
      tool,
      file,
      failure?.message ?? summary(collected),
    ]);
    context.out(table([['TOOL', 'FILE', 'KNOWS'], ...rows]));
  }
  return EXIT.ok;
}

function summary({ ssoSessions, profiles, marks, takeOvers, keys }: FoundTool['collected']): string {
  const counts = [
    [ssoSessions.length, 'new Identity Center', 'new Identity Centers'],
    [profiles.length, 'profile', 'profiles'],
    [Object.keys(marks).length, 'mark', 'marks'],
    [takeOvers.length, 'profile to take over', 'profiles to take over'],
    [keys.length, 'key', 'keys'],
  ] as const;
  const said = counts.flatMap(([count, one, more]) => (count === 0 ? [] : [`${count} ${count === 1 ? one : more}`]));
  return said.join(', ') || 'nothing new';
}

function tell(context: CliContext, report: ToolImportReport, isDryRun: boolean): void {
  const { previews, markCount, conflicts, keys, notes } = importPreview(report);
  if (context.json) {
    const { newMarks, undoId, takeOvers } = report;
    context.out(
      JSON.stringify({ previews, newMarks, takeOvers, conflicts, keys, notes, undoId, applied: !isDryRun }, null, 2),
    );
    return;
  }
  for (const { diff } of previews) {
    context.out(plainLines(diff));
  }
  for (const { key, marks } of report.newMarks) {
    context.out(oneLine(`${key}: ${JSON.stringify(marks)}`));
  }
  for (const line of [...conflicts, ...notes]) {
    context.note(line);
  }
  for (const command of keys) {
    context.out(`To hand its key over: ${oneLine(command)}`);
  }
  context.out(ending(previews.length === 0 && markCount === 0, isDryRun, report.undoId));
}

function ending(isNothing: boolean, isDryRun: boolean, undoId: string | undefined): string {
  if (isNothing) {
    return 'There is nothing new to import.';
  }
  const undo = undoId === undefined ? '' : ` To take it back: rolecall undo ${undoId}`;
  return isDryRun ? 'Nothing was written.' : `Imported.${undo}`;
}
