import type { ViewedKey } from '../../core/session/profiles/profile-view.ts';
import { EXIT } from '../exit-codes.ts';
import type { CommandSpec } from '../command-spec.ts';
import { oneLine, table } from '../terminal-text.ts';

/** `rolecall profiles show`: one profile, key by key. */
export const profilesShow: CommandSpec = {
  name: 'profiles show',
  synopsis: 'profiles show PROFILE [--json]',
  summary: 'Show what the AWS CLI and the JS SDK each make of a profile, and where each value stands',
  positionals: { min: 1, max: 1, values: 'profiles' },
  examples: ['dev'],
  async run(args, context) {
    const [profile = ''] = args.positionals;
    const { profiles } = await context.services();
    const { awsCli, jsSdk, keys } = await profiles.view(profile);
    const placed = keys.map(({ place, ...key }) => ({
      ...key,
      file: place && profiles.paths[place.file],
      line: place?.line,
    }));
    if (context.json) {
      context.out(JSON.stringify({ profile, awsCli, jsSdk, keys: placed }, null, 2));
      return EXIT.ok;
    }
    context.out(oneLine(`AWS CLI, boto3: ${awsCli ?? 'not seen'}. JS SDK: ${jsSdk ?? 'not seen'}.`));
    const rows = placed.map((key) => [
      key.name,
      ...valuesOf(key),
      key.file === undefined ? '' : `${key.file}:${key.line}`,
    ]);
    context.out(table([['KEY', 'AWS CLI, BOTO3', 'JS SDK', 'WHERE'], ...rows]));
    return EXIT.ok;
  },
};

/** The second is empty where the two agree. */
function valuesOf({ awsCli, jsSdk, agree, isSecret }: Omit<ViewedKey, 'place'>): readonly string[] {
  const text = (value: string | undefined): string =>
    value === undefined ? '(not read)' : isSecret ? '(secret)' : oneLine(value);
  return [text(awsCli), agree ? '' : text(jsSdk)];
}
