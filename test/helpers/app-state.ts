import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import type { AppState } from '../../src/shared/app-state.ts';

/** A state with nothing in it, as a machine without `~/.aws` has. */
export function emptyAppState(): AppState {
  return {
    app: {
      version: '0.0.0',
      shell: 'host',
      platform: 'linux',
      sandbox: undefined,
      configFile: '/home/u/.aws/config',
      credentialsFile: '/home/u/.aws/credentials',
      online: true,
    },
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
    secretStore: { backend: 'none', state: 'missing', message: '', hint: '' },
    activity: [],
    clockSkewMs: 0,
  };
}
