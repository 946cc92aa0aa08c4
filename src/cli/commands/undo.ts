import type { CliContext } from '../cli-context.ts';
import { DRY_RUN, type CommandSpec } from '../command-spec.ts';
import { clockText } from '../durations.ts';
import { EXIT } from '../exit-codes.ts';
import { table } from '../terminal-text.ts';
import { told } from './protect.ts';

const STATES = {
  done: '',
  undone: 'undone',
  'copies-gone': 'too old to undo',
  'by-its-own-switch': 'undo with "rolecall vault"',
} as const;

/** `rolecall undo`: takes back a change of the user's files. */
export const undo: CommandSpec = {
  name: 'undo',
  synopsis: 'undo [ID] [--dry-run] [--json]',
  summary: 'Take back a change that was made to ~/.aws; without an ID, list them',
  options: DRY_RUN,
  positionals: { min: 0, max: 1 },
  examples: ['', '12 --dry-run'],
  async run(args, context) {
    const [id] = args.positionals;
    if (id === undefined) {
      return list(context);
    }
    const { undoLog } = (await context.services()).care;
    if (args.options['dry-run'] === true) {
      return told(context, await undoLog.preview(id), true, '');
    }
    const { previews } = await undoLog.undo(id);
    return told(context, previews, false, `Took change ${id} back.`);
  },
};

async function list(context: CliContext): Promise<number> {
  const edits = await (await context.services()).care.undoLog.list();
  if (context.json) {
    context.out(JSON.stringify({ edits: edits.map((edit) => ({ ...edit, at: edit.at.toISOString() })) }, null, 2));
    return EXIT.ok;
  }
  const now = context.surroundings.clock.now();
  const rows = edits.map(({ id, at, kind, subject, state }) => [id, clockText(at, now), kind, subject, STATES[state]]);
  context.out(rows.length === 0 ? 'Nothing was changed yet.' : table([['ID', 'WHEN', 'WHAT', 'OF', ''], ...rows]));
  return EXIT.ok;
}
