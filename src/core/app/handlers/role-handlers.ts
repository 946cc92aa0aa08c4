import type { ActivityEntry } from '../../../shared/app-state.ts';
import type { Opener } from '../../../shared/console-opener.ts';
import type { CopyFormat } from '../../../shared/copy-format.ts';
import { targetKey, type RoleTarget } from '../../../shared/role-target.ts';
import type { ParsedCommand } from '../../../shared/commands.ts';
import { consolePlace } from '../console-place.ts';
import type { Caller } from '../core.ts';
import { renewForLongJob } from '../long-job.ts';
import { withDestination } from '../recent-destinations.ts';
import type { Use } from '../role-use.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type RoleCommand =
  | 'openConsole'
  | 'listOpeners'
  | 'copyConsoleLink'
  | 'copyCredentials'
  | 'renewCredentials'
  | 'renewForLongJob'
  | 'forgetCredentials';

const MAX_RECENT = 12;

/** Commands about roles: consoles and credentials. */
export function roleHandlers(context: HandlerContext): HandlersOf<RoleCommand> {
  const { services, roles, clipboard, store, access, openBrowser } = context;
  return {
    async openConsole(input, caller) {
      const place = consolePlace(input.target, store.get(), input.opener);
      const shown = await roles.run(clickOf(context, input.target, caller, 'console'), async (call) => {
        const options = consoleOptions(context, input, place.opener.kind);
        const address = await services.console.address(input.target, options, call);
        await openBrowser(address.url, place);
        return address.shown;
      });
      await noteRecent(context, input.target);
      await noteDestination(context, input.destination);
      return { shown };
    },
    listOpeners: async () => ({ openers: await services.browser.openers() }),
    async copyConsoleLink(input, caller) {
      const { clipboardClearSeconds } = store.get().settings;
      await roles.run(clickOf(context, input.target, caller, 'console'), async (call) => {
        const turn = clipboard.ask();
        const { url } = await services.console.address(input.target, consoleOptions(context, input), call);
        await turn.put(url, clipboardClearSeconds);
      });
      await noteRecent(context, input.target);
      return { clearsInSeconds: clipboardClearSeconds };
    },
    async copyCredentials({ target, format = store.get().settings.copyFormat }, caller) {
      const credentials = await roles.run(clickOf(context, target, caller, 'copy', format), async (call) => {
        const turn = clipboard.ask();
        const fetched = await services.credentials.get(target, call);
        const text = services.format(fetched, regionOf(context, target), format);
        await turn.put(text, store.get().settings.clipboardClearSeconds);
        context.noteCopied(target, fetched.expiresAt);
        return fetched;
      });
      await noteRecent(context, target);
      const { clipboardClearSeconds } = store.get().settings;
      return { format, expiresAt: credentials.expiresAt.toISOString(), clearsInSeconds: clipboardClearSeconds };
    },
    async renewCredentials({ target }, caller) {
      const { expiresAt } = await roles.run(clickOf(context, target, caller, 'credentials'), (call) =>
        services.credentials.get(target, call, { fresh: true }),
      );
      return { expiresAt: expiresAt.toISOString() };
    },
    async renewForLongJob({ target }, caller) {
      const facts = await roles.run(clickOf(context, target, caller, 'credentials'), (call) =>
        renewForLongJob(services, target, call),
      );
      await access.refresh(facts.ssoToken?.ssoSession);
      return facts;
    },
    async forgetCredentials({ target }) {
      services.credentials.forget(target);
      return null;
    },
  };
}

/** A use that the user caused on a screen. */
function clickOf(
  { signal }: HandlerContext,
  target: RoleTarget,
  { asker }: Caller,
  what: ActivityEntry['what'],
  format?: CopyFormat,
): Use {
  return { target, asker, userAsked: true, signal, what, ...(format === undefined ? {} : { format }) };
}

function consoleOptions(
  { store }: HandlerContext,
  input: ParsedCommand<'copyConsoleLink'>,
  opener: Opener['kind'] = 'default',
) {
  const { consoleVia, consoleRegion } = store.get().settings;
  // The portal knows only its own roles; its links add a console to those that are open.
  const byPortal = opener === 'multi-session' ? 'portal' : consoleVia;
  const byDefault = input.target.kind === 'sso-role' ? byPortal : 'federation';
  return {
    destination: input.destination,
    region: input.region ?? (consoleRegion === '' ? undefined : consoleRegion),
    via: input.via ?? byDefault,
  };
}

/** The region of the profile, or of the settings; none where neither says. */
function regionOf({ store }: HandlerContext, target: RoleTarget): string | undefined {
  const { profiles, settings } = store.get();
  const own = target.kind === 'profile' ? profiles.find(({ name }) => name === target.profile)?.region : undefined;
  return own ?? (settings.consoleRegion === '' ? undefined : settings.consoleRegion);
}

/** The list is a convenience: that it cannot be written fails no use of a role. */
async function noteRecent({ kept, store }: HandlerContext, target: RoleTarget): Promise<void> {
  const key = targetKey(target);
  const withTarget = (before: readonly RoleTarget[]): readonly RoleTarget[] =>
    [target, ...before.filter((other) => targetKey(other) !== key)].slice(0, MAX_RECENT);
  const recentTargets = await kept.recentTargets.update(withTarget).catch(() => withTarget(store.get().recentTargets));
  store.update(() => ({ recentTargets }));
}

/** Notes which service was opened, wherever it was chosen: on a page, or in the tray's menu. As much a convenience as the list of roles. */
async function noteDestination({ kept, store }: HandlerContext, destination: string | undefined): Promise<void> {
  const { settings } = store.get();
  const recentDestinations = withDestination(settings.recentDestinations, destination);
  if (recentDestinations !== settings.recentDestinations) {
    const changed = await kept.settings
      .update((before) => ({
        ...before,
        recentDestinations: [...withDestination(before.recentDestinations, destination)],
      }))
      .catch(() => ({ ...settings, recentDestinations: [...recentDestinations] }));
    store.update(() => ({ settings: changed }));
  }
}
