import { doctorFinding } from '../../core/app/handlers/care-handlers.ts';
import type { Finding } from '../../core/session/doctor/finding.ts';
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
  options: { offline: { type: 'boolean' }, fix: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  async run(args, context) {
    const fixId = textOption(args, 'fix');
    if (fixId !== undefined) {
      return fix(context, fixId, args.options['dry-run'] === true);
    }
    const { care, secretStore } = await context.services();
    // A command finds out about the store at its first use; here there may be none.
    await secretStore.refresh();
    const offline = args.options['offline'] === true;
    const { findings } = await care.doctor.run({ offline, signal: context.signal });
    context.out(
      context.json ? JSON.stringify({ findings: findings.map(doctorFinding) }, null, 2) : findingsText(findings),
    );
    return findings.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.ok;
  },
};

async function fix(context: CliContext, id: string, isDryRun: boolean): Promise<number> {
  const { doctor: service } = (await context.services()).care;
  const { finding, previews } = await (isDryRun ? service.previewFix(id) : service.applyFix(id));
  return told(context, previews, isDryRun, oneLine(`Fixed: ${finding.title}`));
}

function findingsText(findings: readonly Finding[]): string {
  return findings.length === 0 ? 'Nothing is wrong.' : findings.map(findingText).join('\n\n');
}

function findingText({ id, severity, title, why, hint, file, line, fix: offered }: Finding): string {
  const place = file === undefined ? [] : [`  at ${line === undefined ? file : `${file}:${line}`}`];
  const offer = offered === undefined ? [] : [`  fix: rolecall doctor --fix '${id.replaceAll("'", "'\\''")}'`];
  const lines = [`${severity}: ${title}`, ...place, `  ${why}`, `  ${hint}`, ...offer];
  // Titles and places may quote the files.
  return lines.map((text) => text.replace(/\S.*$/s, oneLine)).join('\n');
}
