import { appHandlers } from './app-handlers.ts';
import { careHandlers } from './care-handlers.ts';
import type { HandlerContext, Handlers } from './handler.ts';
import { instanceHandlers } from './instance-handlers.ts';
import { memberHandlers } from './member-handlers.ts';
import { preferenceHandlers } from './preference-handlers.ts';
import { profileCareHandlers } from './profile-care-handlers.ts';
import { profileHandlers } from './profile-handlers.ts';
import { promptHandlers } from './prompt-handlers.ts';
import { roleHandlers } from './role-handlers.ts';
import { secretStoreHandlers } from './secret-store-handlers.ts';
import { settingsHandlers } from './settings-handlers.ts';
import { setUpHandlers } from './set-up-handlers.ts';
import { ssoHandlers } from './sso-handlers.ts';

/** A handler for every command. A command without one, or with two, does not compile. */
export function createHandlers(context: HandlerContext): Handlers {
  return both(
    both(both(ssoHandlers(context), roleHandlers(context)), both(promptHandlers(context), preferenceHandlers(context))),
    both(
      both(
        both(profileHandlers(context), memberHandlers(context)),
        both(profileCareHandlers(context), setUpHandlers(context)),
      ),
      both(
        both(secretStoreHandlers(context), careHandlers(context)),
        both(settingsHandlers(context), both(appHandlers(context), instanceHandlers(context))),
      ),
    ),
  );
}

/** Puts two topics together that have no command in common: a shared one would have to be `never`. */
function both<One extends object, Other extends object>(
  one: One,
  other: Other & { readonly [Shared in keyof One & keyof Other]: never },
): One & Other {
  return { ...one, ...other };
}
