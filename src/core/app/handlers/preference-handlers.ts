import { DEFAULT_SETTINGS, type Settings } from '../../../shared/settings.ts';
import { changeManyMarks, changeMarks, type AllMarks } from '../marks.ts';
import { SHARED_CACHE_NOTICE } from '../shared-cache-notice.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type PreferenceCommand = 'setMarks' | 'setManyMarks' | 'updateSettings' | 'resetSettings' | 'dismissNotice';

/** What the user says about roles, and how Rolecall is to behave. */
export function preferenceHandlers({ kept, store, notices }: HandlerContext): HandlersOf<PreferenceCommand> {
  const changeSettings = async (change: (before: Settings) => Settings): Promise<void> => {
    const settings = await kept.settings.update(change);
    store.update(() => ({ settings }));
  };
  const changeAllMarks = async (change: (before: AllMarks) => AllMarks): Promise<null> => {
    const marks = await kept.marks.update(change);
    store.update(() => ({ marks }));
    return null;
  };
  return {
    setMarks: ({ key, marks }) => changeAllMarks((before) => changeMarks(before, key, marks)),
    setManyMarks: ({ changes }) => changeAllMarks((before) => changeManyMarks(before, changes)),
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
