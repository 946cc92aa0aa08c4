import { expect, test } from 'vitest';
import { DirectoryRefresher, type DirectoryRefresherParts } from '../../../src/core/app/directory-refresher.ts';
import type { DirectoryState } from '../../../src/shared/app-state.ts';
import { createTestStore, ssoSession } from '../../helpers/electron-state.ts';
import { settle } from '../../helpers/fake-clock.ts';

const KEPT: DirectoryState = {
  accounts: [],
  refreshedAt: '2026-01-01T12:00:00Z',
  progress: undefined,
  changes: undefined,
  failure: undefined,
};

test('what was kept of an Identity Center that was added meanwhile stays, whichever look ends last', async () => {
  const ends = new Map<string, (kept: DirectoryState) => void>();
  const { store } = createTestStore({ ssoSessions: [ssoSession()] });
  const refresher = new DirectoryRefresher({
    store,
    directory: { kept: (id: string) => new Promise<DirectoryState>((resolve) => ends.set(id, resolve)) },
  } as unknown as DirectoryRefresherParts);
  const early = refresher.showKept(['acme']);
  const endEarly = ends.get('acme');
  store.update(() => ({ ssoSessions: [ssoSession(), ssoSession({ id: 'other' })] }));
  const late = refresher.showKept(['acme', 'other']);
  ends.get('acme')?.(KEPT);
  ends.get('other')?.(KEPT);
  await late;
  endEarly?.(KEPT);
  await early;
  await settle();
  expect(Object.keys(store.get().directories).toSorted()).toEqual(['acme', 'other']);
  store.update(() => ({ ssoSessions: [ssoSession()] }));
  await refresher.showKept(['acme']);
  expect(Object.keys(store.get().directories)).toEqual(['acme']);
});
