import type { ManagedInstance } from '../../shared/instances.ts';
import { foldText } from '../../shared/fold-text.ts';
import type { RoleEntry } from './access-entry.ts';

/** Where instances are looked for first; empty where nothing says a region. */
export function firstRegion(
  { profile }: Pick<RoleEntry, 'profile'>,
  lastRegion: string | undefined,
  consoleRegion: string,
  ssoRegion: string | undefined,
): string {
  return profile?.region || lastRegion || consoleRegion || ssoRegion || '';
}

/** Those that have every word of `query` somewhere in their name, id, address or platform. */
export function instancesMatching(query: string, instances: readonly ManagedInstance[]): readonly ManagedInstance[] {
  const words = foldText(query).split(/\s+/).filter(Boolean);
  return instances.filter(({ name, instanceId, address, platform }) => {
    const text = foldText([name, instanceId, address, platform].join('\n'));
    return words.every((word) => text.includes(word));
  });
}
