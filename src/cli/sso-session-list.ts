import type { CliContext } from './cli-context.ts';

/** An Identity Center as the commands name it. */
export interface ListedSsoSession {
  readonly id: string;
  readonly name: string;
  readonly startUrl: string;
  readonly region: string;
}

/** Every Identity Center that `~/.aws` names. */
export async function ssoSessionList(context: CliContext): Promise<readonly ListedSsoSession[]> {
  const { profiles } = await context.services();
  const { ssoSessions } = await profiles.read();
  return ssoSessions.map(({ name, startUrl = '', ssoRegion = '' }) => ({
    id: name,
    name,
    startUrl,
    region: ssoRegion,
  }));
}
