import type { RoleTarget } from '../../shared/role-target.ts';
import { consolePlaceOf } from '../console-place-of.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../terminal-text.ts';
import { textOption, type Arguments, type CommandSpec } from '../command-spec.ts';
import { TARGET_OPTIONS, TARGET_SYNOPSIS, targetFromOptions } from '../target-options.ts';
import { UsageError } from '../usage-error.ts';

const VIAS = ['federation', 'portal', 'switch-role'] as const;

type Via = (typeof VIAS)[number];

/** `rolecall console`: opens the AWS console as a role, or prints its address. */
export const openConsole: CommandSpec = {
  name: 'console',
  synopsis: `console ${TARGET_SYNOPSIS} [--destination URL|service] [--region R] [--via federation|portal|switch-role] [--in PLACE] [--print]`,
  summary: 'Open the AWS console as a role',
  options: {
    ...TARGET_OPTIONS,
    destination: { type: 'string', value: 'URL', help: "a service's short name, such as s3, or the address of a page" },
    region: { type: 'string', value: 'R', help: 'the region to open it in' },
    via: { type: 'string', value: 'V', values: VIAS, help: 'the way to sign in' },
    in: { type: 'string', value: 'PLACE', help: 'a browser, profile or container; a wrong one lists those there are' },
    print: { type: 'boolean', help: 'print the address, which signs in whoever has it, instead of opening it' },
  },
  examples: [
    '--profile admin',
    '--profile admin --destination s3 --region eu-central-1',
    '--sso-session acme --account 111122223333 --role ReadOnlyAccess --in private:firefox',
  ],
  credentialUse: 'console',
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
  const known = VIAS.find((each) => each === via);
  if (via !== undefined && known === undefined) {
    throw new UsageError('--via is not known.', `One of: ${VIAS.join(', ')}.`);
  }
  return known;
}
