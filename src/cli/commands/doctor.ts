import { doctorResult } from '../../core/app/handlers/care-handlers.ts';
import { kindWords } from '../../core/files/profile-kind.ts';
import { posixWord } from '../../core/model/posix-word.ts';
import type { Finding } from '../../core/session/doctor/finding.ts';
import type { DoctorReport } from '../../core/session/doctor/run-doctor.ts';
import type { ToolView } from '../../core/session/doctor/tool-views.ts';
import type { CliContext } from '../cli-context.ts';
import { textOption, type CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { oneLine } from '../terminal-text.ts';
import { told } from './protect.ts';

/** `rolecall doctor`: what is wrong, why it hurts, what to do. */
export const doctor: CommandSpec = {
  name: 'doctor',
  synopsis: 'doctor [--offline] [--fix ID] [--dry-run] [--json]',
  summary: 'Look for everything that keeps AWS tools from working; ends with 1 where there is an error',
  options: {
    offline: { type: 'boolean', help: 'ask nothing of AWS' },
    fix: { type: 'string', value: 'ID', help: 'mend a finding, by the id that stands with it' },
    'dry-run': { type: 'boolean', help: 'with --fix: show what would change, and change nothing' },
  },
  examples: ['', '--offline --json'],
  async run(args, context) {
    const fixId = textOption(args, 'fix');
    if (fixId !== undefined) {
      return fix(context, fixId, args.options['dry-run'] === true);
    }
    const { care, secretStore } = await context.services();
    // A command finds out about the store at its first use; here there may be none.
    await secretStore.refresh();
    // Whether it opens shows only when it is opened; who runs the doctor may be asked by the system for it. The status tells what came of it.
    await secretStore.unlock().catch(() => undefined);
    const offline = args.options['offline'] === true;
    const report = await care.doctor.run({ offline, signal: context.signal });
    context.out(context.json ? JSON.stringify(doctorResult(report), null, 2) : reportText(report));
    return report.findings.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.ok;
  },
};

async function fix(context: CliContext, id: string, isDryRun: boolean): Promise<number> {
  const { doctor: service } = (await context.services()).care;
  const { finding, previews, undoId } = await (isDryRun ? service.previewFix(id) : service.applyFix(id));
  const back = undoId === undefined ? '' : ` (taken back by: rolecall undo ${undoId})`;
  return told(context, previews, isDryRun, oneLine(`Fixed: ${finding.title}${back}`));
}

function reportText({ findings, views }: DoctorReport): string {
  if (findings.length === 0) {
    return 'Nothing is wrong.';
  }
  const differing = views.filter(({ agree }) => !agree);
  return [...findings.map(findingText), ...differences(differing), summary(findings)].join('\n\n');
}

/** The most profiles told of: whoever wants all takes the JSON. */
const MOST_DIFFERENCES = 20;

function differences(views: readonly ToolView[]): readonly string[] {
  const lines = views
    .slice(0, MOST_DIFFERENCES)
    .map(({ profile, awsCli, jsSdk }) => `  ${oneLine(`${profile}: ${use(awsCli)}; ${use(jsSdk)}`)}`);
  const left = views.length - lines.length;
  return lines.length === 0
    ? []
    : [
        [
          'What the AWS CLI and boto3 use of these profiles; what the JS SDK uses:',
          ...lines,
          ...(left === 0 ? [] : [`  and ${left} more`]),
        ].join('\n'),
      ];
}

function use(kind: ToolView['awsCli']): string {
  return kind === undefined ? 'nothing, they do not see it' : kindWords(kind);
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity'], one: string, many: string): readonly string[] => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return found === 0 ? [] : [`${found} ${found === 1 ? one : many}`];
  };
  const counts = [
    ...count('error', 'error', 'errors'),
    ...count('warning', 'warning', 'warnings'),
    ...count('info', 'note', 'notes'),
  ];
  return `${counts.join(', ')}.`;
}

function findingText({ id, severity, title, why, hint, file, line, fix: offered }: Finding): string {
  const place = file === undefined ? [] : [`  at ${line === undefined ? file : `${file}:${line}`}`];
  const offer = offered === undefined ? [] : [`  fix: rolecall doctor --fix ${posixWord(id)}`];
  const lines = [`${severity}: ${title}`, ...place, `  ${why}`, `  ${hint}`, ...offer];
  // Titles and places may quote the files.
  return lines.map((text) => text.replace(/\S.*$/s, oneLine)).join('\n');
}
