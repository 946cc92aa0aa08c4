import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  isSafeProfileName,
  profileNames,
  profileNameSlug,
  type NameableRole,
} from '../../../src/core/files/profile-name.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';

const hostile = JSON.parse(
  readFileSync(new URL('../../fixtures/hostile-strings.json', import.meta.url), 'utf8'),
) as readonly string[];

describe('slugs', () => {
  test.each([
    ['Production', 'Production'],
    ['Prod (EU) #1', 'Prod-EU-1'],
    ['caf\u00e9', 'cafe'],
    ['cafe\u0301', 'cafe'],
    ['  x  ', 'x'],
    ['a\nb', 'a-b'],
    ['--profile=x', 'profile-x'],
    ['../../etc/passwd', 'etc-passwd'],
    ['\u65e5\u672c', ''],
    ['', ''],
    ['a.b_c@d+e', 'a.b_c@d+e'],
    ['\ud800', ''],
  ])('%j becomes %j', (text, slug) => {
    expect(profileNameSlug(text)).toBe(slug);
  });

  test('any text gives a short safe slug, and its slug is itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom(...hostile)), (text) => {
        const slug = profileNameSlug(text);
        expect(slug).toMatch(/^(?:[A-Za-z0-9](?:[A-Za-z0-9._@+-]{0,62}[A-Za-z0-9])?)?$/);
        expect(profileNameSlug(slug)).toBe(slug);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  test('a megabyte of combining marks costs nothing', () => {
    const text = `z${'\u0301'.repeat(1_000_000)}`;
    expect(cpuMs(() => expect(profileNameSlug(text)).toBe('z'))).toBeLessThan(100);
  });
});

describe('names', () => {
  test('are account and role', () => {
    expect(profileNames([role('111122223333', 'Prod', 'Admin'), role('111122223333', 'Prod', 'Dev')])).toEqual([
      'Prod-Admin',
      'Prod-Dev',
    ]);
  });

  test('that two accounts would share all get the account id, in any order', () => {
    const roles = [
      role('111122223333', 'Prod!', 'Admin'),
      role('444455556666', 'Prod?', 'Admin'),
      role('777788889999', 'PROD', 'Admin'),
    ];
    expect(profileNames(roles)).toEqual([
      'Prod-Admin-111122223333',
      'Prod-Admin-444455556666',
      'PROD-Admin-777788889999',
    ]);
    expect(profileNames(roles.toReversed())).toEqual(profileNames(roles).toReversed());
  });

  test('of look-alikes get the account id, also when they are alone', () => {
    expect(profileNames([role('111122223333', 'pr\u043ed', 'Admin')])).toEqual(['pr-d-Admin-111122223333']);
    expect(profileNames([role('111122223333', '\uff50\uff52\uff4f\uff44', 'Admin')])).toEqual([
      'prod-Admin-111122223333',
    ]);
    expect(profileNames([role('111122223333', '\u65e5\u672c', 'Admin')])).toEqual(['111122223333-Admin']);
  });

  test('taken or reserved are made longer', () => {
    expect(profileNames([role('111122223333', 'Prod', 'Admin')], { taken: ['prod-admin'] })).toEqual([
      'Prod-Admin-111122223333',
    ]);
    expect(profileNames([role('111122223333', 'DEFAULT', 'x')], { template: '{account}' })).toEqual([
      'DEFAULT-111122223333',
    ]);
    expect(profileNames([role('111122223333', 'constructor', 'x')], { template: '{account}' })).toEqual([
      'constructor-111122223333',
    ]);
    expect(profileNames([role('111122223333', '__proto__', 'x')], { template: '{account}' })).toEqual(['proto']);
    expect(profileNames([role('111122223333', 'NUL', 'x')], { template: '{account}' })).toEqual(['NUL-111122223333']);
  });

  test('of two roles in one account that a template cannot tell apart get a part of a hash', () => {
    const names = profileNames([role('111122223333', 'Prod', 'A'), role('111122223333', 'Prod', 'B')], {
      template: '{account}',
    });
    expect(names[0]).toMatch(/^Prod-111122223333-[0-9a-f]{8}$/);
    expect(new Set(names).size).toBe(2);
  });

  test('a name that looks like another made longer does not meet it', () => {
    const names = profileNames(
      [role('111122223333', 'a', 'r'), role('444455556666', 'a', 'r'), role('777788889999', 'a-r-111122223333', 'x')],
      { template: '{account}-{role}', taken: ['a-r-444455556666'] },
    );
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3);
    expect(names).not.toContain('a-r-444455556666');
  });

  test('follow a template', () => {
    expect(profileNames([role('000000000001', 'Prod', 'Admin')], { template: '{session}.{accountId}.{role}' })).toEqual(
      ['corp.000000000001.Admin'],
    );
  });

  test.each(['', 'fixed', '{account', '{nope}', '{account}-{nope}', `{role}${'x'.repeat(300)}`])(
    'the template %j is refused',
    (template) => {
      expect(() => profileNames([], { template })).toThrow('template');
    },
  );

  test.each(['1e11', '12345', '\uff11\uff12\uff13\uff14', '', ' 111122223333', '1111222233334'])(
    'the account id %j is refused',
    (accountId) => {
      expect(() => profileNames([role(accountId, 'a', 'b')])).toThrow('12 digits');
    },
  );

  test('of any roles are safe, no two alike, and do not depend on the order', () => {
    const text = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Prod', 'prod', 'a', 'a-b'),
    );
    const anyRole = fc.record({
      accountId: fc.integer({ min: 0, max: 30 }).map((id) => String(id).padStart(12, '0')),
      accountName: text,
      roleName: fc.oneof(text, fc.constantFrom('Admin', 'admin', 'Dev')),
      ssoSession: fc.constantFrom('corp', 'other'),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRole, {
          maxLength: 40,
          selector: (one) => JSON.stringify([one.ssoSession, one.accountId, one.roleName]),
        }),
        fc.array(fc.constantFrom('a-b', 'Prod-Admin', 'a', 'default'), { maxLength: 3 }),
        fc.constantFrom(undefined, '{account}', '{role}', '{account}-{role}-{session}', '{accountId}'),
        (roles, taken, template) => {
          const names = profileNames(roles, { taken, template });
          expect(names.filter((name) => !isSafeProfileName(name))).toEqual([]);
          expect(new Set([...names, ...taken].map((name) => name.toLowerCase())).size).toBe(
            names.length + new Set(taken.map((name) => name.toLowerCase())).size,
          );
          expect(profileNames(roles.toReversed(), { taken, template })).toEqual(names.toReversed());
        },
      ),
      { numRuns: 500, seed: 2 },
    );
  });

  test('for 20,000 roles are all different, and come in a moment', () => {
    const roles = Array.from({ length: 20_000 }, (_, index) =>
      role(String(index % 5_000).padStart(12, '0'), `Account ${index % 2_500}`, `Role${Math.floor(index / 5_000)}`),
    );
    expect(cpuMs(() => expect(new Set(profileNames(roles)).size).toBe(20_000))).toBeLessThan(2_000);
  });
});

function role(accountId: string, accountName: string, roleName: string): NameableRole {
  return { accountId, accountName, roleName, ssoSession: 'corp' };
}
