import { describe, expect, test } from 'vitest';
import { parseIni } from '../../../../src/core/files/ini-document.ts';
import { planProfileSync, type SyncWish } from '../../../../src/core/session/profiles/plan-profile-sync.ts';

const MINE = '# mine\n[default]\nregion=eu-west-1\n\n[profile hand-made]\nsso_session = corp\n';
const PROD = { accountId: '111111111111', accountName: 'Production', roleName: 'Admin' };
const DEV = { accountId: '222222222222', accountName: 'Development', roleName: 'Admin' };

function wish(changes: Partial<SyncWish> = {}): SyncWish {
  return {
    ssoSession: 'corp',
    roles: [PROD, DEV],
    vanishedUnless: new Set(),
    takenElsewhere: [],
    lastNames: new Map(),
    ...changes,
  };
}

/** A sync on top of another, as the next run would do it. */
function again(
  first: ReturnType<typeof planProfileSync>,
  changes: Partial<SyncWish> = {},
  edit: (text: string) => string = (text) => text,
) {
  return planProfileSync(parseIni(edit(first.document.serialise())), wish({ lastNames: first.names, ...changes }));
}

describe('planProfileSync', () => {
  test('writes a profile for each role into its own block and leaves every other byte', () => {
    const plan = planProfileSync(parseIni(MINE), wish({ region: 'eu-central-1' }));
    expect(plan.added).toEqual(['Development-Admin', 'Production-Admin']);
    const text = plan.document.serialise();
    expect(text.startsWith(MINE)).toBe(true);
    expect(text).toContain(
      '[profile Production-Admin]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\nregion = eu-central-1\n',
    );
  });

  test('a second run changes nothing', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const second = again(first);
    expect(second.document.serialise()).toBe(first.document.serialise());
    expect(second).toMatchObject({ added: [], removed: [], renamed: [], unchanged: 2 });
  });

  test('what vanished is pruned, but only from a whole list', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    expect(again(first, { roles: [DEV] }).removed).toEqual(['Production-Admin']);
    expect(again(first, { roles: [DEV], vanishedUnless: undefined }).removed).toEqual([]);
    expect(again(first, { roles: [DEV], vanishedUnless: new Set(['111111111111/Admin']) }).removed).toEqual([]);
  });

  test('the last profile gone takes the block with it, and the file is as it was', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    expect(again(first, { roles: [] }).document.serialise()).toBe(MINE);
  });

  test('a renamed account renames its profile', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const second = again(first, { roles: [{ ...PROD, accountName: 'Prod' }, DEV] });
    expect(second.renamed).toEqual([{ from: 'Production-Admin', to: 'Prod-Admin' }]);
    expect(second.document.serialise()).not.toContain('Production-Admin');
  });

  test('a name and keys that the user gave stay', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const second = again(first, { roles: [{ ...PROD, accountName: 'Prod' }, DEV] }, (text) =>
      text.replace(
        '[profile Production-Admin]\n',
        '[profile prod]\noutput = table\ns3 =\n  max_concurrent_requests = 20\n',
      ),
    );
    expect(second.renamed).toEqual([]);
    expect(second.document.serialise()).toContain(
      '[profile prod]\noutput = table\ns3 =\n  max_concurrent_requests = 20\nsso_session = corp\n',
    );
  });

  test('names taken by the user, by the credentials file or by the other account get the account id', () => {
    const taken = planProfileSync(parseIni('[profile Production-Admin]\nregion = x\n'), wish());
    expect(taken.added).toEqual(['Development-Admin', 'Production-Admin-111111111111']);
    expect(planProfileSync(parseIni(''), wish({ takenElsewhere: ['production-admin'] })).added).toContain(
      'Production-Admin-111111111111',
    );
    const twins = planProfileSync(parseIni(''), wish({ roles: [PROD, { ...DEV, accountName: 'Production' }] }));
    expect(twins.added).toEqual(['Production-Admin-111111111111', 'Production-Admin-222222222222']);
  });

  test('profiles of another Identity Center in the block are left alone', () => {
    const first = planProfileSync(parseIni(MINE), wish({ ssoSession: 'other', roles: [DEV] }));
    const second = planProfileSync(first.document, wish({ roles: [PROD] }));
    expect(second.document.serialise()).toContain('[profile Development-Admin]\nsso_session = other\n');
    expect(again(second, { roles: [] }).document.serialise()).toBe(first.document.serialise());
  });

  test('CRLF files stay CRLF', () => {
    const text = planProfileSync(parseIni('[default]\r\nregion=x\r\n'), wish()).document.serialise();
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });
});
