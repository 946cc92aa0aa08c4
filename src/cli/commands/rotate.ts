import type { CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { UsageError } from '../usage-error.ts';

/** `rolecall rotate`: a new access key in the old one's place. */
export const rotate: CommandSpec = {
  name: 'rotate',
  synopsis: 'rotate PROFILE [--delete-old | --back]',
  summary: 'Change the access key of a profile; the old one is switched off, and deleted on your word',
  options: {
    'delete-old': { type: 'boolean', help: 'afterwards: delete the old key for good' },
    back: { type: 'boolean', help: 'afterwards: go back to the old key' },
  },
  positionals: { min: 1, max: 1, values: 'profiles' },
  examples: ['me', 'me --delete-old'],
  async run(args, context) {
    const [profile = ''] = args.positionals;
    const isDeleting = args.options['delete-old'] === true;
    const isGoingBack = args.options['back'] === true;
    if (isDeleting && isGoingBack) {
      throw new UsageError('--delete-old and --back exclude each other.', 'Give one of them.');
    }
    const { rotation } = (await context.services()).members;
    if (isDeleting || isGoingBack) {
      await (isDeleting ? rotation.finish(profile, context.call()) : rotation.revert(profile, context.call()));
      context.out(
        context.json ? JSON.stringify({ profile }) : isDeleting ? 'Deleted the old key.' : 'Went back to the old key.',
      );
      return EXIT.ok;
    }
    const progress = await rotation.rotate(profile, context.call());
    context.out(
      context.json
        ? JSON.stringify(progress)
        : `${progress.newAccessKeyId ?? ''} is in place; ${progress.oldAccessKeyId} is switched off. Try your tools, then: rolecall rotate ${profile} --delete-old`,
    );
    return EXIT.ok;
  },
};
