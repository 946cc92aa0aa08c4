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
    mayPrune: () => true,
    takenElsewhere: [],
    lastNames: new Map(),
    platform: 'linux',
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
    expect(again(first, { roles: [DEV], mayPrune: () => false }).removed).toEqual([]);
    expect(again(first, { roles: [DEV], mayPrune: ({ accountId }) => accountId !== '111111111111' }).removed).toEqual(
      [],
    );
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

  test('what names a renamed profile names it anew, also where two change names', () => {
    const names = (one: string, other: string): string =>
      `${MINE}\n[profile one]\nrole_arn = arn:aws:iam::333333333333:role/One\nsource_profile = ${one}\n\n[profile other]\ncredential_process = /opt/rolecall credentials --profile ${other}\n`;
    const first = planProfileSync(parseIni(names('Production-Admin', 'Development-Admin')), wish());
    const swapped = [
      { ...PROD, accountName: DEV.accountName },
      { ...DEV, accountName: PROD.accountName },
    ];
    const second = again(first, { roles: swapped });
    expect(second.document.serialise().startsWith(names('Development-Admin', 'Production-Admin'))).toBe(true);
    expect(again(second, { roles: swapped }).document.serialise()).toBe(second.document.serialise());
  });

  test('a header that is written with more blanks gets the new name too', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const second = again(first, { roles: [{ ...PROD, accountName: 'Prod' }, DEV] }, (text) =>
      text.replace('[profile Production-Admin]', '[profile  Production-Admin]'),
    );
    expect(second.document.section('profile Prod-Admin')).toBeDefined();
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

  test('a name that the user gave stays for ever, not just the next time', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const rename = (text: string) => text.replace('[profile Production-Admin]', '[profile prod]');
    const second = again(first, {}, rename);
    const third = again(second);
    expect(third.renamed).toEqual([]);
    expect(third.document.serialise()).toContain('[profile prod]\nsso_session = corp\n');
  });

  test('where the record of names is lost, profiles called as the template calls them are still ours', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const second = planProfileSync(first.document, wish());
    expect(second).toMatchObject({ added: [], renamed: [], unchanged: 2 });
    expect(again(second, { roles: [{ ...PROD, accountName: 'Prod' }, DEV] }).renamed).toEqual([
      { from: 'Production-Admin', to: 'Prod-Admin' },
    ]);
  });

  test('done again on its own result with the names of before it changes nothing', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const renamed = wish({ lastNames: first.names, roles: [{ ...PROD, accountName: 'Prod' }, DEV] });
    const second = planProfileSync(first.document, renamed);
    expect(planProfileSync(second.document, renamed).document.serialise()).toBe(second.document.serialise());
  });

  test('a copy that the user made of a profile stays beside it', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const copy =
      '[profile prod-tokyo]\nsso_session = corp\nsso_account_id = 111111111111\nsso_role_name = Admin\nregion = ap-northeast-1\n\n';
    const second = again(first, { roles: [{ ...PROD, accountName: 'Prod' }, DEV] }, (text) =>
      text.replace('[profile Production-Admin]', () => `${copy}[profile Production-Admin]`),
    );
    const text = second.document.serialise();
    expect(text).toContain(copy.trimEnd());
    expect(text.match(/^\[profile /gm)).toHaveLength(4);
    expect(again(second, { roles: [{ ...PROD, accountName: 'Prod' }, DEV] }).document.serialise()).toBe(text);
  });

  test('a name with blanks that the user gave is recognised, and no second profile made', () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const second = again(first, {}, (text) => text.replace('[profile Production-Admin]', '[profile "my prod"]'));
    expect(second.added).toEqual([]);
    expect(second.document.serialise()).toContain('[profile "my prod"]');
  });

  test("comments of the user's stay in the block, above it all and where a profile went", () => {
    const first = planProfileSync(parseIni(MINE), wish());
    const second = again(first, { roles: [PROD] }, (text) =>
      text
        .replace('[profile Development-Admin]', '# ours\n[profile Development-Admin]')
        .replace('[profile Production-Admin]', '# careful\n[profile Production-Admin]'),
    );
    expect(second.removed).toEqual(['Development-Admin']);
    expect(second.document.serialise()).toMatch(/# ours\n\n# careful\n\n?\[profile Production-Admin\]/);
  });

  test('two Identity Centers synced in turn do not change places', () => {
    const other = wish({
      ssoSession: 'other',
      roles: [DEV],
      lastNames: new Map([['222222222222/Admin', 'Development-Admin']]),
    });
    const both = planProfileSync(planProfileSync(parseIni(MINE), wish({ roles: [PROD] })).document, other);
    const text = both.document.serialise();
    expect(planProfileSync(both.document, wish({ roles: [PROD] })).document.serialise()).toBe(text);
    expect(planProfileSync(both.document, other).document.serialise()).toBe(text);
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

  describe('in vault mode', () => {
    const vault = { vaultLine: (name: string) => `/opt/rolecall credentials --profile ${name}` };

    test('new profiles ask the helper, their own keys beside', () => {
      expect(
        planProfileSync(parseIni(''), wish({ ...vault, roles: [PROD], region: 'eu-west-1' })).document.serialise(),
      ).toContain(
        '[profile Production-Admin]\ncredential_process = /opt/rolecall credentials --profile Production-Admin\nrolecall_sso_session = corp\nrolecall_sso_account_id = 111111111111\nrolecall_sso_role_name = Admin\nregion = eu-west-1\n',
      );
    });

    test('profiles there are recognised, pruned, and their line follows a new name, wherever the helper was', () => {
      const first = planProfileSync(parseIni(MINE), wish(vault));
      expect(again(first, vault)).toMatchObject({ added: [], removed: [], unchanged: 2 });
      const moved = { vaultLine: (name: string) => `/usr/bin/rolecall credentials --profile ${name}` };
      const second = again(first, { ...moved, roles: [{ ...PROD, accountName: 'Prod' }] });
      expect(second).toMatchObject({ removed: ['Development-Admin'], renamed: [{ to: 'Prod-Admin' }] });
      expect(second.document.serialise()).toContain(
        '[profile Prod-Admin]\ncredential_process = /opt/rolecall credentials --profile Prod-Admin\n',
      );
    });
  });

  test('CRLF files stay CRLF', () => {
    const text = planProfileSync(parseIni('[default]\r\nregion=x\r\n'), wish()).document.serialise();
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });
});
