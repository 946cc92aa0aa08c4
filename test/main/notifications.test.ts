import { expect, test } from 'vitest';
import { setUpNotifications } from '../../src/main/notifications.ts';
import type { Notice } from '../../src/shared/app-state.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';
import { createTestStore } from '../helpers/electron-state.ts';

const notice: Notice = {
  id: 'ending:acme',
  severity: 'warning',
  message: 'Access to acme ends in 10 minutes.',
  hint: 'Click to renew it.',
  action: { kind: 'sign-in', ssoSession: 'acme' },
};

function setUp(isWatching = false) {
  const electron = new ElectronStandIn({ userData: '' });
  const { store } = createTestStore();
  const clicked: Notice[] = [];
  setUpNotifications({
    Notification: electron.apis.Notification,
    state: store,
    isWatching: () => isWatching,
    onClick: (each) => clicked.push(each),
  });
  return { electron, store, clicked };
}

test('a notice is shown once, however often the state changes', () => {
  const { electron, store } = setUp();
  store.update(() => ({ notices: [notice] }));
  store.update(() => ({ notices: [{ ...notice }] }));
  store.update(() => ({ clockSkewMs: 5 }));
  expect(electron.notifications.map(({ options, isShown }) => [options.title, options.body, isShown])).toEqual([
    ['Access to acme ends in 10 minutes.', 'Click to renew it.', true],
  ]);
});

test('a click gives back the notice, so that it can be acted on', () => {
  const { electron, store, clicked } = setUp();
  store.update(() => ({ notices: [notice] }));
  electron.notifications[0]?.emit('click', {});
  expect(clicked).toEqual([notice]);
});

test('it goes when its reason is gone, and may come again', () => {
  const { electron, store } = setUp();
  store.update(() => ({ notices: [notice] }));
  store.update(() => ({ notices: [] }));
  expect(electron.notifications.map(({ isShown }) => isShown)).toEqual([false]);
  store.update(() => ({ notices: [notice] }));
  expect(electron.notifications.map(({ isShown }) => isShown)).toEqual([false, true]);
});

test('a user who looks at our window sees it there and is not told twice', () => {
  const { electron, store } = setUp(true);
  store.update(() => ({ notices: [notice] }));
  expect(electron.notifications).toEqual([]);
});

test('names in it cannot hide or turn text around', () => {
  const { electron, store } = setUp();
  store.update(() => ({ notices: [{ ...notice, message: 'Access to \u202Edorp\n ends' }] }));
  expect(electron.notifications[0]?.options.title).toBe('Access to dorp ends');
});
