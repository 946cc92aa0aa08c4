import type { SsoSessions } from '../../core/app/services.ts';
import { NotFoundError } from '../../core/model/errors.ts';
import { unknownSsoSession } from '../../core/model/did-you-mean.ts';
import { SignInNeededError } from '../../core/session/errors.ts';
import { EXIT } from '../exit-codes.ts';
import { requiredOption, textOption, type CommandSpec } from '../command-spec.ts';
import { UsageError } from '../usage-error.ts';
import type { CliContext } from '../cli-context.ts';
import type { SignInStep } from '../../shared/app-state.ts';
import { terminalText } from '../terminal-text.ts';
import { ssoSessionList } from '../sso-session-list.ts';

const ADD_SYNOPSIS = 'add-sso NAME --start-url URL [--region R]';

/** `rolecall add-sso`: writes `[sso-session NAME]`. */
export const addSso: CommandSpec = {
  name: 'add-sso',
  synopsis: ADD_SYNOPSIS,
  summary: 'Add an Identity Center by its start URL (the region is found where it can be)',
  options: {
    'start-url': { type: 'string', value: 'URL', help: 'the address of the access portal' },
    region: { type: 'string', value: 'R', help: 'its region; without it, it is found where it can be' },
  },
  positionals: { min: 1, max: 1 },
  examples: ['acme --start-url https://acme.awsapps.com/start'],
  async run(args, context) {
    const [name = ''] = args.positionals;
    const startUrl = requiredOption(args, { synopsis: ADD_SYNOPSIS }, 'start-url');
    const { ssoSessions } = await context.services();
    const region = textOption(args, 'region') ?? (await ssoSessions.detectRegion(startUrl, context.signal));
    const { id } = await ssoSessions.add({ name, startUrl, region });
    context.out(
      context.json
        ? JSON.stringify({ ssoSession: id, startUrl, region })
        : `Added ${id} (${region}). Next: rolecall sign-in ${id}`,
    );
    return EXIT.ok;
  },
};

/** `rolecall sign-in`: in the browser, or by device code. */
export const signIn: CommandSpec = {
  name: 'sign-in',
  synopsis: 'sign-in [NAME] [--device] [--no-browser] [--if-needed]',
  summary: 'Sign in to an Identity Center; aws, boto3 and the SDKs are signed in with it',
  options: {
    device: { type: 'boolean', help: 'by a code that you enter on any machine' },
    'no-browser': { type: 'boolean', help: 'print the address instead of opening a browser' },
    'if-needed': { type: 'boolean', help: 'do nothing where a sign-in still holds' },
  },
  positionals: { min: 0, max: 1, values: 'sso-sessions' },
  examples: ['', 'acme --device --no-browser', 'acme --if-needed'],
  async run(args, context) {
    const id = await chosenSsoSession(context, args.positionals[0]);
    const { ssoSessions } = await context.services();
    if (args.options['if-needed'] === true && (await isSignedIn(ssoSessions, id, context.signal))) {
      await tellSignedIn(`Signed in to ${id} already.`, id, context);
      return EXIT.ok;
    }
    const openBrowser = args.options['no-browser'] !== true;
    await ssoSessions.signIn(
      id,
      {
        method: args.options['device'] === true ? 'device' : 'browser',
        openBrowser,
        onStep: (step) => tellStep(step, openBrowser, context),
        onAddress: (url) => {
          if (!openBrowser) {
            context.note(`Open this address to sign in: ${url.reveal()}`);
          }
        },
        onBrowserFailed: (url) =>
          context.note(`No browser could be opened. Open this address to sign in: ${url.reveal()}`),
      },
      context.signal,
    );
    await tellSignedIn(`Signed in to ${id}.`, id, context);
    return EXIT.ok;
  },
};

/** A token that is over is renewed first: what is on disk does not say whether AWS still does that. */
async function isSignedIn(ssoSessions: SsoSessions, id: string, signal: AbortSignal): Promise<boolean> {
  try {
    await ssoSessions.accessToken(id, signal);
    return true;
  } catch (error) {
    if (error instanceof SignInNeededError) {
      return false;
    }
    throw error;
  }
}

async function tellSignedIn(words: string, id: string, context: CliContext): Promise<void> {
  const { ssoSessions } = await context.services();
  const asJson = async (): Promise<string> => JSON.stringify({ ssoSession: id, access: await ssoSessions.access(id) });
  context.out(context.json ? await asJson() : terminalText(words));
}

function tellStep(step: SignInStep, openBrowser: boolean, context: CliContext): void {
  if (step.kind === 'waiting-for-browser' && openBrowser) {
    context.note('Waiting for you to sign in in the browser. Ctrl-C stops.');
  }
  if (step.kind === 'waiting-for-device') {
    context.note(`Your code: ${step.userCode}  (enter it at ${step.verificationUri})`);
    context.note('Continue only if you started this sign-in yourself, and the page shows the same code.');
  }
}

/** `rolecall sign-out`. */
export const signOut: CommandSpec = {
  name: 'sign-out',
  synopsis: 'sign-out [NAME]',
  summary: 'Sign out at AWS and forget the tokens and credentials of an Identity Center',
  positionals: { min: 0, max: 1, values: 'sso-sessions' },
  examples: ['', 'acme'],
  async run(args, context) {
    const id = await chosenSsoSession(context, args.positionals[0]);
    const { ssoSessions } = await context.services();
    await ssoSessions.signOut(id, context.signal);
    context.out(context.json ? JSON.stringify({ ssoSession: id }) : terminalText(`Signed out of ${id}.`));
    return EXIT.ok;
  },
};

/** The Identity Center named, or all there are. Throws NotFoundError where there is none. */
export async function chosenSsoSessions(context: CliContext, name: string | undefined): Promise<readonly string[]> {
  const known = await ssoSessionList(context);
  return name === undefined && known.length > 1 ? known.map(({ id }) => id) : [await chosenSsoSession(context, name)];
}

/**
 * The Identity Center named, or the only one there is. Throws NotFoundError where there is none, UsageError where one of several has to
 * be named.
 */
export async function chosenSsoSession(context: CliContext, name: string | undefined): Promise<string> {
  const known = await ssoSessionList(context);
  if (name !== undefined) {
    const found = known.find((session) => session.id === name || session.name === name);
    if (found === undefined) {
      throw unknownSsoSession(
        name,
        known,
        known.length === 0
          ? `Add one: rolecall ${ADD_SYNOPSIS}`
          : `There is: ${known.map((session) => session.id).join(', ')}.`,
      );
    }
    return found.id;
  }
  const [only, ...others] = known;
  if (only === undefined) {
    throw new NotFoundError('There is no Identity Center yet.', `Add one: rolecall ${ADD_SYNOPSIS}`);
  }
  if (others.length > 0) {
    throw new UsageError(
      'There are several Identity Centers.',
      `Name one: ${known.map((session) => session.id).join(', ')}.`,
    );
  }
  return only.id;
}
