import { expect, test } from 'vitest';
import { createNotifier, type Message } from '../../src/main/notifications.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';

function show(message: Partial<Message>, platform: 'linux' | 'darwin' | 'win32' = 'linux') {
  const electron = new ElectronStandIn({ userData: '' });
  const notifier = createNotifier(electron.apis.Notification, platform);
  const shown = notifier.show({ title: 'Title', body: 'Body', ...message });
  return { shown, notification: electron.notifications[0] };
}

test('a message is shown and can be taken back', () => {
  const { shown, notification } = show({});
  expect([notification?.options.title, notification?.options.body, notification?.isShown]).toEqual([
    'Title',
    'Body',
    true,
  ]);
  shown?.close();
  expect(notification?.isShown).toBe(false);
});

test('a click and each button do what they say', () => {
  const done: string[] = [];
  const { notification } = show({
    onClick: () => done.push('click'),
    buttons: ['Allow', 'Refuse'].map((label) => ({ label, onPress: () => done.push(label) })),
  });
  notification?.click();
  notification?.press('Refuse');
  notification?.press('Allow');
  expect(done).toEqual(['click', 'Refuse', 'Allow']);
});

test('what waits for the user stays; what only confirms is silent', () => {
  expect(show({ isUrgent: true }).notification?.options).toMatchObject({ timeoutType: 'never', silent: false });
  expect(show({ isQuiet: true }).notification?.options).toMatchObject({
    timeoutType: 'default',
    silent: true,
    urgency: 'low',
  });
});

test('what the system does not take is known to have failed', () => {
  let failures = 0;
  const { notification } = show({ onFailed: () => (failures += 1) });
  notification?.emit('failed', {}, 'not allowed');
  const electron = new ElectronStandIn({ userData: '' });
  electron.hasNotifications = false;
  const none = createNotifier(electron.apis.Notification, 'linux');
  expect(none.show({ title: 'a', body: 'b', onFailed: () => (failures += 1) })).toBeUndefined();
  expect([failures, electron.notifications]).toEqual([2, []]);
});

test('on Linux a body is never markup', () => {
  const body = '<a href="https://evil.test">terraform</a> & <b>x</b>';
  expect(show({ body }).notification?.options.body).toBe('‹a href="https://evil.test"›terraform‹/a› & ‹b›x‹/b›');
  expect(show({ body }, 'darwin').notification?.options.body).toBe(body);
});
