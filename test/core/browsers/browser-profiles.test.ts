import { describe, expect, test } from 'vitest';
import { chromiumProfiles, firefoxProfiles } from '../../../src/core/browsers/browser-profiles.ts';

describe('Local State of Chromium’s family', () => {
  test('profiles are named as the user named them, by the folder that the command line takes', () => {
    const text = JSON.stringify({
      browser: { enabled_labs_experiments: [] },
      profile: {
        info_cache: {
          Default: { name: 'Private', user_name: 'me@example.org', active_time: 1.5 },
          'Profile 1': { name: '仕事', gaia_name: 'Me' },
          'Profile 7': { is_ephemeral: false },
        },
        last_used: 'Default',
      },
    });
    expect(chromiumProfiles(text)).toEqual([
      { id: 'Default', name: 'Private' },
      { id: 'Profile 1', name: '仕事' },
      { id: 'Profile 7', name: 'Profile 7' },
    ]);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '{"profile": {'],
    ['no object', '[]'],
    ['no cache', '{"profile":{}}'],
    ['a cache that is none', '{"profile":{"info_cache":["Default"]}}'],
    ['a name that is none', '{"profile":{"info_cache":{"Default":{"name":7}}}}'],
  ])('%s means no profiles', (_what, text) => {
    expect(chromiumProfiles(text)).toEqual([]);
  });

  test('a folder that would lead elsewhere is left out', () => {
    const cache = Object.fromEntries(
      ['..', '.', 'a/b', 'a\\b', 'a\u0000', 'x'.repeat(200)].map((id) => [id, { name: 'n' }]),
    );
    expect(chromiumProfiles(JSON.stringify({ profile: { info_cache: cache } }))).toEqual([]);
  });
});

describe('profiles.ini of Firefox', () => {
  test('every profile section counts, install sections do not', () => {
    const text = [
      '[Install4F96D1932A9F858E]',
      'Default=abc.default-release',
      'Locked=1',
      '',
      '[Profile1]',
      'Name=Work AWS',
      'IsRelative=1',
      'Path=xyz.work',
      '[Profile0]\r',
      'Name=default-release\r',
      'IsRelative=1\r',
      'Default=1\r',
      '[General]',
      'StartWithLastProfile=1',
      'Name=not a profile',
    ].join('\n');
    expect(firefoxProfiles(text).map(({ id }) => id)).toEqual(['Work AWS', 'default-release']);
  });

  test('a name that Firefox would take for an option is left out', () => {
    expect(firefoxProfiles('[Profile0]\nName=-no-remote\n[Profile1]\nName=\n[Profile2]\nPath=x\n')).toEqual([]);
  });
});
