import { helperLine } from '../keys/helper-line.ts';
import type { TokenMode } from '../sso/sso-session.ts';
import type { HelperPlace } from './plan-default.ts';
import { vaultValues } from './vault-form.ts';

/** The line that serves a profile of this Identity Center, where that is in vault mode; else undefined. */
export type VaultLineOf = (ssoSession: string, profile: string) => string | undefined;

/** What new profiles are written by. */
export interface NewProfileParts extends HelperPlace {
  readonly modeOf: (ssoSession: string) => TokenMode;
}

/** Finds the line for profiles that are written anew. */
export function vaultLines({ modeOf, helperPath, platform }: NewProfileParts): VaultLineOf {
  return (ssoSession, profile) =>
    modeOf(ssoSession) === 'vault' ? helperLine(helperPath, profile, platform) : undefined;
}

/** A new profile's keys in the form its Identity Center is in: shared, or vault mode. */
export function inForm(
  lineOf: VaultLineOf,
  profile: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { sso_session: ssoSession } = values;
  const line = ssoSession === undefined ? undefined : lineOf(ssoSession, profile);
  return line === undefined ? values : vaultValues(line, values);
}
