import type { AppState, Notice } from '../../shared/app-state.ts';

/** The id of the notice on where tokens are kept. */
export const SHARED_CACHE_NOTICE = 'condition:shared-cache';

/** Told once, when the first token lies where the AWS CLI keeps its own. */
export function sharedCacheNotices({
  ssoSessions,
  settings,
}: Pick<AppState, 'ssoSessions' | 'settings'>): readonly Notice[] {
  const shares = ssoSessions.some(({ mode, access }) => mode === 'shared' && access.kind === 'signed-in');
  return !shares || settings.sharedCacheNoticeSeen
    ? []
    : [
        {
          id: SHARED_CACHE_NOTICE,
          code: 'sign-in-is-shared',
          severity: 'info',
          message:
            'Your sign-in is kept where the AWS CLI keeps its own, so every AWS tool on this machine is signed in too.',
          hint: 'The file in ~/.aws/sso/cache can be read by you alone and ends with the sign-in.',
          action: { kind: 'acknowledge-shared-cache' },
        },
      ];
}
