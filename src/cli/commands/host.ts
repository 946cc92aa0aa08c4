import type { CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { portOption } from './exec.ts';

/** `rolecall host`: the app's screen in a browser, for machines without Electron. */
export const host: CommandSpec = {
  name: 'host',
  synopsis: 'host [--no-open] [--port N] [--sandbox]',
  summary: 'Open the screen in a browser; --sandbox tries everything against a built-in AWS',
  options: {
    'no-open': { type: 'boolean', help: 'print the address instead of opening a browser' },
    port: { type: 'string', value: 'N', help: 'the port; 0, as without it, is any free one' },
    sandbox: { type: 'boolean', help: 'against a built-in AWS; nothing of yours is touched' },
  },
  examples: ['', '--sandbox'],
  ignoresJson: true,
  async run(args, context) {
    const { openAppHost } = await import('../app-host.ts');
    await openAppHost(context, {
      screen: { open: args.options['no-open'] !== true, port: portOption(args) },
      isSandbox: args.options['sandbox'] === true,
    });
    return EXIT.ok;
  },
};

/** `rolecall agent`: the app without a screen, for machines that only serve credentials. */
export const agent: CommandSpec = {
  name: 'agent',
  synopsis: 'agent',
  summary: 'Serve credentials to programs without a screen',
  examples: [''],
  ignoresJson: true,
  async run(_args, context) {
    const { openAppHost } = await import('../app-host.ts');
    await openAppHost(context, { screen: undefined, isSandbox: false });
    return EXIT.ok;
  },
};
