import { describe, expect, test } from 'vitest';
import { isGoodAnswer, namesFor, usableAnswers } from '../../../src/renderer/model/guide-answers.ts';
import { likelySide, stepStatuses } from '../../../src/renderer/model/guide-steps.ts';
import { freeProfileName, keyProfileOf, rolesFrom } from '../../../src/renderer/model/key-profiles.ts';
import { readPastedKey } from '../../../src/renderer/model/pasted-key.ts';
import { believableState, PROFILES } from '../fake-state.ts';
import { FAKE_DEVICES, FAKE_FINDINGS } from '../fake-member.ts';

const ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('a pasted key', () => {
  test.each([
    ['a line of the CSV file', `${ID},${SECRET}\r\n`],
    ['the CSV file with its header', `Access key ID,Secret access key\n${ID},${SECRET}`],
    ['a section of a credentials file', `[me]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n`],
    ['a message', `Here you are: ${ID} and ${SECRET} – take care`],
  ])('is found in %s', (_what, text) => {
    expect(readPastedKey(text)).toEqual({ accessKeyId: ID, secretAccessKey: SECRET });
  });

  test.each([ID, SECRET, '', `${ID} ${SECRET}x`, `ASIAIOSFODNN7EXAMPLE ${SECRET}`, `${ID}Q ${SECRET}`])(
    'is not found in %j, which the field takes as it is',
    (text) => {
      expect(readPastedKey(text)).toBeUndefined();
    },
  );
});

describe('the reader’s names', () => {
  test('are taken without the hyphens and spaces that consoles write', () => {
    expect(usableAnswers({ homeAccountId: ' 1111-2222-3333 ', userName: ' ada ' })).toEqual({
      homeAccountId: '111122223333',
      userName: 'ada',
    });
  });

  test.each([
    ['homeAccountId', '12'],
    ['userName', 'a b'],
    ['userName', '"},{"'],
    ['permissionSetName', 'x'.repeat(33)],
    ['startUrl', 'http://acme.awsapps.com/start'],
    ['startUrl', 'javascript:alert(1)'],
    ['region', 'moon-1'],
  ] as const)('that AWS would not take are left out: %s %j', (name, text) => {
    expect(isGoodAnswer(name, text)).toBe(false);
    expect(usableAnswers({ [name]: text })).toEqual({});
    expect(namesFor({ [name]: text })[name]).toBe(namesFor({})[name]);
  });
});

describe('keys behind profiles', () => {
  test('a role leads to the key it starts from, and a loop to none', () => {
    const role = PROFILES.find(({ name }) => name === 'admin-role');
    expect(role && keyProfileOf(role, PROFILES)?.name).toBe('assume-only');
    const loop = PROFILES.filter(({ name }) => name === 'admin-role').map((profile) => ({
      ...profile,
      sourceProfile: 'admin-role',
    }));
    expect(loop[0] && keyProfileOf(loop[0], loop)).toBeUndefined();
  });

  test('the roles of a key are those assumed right from it', () => {
    expect(rolesFrom('assume-only', PROFILES).map(({ name }) => name)).toEqual(['admin-role']);
    expect(rolesFrom(undefined, PROFILES)).toEqual([]);
  });

  test.each([
    ['admin-role', 'admin-role-2'],
    ['new', 'new'],
    ['名前', 'my-user'],
    ['a b#c', 'a-b-c'],
    ['', 'my-user'],
  ])('a name like %j becomes the free name %s', (wanted, free) => {
    expect(freeProfileName(wanted, PROFILES)).toBe(free);
  });
});

describe('where the steps stand', () => {
  const state = believableState(Date.parse('2026-11-23T15:08:00Z'));
  const actions = ['add-key', 'enrol-device', 'write-profiles', undefined, 'protect-profile', 'check-setup'];

  test('the first one not done is next, later ones wait, and what the app cannot know stays plain', () => {
    const progress = { keyProfile: 'assume-only', devices: [], findings: undefined };
    expect(stepStatuses(actions, state, progress)).toEqual(['done', 'next', 'done', 'plain', 'later', 'later']);
  });

  test('a device that AWS has, and roles all protected, are done; a bad finding is not', () => {
    const profiles = state.profiles.map((profile) => ({ ...profile, protected: true }));
    const progress = { keyProfile: 'assume-only', devices: FAKE_DEVICES.devices, findings: FAKE_FINDINGS.findings };
    expect(stepStatuses(actions, { ...state, profiles }, progress)).toEqual([
      'done',
      'done',
      'done',
      'plain',
      'done',
      'next',
    ]);
  });

  test('the side shown first is the one the user is on', () => {
    expect(likelySide(state)).toBe('member-identity-center');
    expect(likelySide({ ...state, ssoSessions: [] })).toBe('member-iam');
    expect(likelySide({ ...state, ssoSessions: [], profiles: [] })).toBe('member-identity-center');
  });
});
