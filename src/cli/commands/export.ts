import * as v from 'valibot';
import { COPY_FORMATS, type CopyFormat } from '../../shared/copy-format.ts';
import { EXIT } from '../exit-codes.ts';
import { textOption, type Arguments, type CommandSpec } from '../command-spec.ts';
import { TARGET_OPTIONS, TARGET_SYNOPSIS, targetFromOptions } from '../target-options.ts';
import { UsageError } from '../usage-error.ts';
import { regionOf } from '../region-of.ts';

/** What may be asked for: zsh reads what bash does. */
const FORMATS = ['bash', 'zsh', ...COPY_FORMATS.filter((format) => format !== 'bash')] as const;

/** `rolecall export`: credentials as text for a shell or a file. */
export const exportCredentials: CommandSpec = {
  name: 'export',
  synopsis: `export ${TARGET_SYNOPSIS} [--format ${FORMATS.join('|')}]`,
  summary: 'Print temporary credentials for a shell: eval "$(rolecall export --profile admin)"',
  options: {
    ...TARGET_OPTIONS,
    format: { type: 'string', value: 'F', values: FORMATS, help: 'the form' },
  },
  examples: ['--profile admin', '--profile admin --format powershell'],
  async run(args, context) {
    const format = formatOption(args, context.json);
    const target = targetFromOptions(args, context.surroundings.env);
    const services = await context.services();
    const held = await services.credentials.get(target, context.call());
    context.out(services.format(held, await regionOf(target, services), format).reveal());
    return EXIT.ok;
  },
};

function formatOption(args: Arguments, json: boolean): CopyFormat {
  const text = textOption(args, 'format') ?? (json ? 'json' : 'bash');
  const parsed = v.safeParse(v.picklist(COPY_FORMATS), text === 'zsh' ? 'bash' : text);
  if (!parsed.success) {
    throw new UsageError('--format is not known.', `One of: ${FORMATS.join(', ')}.`);
  }
  return parsed.output;
}
