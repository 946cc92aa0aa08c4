import type { Text } from '../i18n/text.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { displayText } from '../model/display-text.ts';
import { regionLabel, regionName } from '../../shared/regions.ts';
import { profilesOf, regionsOf, type FilterScope } from '../model/role-filters.ts';

/** What is said of a role beside its names. Texts, so that rows that stay the same are not drawn again. */
export interface RoleFields {
  readonly type: string;
  /** The Identity Center it comes from. */
  readonly session: string;
  readonly region: string;
  /** The same with its id. */
  readonly regionLong: string;
  readonly profiles: string;
}

/** How access comes to a role, where it is used, and the profiles that lead to it. */
export function roleFields(entry: RoleEntry, scope: FilterScope, { t, language }: Text): RoleFields {
  const { profile, account } = entry;
  const regions = regionsOf(entry, scope);
  const { name = account.ssoSession ?? '' } = scope.ssoSessions.find(({ id }) => id === account.ssoSession) ?? {};
  const session = displayText(name);
  return {
    type: profile === undefined ? `SSO · ${session}` : t.profileKinds[profile.kind],
    session,
    region: list(regions.map((region) => regionName(region, language))),
    regionLong: list(regions.map((region) => regionLabel(region, language))),
    profiles: list(profilesOf(entry, scope)),
  };
}

function list(texts: readonly string[]): string {
  return texts.map((text) => displayText(text)).join(', ');
}
