import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { changeMarks } from '../marks.ts';
import { SHARED_CACHE_NOTICE } from '../shared-cache-notice.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type PreferenceCommand = 'setMarks' | 'updateSettings' | 'resetSettings' | 'dismissNotice';

/** What the user says about roles, and how Rolecall is to behave. */
export function preferenceHandlers({ kept, store, notices }: HandlerContext): HandlersOf<PreferenceCommand> {
  const changeSettings = async (change: (before: Settings) => Settings): Promise<void> => {
    const settings = await kept.settings.update(change);
    store.update(() => ({ settings }));
  };
  return {
    async setMarks({ key, marks }) {
      const all = await kept.marks.update((before) => changeMarks(before, key, marks));
      store.update(() => ({ marks: all }));
      return null;
    },
    async updateSettings({ changes }) {
      await changeSettings((before) => ({ ...before, ...changes }));
      return null;
    },
    async resetSettings() {
      await changeSettings(() => DEFAULT_SETTINGS);
      return null;
    },
    async dismissNotice({ id }) {
      notices.dismiss(id);
      if (id === SHARED_CACHE_NOTICE) {
        await changeSettings((before) => ({ ...before, sharedCacheNoticeSeen: true }));
      }
      return null;
    },
  };
}
