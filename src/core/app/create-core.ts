import { setMaxListeners } from 'node:events';
import type { AppInfo, Notice } from '../../shared/app-state.ts';
import type { Settings } from '../../shared/settings.ts';
import { CancelledError, toFailure } from '../model/errors.ts';
import type { ClipboardPort, PromptPort, Surroundings } from '../session/ports.ts';
import { activityFile, openActivityLog, readActivity } from './activity-log.ts';
import { ActivityRecorder, SHOWN_ACTIVITY } from './activity-recorder.ts';
import { assembleCore, type CoreBase } from './assemble-core.ts';
import type { ServingCore } from './core.ts';
import { createExecute } from './execute.ts';
import { createHandlers } from './handlers/create-handlers.ts';
import { initialState } from './initial-state.ts';
import { openKeptFiles, type KeptFiles, type KeptFileTrouble } from './kept-files.ts';
import { NoticeBoard } from './notice-board.ts';
import { PromptQueue } from './prompt-queue.ts';
import type { Services } from './services.ts';
import type { Shell } from './shell.ts';
import { showKept } from './show-kept.ts';
import { StateStore } from './state-store.ts';
import { UNSEEN_PROMPTS } from './unseen-prompts.ts';

/** What a core is made of. */
export interface CoreOptions {
  readonly surroundings: Surroundings;
  readonly app: Pick<AppInfo, 'version' | 'shell' | 'sandbox'>;
  /** The use cases, asking the user through this prompt and going by these settings. */
  readonly services: (ports: { readonly prompt: PromptPort; readonly settings: () => Settings }) => Promise<Services>;
  readonly clipboard: ClipboardPort;
  readonly shell: Shell;
  /** Nobody sees this app: what only a person can answer is left to whoever asks. */
  readonly isUnseen?: boolean;
  /** The files in `rolecallHome` when left out. */
  readonly kept?: KeptFiles;
}

/** Puts the product together, without a screen. Nothing happens before `start`. */
export async function createCore(options: CoreOptions): Promise<ServingCore> {
  const { surroundings } = options;
  const lifetime = new AbortController();
  // Everything under way listens to it; Node takes more than ten listeners for a leak.
  setMaxListeners(0, lifetime.signal);
  const base = await createBase(options, lifetime.signal);
  const { context, background } = assembleCore(options, base);
  const { store, prompts, recorder, kept, services } = base;
  const stops: (() => void)[] = [() => background.close()];
  const read: { done: () => void } = { done: () => {} };
  const rulesKnown = new Promise<void>((resolve) => {
    read.done = resolve;
  });
  return {
    state: store,
    services,
    roles: context.roles,
    rulesKnown,
    execute: createExecute(createHandlers(context), surroundings.log),
    async start() {
      await Promise.all([showKept(kept, store), showActivity(options, store)]);
      stops.push(kept.watch(() => void showKept(kept, store)));
      await background.start(read.done);
    },
    async close() {
      for (const stop of stops.splice(0)) {
        stop();
      }
      lifetime.abort(new CancelledError('The action'));
      prompts.close();
      // Side by side: the app goes in a few seconds whatever still hangs, and no key may stay on the clipboard then.
      await Promise.all([context.clipboard.clear(), context.signIns.close(), services.directory.stop()]);
      await recorder.flush();
      store.close();
    },
    onPowerEvent: (event) => background.onPowerEvent(event),
    notify: (notice) => context.notices.show(notice),
  };
}

async function createBase(options: CoreOptions, signal: AbortSignal): Promise<CoreBase> {
  const { surroundings, app } = options;
  const { clock, platform } = surroundings;
  const paths = { configFile: '', credentialsFile: '' };
  const store = new StateStore(clock, initialState({ ...app, ...paths, platform, online: true }));
  const prompts = new PromptQueue((now) => store.update(() => ({ prompts: now })));
  const asking = options.isUnseen === true ? UNSEEN_PROMPTS : prompts;
  const services = await options.services({ prompt: asking, settings: () => store.get().settings });
  const { config: configFile, credentials: credentialsFile } = services.profiles.paths;
  store.update((state) => ({ app: { ...state.app, configFile, credentialsFile } }));
  const activity = openActivityLog(surroundings);
  const recorder = new ActivityRecorder(clock, store, activity);
  const notices = new NoticeBoard(store);
  const kept =
    options.kept ??
    openKeptFiles(
      surroundings,
      onceEach((trouble) => notices.show(troubleNotice(trouble))),
    );
  return { store, prompts, asking, services, kept, recorder, notices, signal };
}

/** Files are read again whenever one of them changes; what was told of one, and perhaps put away, is not told again. */
function onceEach(tell: (trouble: KeptFileTrouble) => void): (trouble: KeptFileTrouble) => void {
  const told = new Map<string, string>();
  return (trouble) => {
    if (told.get(trouble.name) !== trouble.message) {
      told.set(trouble.name, trouble.message);
      tell(trouble);
    }
  };
}

function troubleNotice({ name, message, hint }: KeptFileTrouble): Notice {
  return { id: `kept-file:${name}`, code: 'kept-file-broken', severity: 'warning', message, hint, action: undefined };
}

async function showActivity({ surroundings }: CoreOptions, store: StateStore): Promise<void> {
  const file = activityFile(surroundings.rolecallHome);
  const activity = await readActivity(file, SHOWN_ACTIVITY).catch((error: unknown) => {
    surroundings.log(`The activity log could not be read: ${toFailure(error).message}`);
    return [];
  });
  store.update(() => ({ activity }));
}
