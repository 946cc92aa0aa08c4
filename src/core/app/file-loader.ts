import { toFailure } from '../model/errors.ts';
import { profileBehindDefault } from '../session/profiles/plan-default.ts';
import type { SsoSessionConfig } from '../model/profile.ts';
import type { AppState, ProfileProblem, SsoSessionState } from '../../shared/app-state.ts';
import { problemState, profileStates, type FileNames } from './profile-states.ts';
import type { ProfilesService } from './services.ts';
import { sameOr } from './same-or.ts';
import type { StateStore } from './state-store.ts';

/** What the loading of `~/.aws` works with. */
export interface FileLoaderParts {
  readonly store: StateStore;
  readonly profiles: Pick<ProfilesService, 'read' | 'managed'>;
  readonly files: FileNames;
  /** Where an Identity Center's token is kept. */
  readonly modeOf: (ssoSession: string) => 'shared' | 'vault';
}

/** Brings `~/.aws` into the state. Files that cannot be read leave what was shown, with the reason. */
export class FileLoader {
  readonly #parts: FileLoaderParts;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: FileLoaderParts) {
    this.#parts = parts;
  }

  /** Reads both files again. Never throws. One reading at a time: the last one to start wins. */
  load(): Promise<void> {
    this.#last = this.#last.then(() => this.#load());
    return this.#last;
  }

  async #load(): Promise<void> {
    const { store, profiles, files } = this.#parts;
    try {
      const [now, managed] = await Promise.all([profiles.read(), profiles.managed()]);
      const { platform } = store.get().app;
      const behindDefault = profileBehindDefault(now, platform);
      store.update((state) => ({
        profiles: sameOr(state.profiles, profileStates(now, platform, files, { managed, behindDefault })),
        fileProblems: sameOr(
          state.fileProblems,
          now.problems.map((problem) => problemState(problem, files)),
        ),
        ssoSessions: sameOr(state.ssoSessions, this.#ssoSessions(now.ssoSessions, state)),
      }));
    } catch (error) {
      store.update((state) => ({ fileProblems: sameOr(state.fileProblems, [readFailure(error)]) }));
    }
  }

  #ssoSessions(configs: readonly SsoSessionConfig[], state: AppState): readonly SsoSessionState[] {
    return configs.map((config) => {
      const known = state.ssoSessions.find(({ id }) => id === config.name);
      return {
        id: config.name,
        name: config.kind === 'named' ? config.name : nameOfStartUrl(config.name),
        startUrl: config.startUrl ?? '',
        region: config.ssoRegion ?? '',
        form: config.kind === 'named' ? 'sso-session' : 'legacy',
        mode: this.#parts.modeOf(config.name),
        access: known?.access ?? { kind: 'signed-out' },
        signIn: known?.signIn,
        lastFailure: known?.lastFailure,
      };
    });
  }
}

/** `my-company` of `https://my-company.awsapps.com/start`; the text itself where it is no URL. */
function nameOfStartUrl(startUrl: string): string {
  return URL.canParse(startUrl) ? (new URL(startUrl).hostname.split('.')[0] ?? startUrl) : startUrl;
}

function readFailure(error: unknown): ProfileProblem {
  const { message, hint } = toFailure(error);
  return {
    code: 'unreadable',
    severity: 'error',
    message,
    hint,
    tools: ['rolecall'],
    file: undefined,
    line: undefined,
  };
}
