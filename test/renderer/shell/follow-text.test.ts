import { describe, expect, test } from 'vitest';
import type { AppState } from '../../../src/shared/app-state.ts';
import { loadText, type Text } from '../../../src/renderer/i18n/text.ts';
import { followText } from '../../../src/renderer/shell/follow-text.ts';
import { createCell } from '../../../src/renderer/state/cell.ts';
import { believableState } from '../fake-state.ts';

/** A page, and catalogues that come when the test lets them. */
function setUp(languages: readonly string[] = ['en-GB']) {
  const state = createCell<AppState | undefined>(undefined);
  const root = { lang: '', dataset: {} as DOMStringMap };
  const waiting = new Map<string, { readonly come: () => Promise<void>; readonly fail: () => Promise<void> }>();
  const page = { navigator: { languages }, document: { documentElement: root } };
  const followed = followText(state, page, (language, system) => {
    let resolve: (text: Text) => void = () => undefined;
    let reject: (cause: Error) => void = () => undefined;
    const promise = new Promise<Text>((onResolve, onReject) => {
      resolve = onResolve;
      reject = onReject;
    });
    waiting.set(language, {
      come: async () => {
        resolve(await loadText(language, system));
        await promise;
      },
      fail: async () => {
        reject(new TypeError('not fetched'));
        await promise.catch(() => undefined);
      },
    });
    return promise;
  });
  const set = (language: AppState['settings']['language'], theme: AppState['settings']['theme'] = 'system'): void => {
    const next = believableState(0);
    state.set({ ...next, settings: { ...next.settings, language, theme } });
  };
  return { followed, root, waiting, set, language: () => followed.text.get().language };
}

describe('the language of the page', () => {
  test('is not decided before the first state', () => {
    expect(setUp().followed.ready.get()).toBe(false);
  });

  test('is there at once in English', () => {
    const { followed, set, root } = setUp();
    set('system');
    expect(followed.ready.get()).toBe(true);
    expect(root.lang).toBe('en');
  });

  test('is waited for at the start, so that nothing flashes in another', async () => {
    const { followed, set, waiting, language } = setUp(['ja-JP']);
    set('system');
    expect(followed.ready.get()).toBe(false);
    await waiting.get('ja')?.come();
    expect(followed.ready.get()).toBe(true);
    expect(language()).toBe('ja');
  });

  test('changes while the page stands, when the other one has come', async () => {
    const { set, waiting, root, language } = setUp();
    set('en');
    set('zh-CN');
    expect(language()).toBe('en');
    await waiting.get('zh-CN')?.come();
    expect(language()).toBe('zh-CN');
    expect(root.lang).toBe('zh-CN');
  });

  test('is the one asked for last, whatever comes first', async () => {
    const { set, waiting, language } = setUp();
    set('ja');
    set('zh-CN');
    await waiting.get('zh-CN')?.come();
    await waiting.get('ja')?.come();
    expect(language()).toBe('zh-CN');
  });

  test('stays English where another cannot be fetched', async () => {
    const { followed, set, waiting, language } = setUp();
    set('ja');
    await waiting.get('ja')?.fail();
    expect(followed.ready.get()).toBe(true);
    expect(language()).toBe('en');
  });
});

test('the theme follows its setting at once', () => {
  const { set, root } = setUp();
  set('en', 'dark');
  expect(root.dataset['theme']).toBe('dark');
});
