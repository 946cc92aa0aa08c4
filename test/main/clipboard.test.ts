import { expect, test } from 'vitest';
import { Secret } from '../../src/core/model/secret.ts';
import { createClipboard } from '../../src/main/clipboard.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';

function setUp(platform: 'linux' | 'darwin' | 'win32') {
  const electron = new ElectronStandIn({ userData: '' });
  return { electron, clipboard: createClipboard(electron.apis.clipboard, electron.apis.ClipboardItem, platform) };
}

test.each([
  ['darwin', ['org.nspasteboard.ConcealedType']],
  [
    'win32',
    ['ExcludeClipboardContentFromMonitorProcessing', 'CanIncludeInClipboardHistory', 'CanUploadToCloudClipboard'],
  ],
  ['linux', ['x-kde-passwordManagerHint']],
] as const)('on %s the text goes in one write with the marks that ask not to keep it', async (platform, formats) => {
  const { electron, clipboard } = setUp(platform);
  let writes = 0;
  const write = electron.clipboard.write.bind(electron.clipboard);
  electron.clipboard.write = (items) => {
    writes += 1;
    return write(items);
  };
  await clipboard.write(new Secret('export AWS_ACCESS_KEY_ID=ASIA'));
  expect(writes).toBe(1);
  expect(Object.keys(electron.clipboard.content)).toEqual([
    'text/plain',
    ...formats.map((format) => `electron application/osclipboard;format="${format}"`),
  ]);
  expect(electron.clipboard.content['text/plain']).toBe('export AWS_ACCESS_KEY_ID=ASIA');
});

test('it is emptied when it still holds the text', async () => {
  const { electron, clipboard } = setUp('linux');
  await clipboard.write(new Secret('one'));
  await clipboard.clearIfStill(new Secret('one'));
  expect(electron.clipboard.content).toEqual({});
});

test('what the user copied since stays', async () => {
  const { electron, clipboard } = setUp('linux');
  await clipboard.write(new Secret('one'));
  electron.clipboard.content = { 'text/plain': 'a shopping list' };
  await clipboard.clearIfStill(new Secret('one'));
  expect(electron.clipboard.content).toEqual({ 'text/plain': 'a shopping list' });
});

test('a clipboard held by another program is no error when clearing', async () => {
  const { electron, clipboard } = setUp('win32');
  electron.clipboard.readText = () => Promise.reject(new Error('OpenClipboard failed'));
  await expect(clipboard.clearIfStill(new Secret('one'))).resolves.toBeUndefined();
});
