import { DEFAULT_SETTINGS } from '../../shared/settings.ts';
import type { AppInfo, AppState } from '../../shared/app-state.ts';

/** The state before anything was read. */
export function initialState(app: AppInfo): AppState {
  return {
    app,
    settings: DEFAULT_SETTINGS,
    ssoSessions: [],
    directories: {},
    profiles: [],
    fileProblems: [],
    liveRoles: [],
    prompts: [],
    notices: [],
    recentTargets: [],
    marks: {},
    secretStore: {
      backend: 'none',
      state: 'missing',
      message: 'Secrets are not kept anywhere yet.',
      hint: 'Choose where to keep them in the settings.',
    },
    activity: [],
    clockSkewMs: 0,
  };
}
