import type { ProfileView } from '../../shared/profile-commands.ts';

/** Keys that step aside under this stand for themselves; the core writes them where they count. */
const KEPT_PREFIX = 'rolecall_';

/** The keys of a profile that can be set, with what they are now. */
export function keysNow(view: ProfileView | undefined): ReadonlyMap<string, string> {
  const settable = new Set(view?.settable.map(({ key }) => key));
  return new Map(
    (view?.keys ?? []).flatMap(({ name, awsCli, jsSdk, line, file }): readonly (readonly [string, string])[] => {
      const key = name.startsWith(KEPT_PREFIX) ? name.slice(KEPT_PREFIX.length) : name;
      const value = awsCli ?? jsSdk;
      // What the sso-session says is not the profile's own.
      const isOwn = line !== undefined && file !== undefined && !isOfSession(view, name);
      return isOwn && settable.has(key) && value !== undefined ? [[key, value]] : [];
    }),
  );
}

/** `sso_start_url` and `sso_region` of a profile with an sso-session stand in that section. */
function isOfSession(view: ProfileView | undefined, name: string): boolean {
  const hasSession = view?.keys.some((key) => key.name === 'sso_session') === true;
  return hasSession && (name === 'sso_start_url' || name === 'sso_region');
}

/** What was typed against what stands there: null takes a key away. */
export function changedKeys(
  before: ReadonlyMap<string, string>,
  typed: Readonly<Record<string, string>>,
): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(typed).flatMap(([key, text]): readonly (readonly [string, string | null])[] => {
      const value = text.trim();
      const known = before.get(key);
      if (value === (known ?? '')) {
        return [];
      }
      return [[key, value === '' ? null : value]];
    }),
  );
}
