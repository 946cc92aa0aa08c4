import type { CommandSpec } from '../command-spec.ts';
import { EXIT } from '../exit-codes.ts';
import { portOption } from './exec.ts';

/** `rolecall host`: the app's screen in a browser, for machines without Electron. */
export const host: CommandSpec = {
  name: 'host',
  synopsis: 'host [--no-open] [--port N] [--sandbox]',
  summary: 'Open the screen in a browser; --sandbox tries everything against a built-in AWS',
  options: { 'no-open': { type: 'boolean' }, port: { type: 'string' }, sandbox: { type: 'boolean' } },
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
  async run(_args, context) {
    const { openAppHost } = await import('../app-host.ts');
    await openAppHost(context, { screen: undefined, isSandbox: false });
    return EXIT.ok;
  },
};
