import type { SsoTokenCache } from '../../files/sso-token-cache.ts';
import type { AwsProfiles } from '../../model/profile.ts';
import { openProfiles, vaultSessionsInFiles } from '../profiles/plan-vault.ts';
import type { VaultSessions } from '../profiles/vault-sessions.ts';
import { isInCache } from '../profiles/vault-token-move.ts';
import type { Finding } from './finding.ts';

/** What vault mode is held against. */
export interface VaultFacts {
  readonly sessions: VaultSessions;
  readonly cache: SsoTokenCache;
  readonly profiles: AwsProfiles;
  readonly platform: 'linux' | 'darwin' | 'win32';
}

/** Identity Centers in vault mode whose token or profiles are in the open, those half-way, and a list that is lost. */
export async function checkVault(facts: VaultFacts): Promise<readonly Finding[]> {
  const { sessions, profiles, platform } = facts;
  if (!sessions.isReadable) {
    return [
      {
        id: 'vault-list-unreadable',
        code: 'vault-list-unreadable',
        severity: 'error',
        title: 'The list of Identity Centers in vault mode cannot be read.',
        why: 'So that no token gets into the open, all of them count as in vault mode, and those that are not look signed out.',
        hint: 'Turn vault mode on or off for one of them: that writes the list anew from what the profiles say.',
      },
    ];
  }
  const inFiles = vaultSessionsInFiles(profiles, platform);
  const named = profiles.ssoSessions.filter(({ kind }) => kind === 'named');
  const found = await Promise.all(
    named.map(async ({ name, cacheKey }) =>
      sessions.modeOf(name) === 'vault'
        ? [...checkOpenProfiles(facts, name), ...((await isInCache(facts.cache, cacheKey)) ? [openToken(name)] : [])]
        : inFiles.has(name)
          ? [halfWay(name)]
          : [],
    ),
  );
  return found.flat();
}

function checkOpenProfiles({ profiles, platform }: VaultFacts, ssoSession: string): readonly Finding[] {
  const open = openProfiles(profiles, ssoSession, platform).map(({ name }) => name);
  if (open.length === 0) {
    return [];
  }
  const shown = open.slice(0, 5).join(', ') + (open.length > 5 ? ` and ${open.length - 5} more` : '');
  return [
    {
      id: `vault-open-profiles:${ssoSession}`,
      code: 'vault-open-profiles',
      severity: 'error',
      title: `${ssoSession} is in vault mode, and ${open.length === 1 ? 'the profile' : 'the profiles'} ${shown} ${open.length === 1 ? 'does' : 'do'} not ask Rolecall.`,
      why: 'They look for the token in ~/.aws, where it is not, and fail.',
      hint: 'Turn vault mode on again: that takes them in.',
      about: { kind: 'sso-session', id: ssoSession },
      fix: { kind: 'turn-vault-on', ssoSession },
    },
  ];
}

function openToken(ssoSession: string): Finding {
  return {
    id: `vault-open-token:${ssoSession}`,
    code: 'vault-open-token',
    severity: 'warning',
    title: `${ssoSession} is in vault mode, and a token of it is in ~/.aws all the same.`,
    why: 'Another program signed in ("aws sso login"), and every program can read that token.',
    hint: 'Turn vault mode on again: that moves it into the secret store.',
    about: { kind: 'sso-session', id: ssoSession },
    fix: { kind: 'turn-vault-on', ssoSession },
  };
}

function halfWay(ssoSession: string): Finding {
  return {
    id: `vault-half-way:${ssoSession}`,
    code: 'vault-half-way',
    severity: 'info',
    title: `Profiles of ${ssoSession} are in vault mode, and its token is not.`,
    why: 'Switching was broken off. The profiles work, but the token is in ~/.aws.',
    hint: 'Turn vault mode on or off again: either finishes it.',
    about: { kind: 'sso-session', id: ssoSession },
    fix: { kind: 'turn-vault-on', ssoSession },
  };
}
