import type { RoleTarget } from '../../shared/role-target.ts';
import { consolePlaceOf } from '../console-place-of.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../terminal-text.ts';
import { textOption, type Arguments, type CommandSpec } from '../command-spec.ts';
import { TARGET_OPTIONS, TARGET_SYNOPSIS, targetFromOptions } from '../target-options.ts';
import { UsageError } from '../usage-error.ts';

type Via = 'federation' | 'portal' | 'switch-role';

/** `rolecall console`: opens the AWS console as a role, or prints its address. */
export const openConsole: CommandSpec = {
  name: 'console',
  synopsis: `console ${TARGET_SYNOPSIS} [--destination URL|service] [--region R] [--via federation|portal|switch-role] [--in PLACE] [--print]`,
  summary: 'Open the AWS console as a role',
  options: {
    ...TARGET_OPTIONS,
    destination: { type: 'string' },
    region: { type: 'string' },
    via: { type: 'string' },
    in: { type: 'string' },
    print: { type: 'boolean' },
  },
  async run(args, context) {
    const target = targetFromOptions(args, context.surroundings.env);
    const services = await context.services();
    const place = await consolePlaceOf(target, textOption(args, 'in'), context);
    const via = viaOption(args) ?? (place.opener.kind === 'multi-session' ? portalFor(target) : undefined);
    const where = { destination: textOption(args, 'destination'), region: textOption(args, 'region'), via };
    const open = async (): Promise<number> => {
      const { url, shown } = await services.console.address(target, where, context.call());
      if (args.options['print'] === true) {
        context.out(context.json ? JSON.stringify({ url: url.reveal() }) : url.reveal());
        return EXIT.ok;
      }
      await services.browser.open(url, place);
      context.out(context.json ? JSON.stringify({ opened: shown }) : terminalText(`Opened ${shown}.`));
      return EXIT.ok;
    };
    // By federation whoever gives the credentials asks for a guarded role; a link takes none.
    return via === 'portal' || via === 'switch-role' ? context.openByLink(target, open) : open();
  },
};

/** Multi-session is a link of the portal, which knows only its own roles. */
function portalFor({ kind }: RoleTarget): Via {
  return kind === 'sso-role' ? 'portal' : 'federation';
}

function viaOption(args: Arguments): Via | undefined {
  const via = textOption(args, 'via');
  if (via === undefined || via === 'federation' || via === 'portal' || via === 'switch-role') {
    return via;
  }
  throw new UsageError('--via is not known.', 'One of: federation, portal, switch-role');
}
