import { describe, expect, test } from 'vitest';
import { changedKeys, keysNow } from '../../../src/renderer/model/profile-edits.ts';
import type { ProfileView, ProfileViewKey } from '../../../src/shared/profile-commands.ts';

function key(name: string, value: string | undefined, changes: Partial<ProfileViewKey> = {}): ProfileViewKey {
  return { name, isSecret: false, awsCli: value, jsSdk: value, agree: true, file: 'config', line: 2, ...changes };
}

function view(...keys: ProfileViewKey[]): ProfileView {
  const settable = ['region', 'sso_session', 'sso_account_id', 'sso_region'].map((each) => ({
    key: each,
    choices: undefined,
  }));
  return { awsCli: 'sso', jsSdk: 'sso', keys, settable };
}

describe('the keys that can be edited', () => {
  test('are those that may be set and stand in the profile', () => {
    const now = keysNow(
      view(key('region', 'eu-west-1'), key('credential_process', '/bin/x'), key('sso_account_id', '1')),
    );
    expect([...now]).toEqual([
      ['region', 'eu-west-1'],
      ['sso_account_id', '1'],
    ]);
    expect([...keysNow(undefined)]).toEqual([]);
  });

  test('are known by their own name where they step aside for our line', () => {
    expect(keysNow(view(key('rolecall_sso_account_id', '1'))).get('sso_account_id')).toBe('1');
  });

  test('do not hold what the sso-session says', () => {
    expect(keysNow(view(key('sso_session', 'corp'), key('sso_region', 'eu-west-1'))).has('sso_region')).toBe(false);
    expect(keysNow(view(key('sso_region', 'eu-west-1'))).has('sso_region')).toBe(true);
  });
});

test('only what differs is changed; what was emptied is taken away', () => {
  const before = new Map([
    ['region', 'eu-west-1'],
    ['output', 'json'],
    ['sso_session', 'corp'],
  ]);
  const typed = { region: ' eu-west-1 ', output: '', sso_session: 'other', retry_mode: '', defaults_mode: 'auto' };
  expect(changedKeys(before, typed)).toEqual({ output: null, sso_session: 'other', defaults_mode: 'auto' });
});
