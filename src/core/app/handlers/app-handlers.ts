import { BadInputError, NotFoundError } from '../../model/errors.ts';
import { Secret } from '../../model/secret.ts';
import type { ParsedCommand } from '../../../shared/commands.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type AppCommand = 'openWindow' | 'openLink' | 'openDemo' | 'reloadFiles' | 'quit';

const DOCUMENTATION = 'https://docs.aws.amazon.com/singlesignon/latest/userguide/what-is.html';

/** Commands about the app itself. */
export function appHandlers(context: HandlerContext): HandlersOf<AppCommand> {
  const { shell, files, access, openBrowser } = context;
  return {
    async openWindow(where) {
      shell.openWindow(where);
      return null;
    },
    async openLink(input) {
      await openBrowser(new Secret(linkOf(context, input)));
      return null;
    },
    async openDemo() {
      if (context.store.get().app.sandbox !== undefined) {
        throw new BadInputError('This is the demo already.', 'Follow its steps, or close it.');
      }
      await shell.openDemo();
      return null;
    },
    async reloadFiles() {
      await files.load();
      await access.refresh();
      return null;
    },
    async quit() {
      shell.quit();
      return null;
    },
  };
}

/** Screens name a link; the address is ours or the user's own file's. */
function linkOf({ store }: HandlerContext, { link, ssoSession }: ParsedCommand<'openLink'>): string {
  const { app, ssoSessions } = store.get();
  switch (link) {
    case 'documentation':
      return DOCUMENTATION;
    case 'sandbox-phone':
      if (app.sandbox === undefined) {
        throw new NotFoundError('There is no sandbox here.', 'Start Rolecall with --sandbox.');
      }
      return app.sandbox.phoneUrl;
    case 'portal': {
      const session = ssoSessions.find(({ id }) => id === ssoSession);
      if (session === undefined) {
        throw new BadInputError('There is no such Identity Center.', 'Choose one of those that are listed.');
      }
      return session.startUrl;
    }
  }
}
