import { createInterface } from 'node:readline/promises';
import { Secret } from '../../core/model/secret.ts';
import { withTerminal } from '../ask.ts';
import type { CliContext } from '../cli-context.ts';
import { textOption, type CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../terminal-text.ts';
import { UsageError } from '../usage-error.ts';

/** `rolecall keys add`: the key goes straight into the secret store; never through arguments, which every program can read. */
export const keysAdd: CommandSpec = {
  name: 'keys add',
  synopsis: 'keys add NAME [--region R]',
  summary: 'Put an access key into the secret store, typed on the terminal or as two lines on stdin',
  options: { region: { type: 'string', value: 'R', help: 'the region of the new profile' } },
  positionals: { min: 1, max: 1 },
  examples: ['me', 'me --region eu-central-1 < key.txt'],
  async run(args, context) {
    const [profile = ''] = args.positionals;
    const { accessKeyId, secretAccessKey } = process.stdin.isTTY
      ? await fromTerminal(context)
      : await fromStdin(context);
    const { members } = await context.services();
    const identity = await members.addKey(
      { profile, accessKeyId, secretAccessKey, region: textOption(args, 'region') },
      context.signal,
    );
    context.out(
      context.json
        ? JSON.stringify({ profile, arn: identity.arn })
        : terminalText(`Added ${profile}: ${identity.arn}.`),
    );
    return EXIT.ok;
  },
};

interface TypedKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
}

async function fromTerminal(context: CliContext): Promise<TypedKey> {
  return withTerminal(context, 'The question', async (terminal) => {
    const accessKeyId = (await terminal.readHidden('Access key id (not shown): ', context.signal)).reveal();
    return {
      accessKeyId,
      secretAccessKey: await terminal.readHidden('Secret access key (not shown): ', context.signal),
    };
  });
}

async function fromStdin({ signal }: CliContext): Promise<TypedKey> {
  const reader = createInterface({ input: process.stdin, signal });
  const lines: string[] = [];
  for await (const line of reader) {
    lines.push(line);
    if (lines.length === 2) {
      break;
    }
  }
  reader.close();
  // An end of the waiting is an end of the lines too.
  signal.throwIfAborted();
  const [accessKeyId, secretAccessKey] = lines;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new UsageError(
      'The key is missing.',
      'Give the access key id and the secret access key as two lines on stdin.',
    );
  }
  return { accessKeyId, secretAccessKey: new Secret(secretAccessKey) };
}
