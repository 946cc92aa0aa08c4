import { describe, expect, test } from 'vitest';
import { parseIni } from '../../../../src/core/files/ini-document.ts';
import {
  mendCredentialsFile,
  mendMisplacedProfiles,
  previewMending,
} from '../../../../src/core/session/keys/mend-credentials.ts';
import { assumeOnly, CONFIG } from '../iam-side.ts';
import { startKeySide } from '../key-side.ts';

const mended = (text: string): string => mendMisplacedProfiles(parseIni(text)).serialise();

describe('[profile x] in the credentials file', () => {
  test.each([
    ['alone', '[profile a]\nk = 1\n', '[a]\nk = 1\n'],
    ['quoted', '[profile "a"]\nk = 1\n', '[a]\nk = 1\n'],
    ['of a name that not all tools read', '[profile "a b"]\nk = 1\n', '[profile "a b"]\nk = 1\n'],
    ['with comments', '# top\n[profile a] ; note\n# in\nk=1\n\n[b]\n', '# top\n[a] ; note\n# in\nk=1\n\n[b]\n'],
    ['beside [x] that lacks keys', '[a]\nk = 1\n\n[profile a]\nj = 2\n', '[a]\nk = 1\nj = 2\n\n'],
    ['beside [x] that says the same', '[a]\nk = 1\n\n[profile a]\nk = 1\n', '[a]\nk = 1\n\n'],
    ['nothing to mend', '[a]\nk = 1\n[sso-session b]\n', '[a]\nk = 1\n[sso-session b]\n'],
  ])('is mended: %s', (_name, text, expected) => {
    expect(mended(text)).toBe(expected);
    expect(mended(expected)).toBe(expected);
  });

  test('is left alone where both say different things', () => {
    expect(() => mended('[a]\nk = 1\n[profile a]\nk = 2\n')).toThrowError(/differ in k/);
  });

  test('is shown first, secrets masked; mended, the profile works', async () => {
    const side = await startKeySide();
    const text = `[profile assume-only]\naws_access_key_id = ${assumeOnly.accessKeyId}\naws_secret_access_key = ${assumeOnly.secretAccessKey}\n`;
    await side.setFiles(CONFIG, text);
    await expect(side.get('admin-role')).rejects.toMatchObject({ code: 'profile-broken' });
    const preview = await previewMending(side.files);
    expect(preview?.diff).toContain('+[assume-only]');
    expect(preview?.diff).not.toContain(assumeOnly.secretAccessKey);
    expect(await mendCredentialsFile(side.files)).toMatchObject({ applied: true });
    expect(await side.get('admin-role')).toBeDefined();
    expect(await previewMending(side.files)).toBeUndefined();
  });
});
