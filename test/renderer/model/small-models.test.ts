import { describe, expect, test } from 'vitest';
import { accountEntries, createEntryCache } from '../../../src/renderer/model/access-entry.ts';
import { acceleratorOf } from '../../../src/renderer/model/accelerator.ts';
import { cliSnippets, connectLine } from '../../../src/renderer/model/cli-snippets.ts';
import { diffLines } from '../../../src/renderer/model/diff-lines.ts';
import { firstRegion, instancesMatching } from '../../../src/renderer/model/instances.ts';
import { parseTags } from '../../../src/renderer/model/parse-tags.ts';
import { looksLikeStartUrl } from '../../../src/renderer/model/start-url.ts';
import { isSessionName, suggestSessionName } from '../../../src/renderer/model/suggest-session-name.ts';
import { shownColumns } from '../../../src/renderer/model/table-columns.ts';
import { nextSort } from '../../../src/renderer/model/table-rows.ts';
import { account } from '../fake-state.ts';

describe('the name of a new Identity Center', () => {
  test.each([
    ['https://acme.awsapps.com/start', 'acme'],
    ['https://d-9067abcdef.awsapps.com/start', 'my-sso'],
    ['https://ssoins-7223.portal.eu-west-1.app.aws', 'my-sso'],
    ['http://127.0.0.1:41007/start', 'my-sso'],
    ['https://default.awsapps.com/start', 'my-sso'],
    ['not an address', 'my-sso'],
    ['', 'my-sso'],
  ])('from %s is %s', (startUrl, name) => {
    expect(suggestSessionName(startUrl, [])).toBe(name);
  });

  test('is never one that is taken, whatever its case', () => {
    expect(suggestSessionName('https://acme.awsapps.com/start', ['ACME', 'acme-2'])).toBe('acme-3');
  });

  test.each(['a b', 'a]', 'default', 'DEFAULT', '-x', '$(id)', '', 'a'.repeat(65), 'é'])('%j is refused', (name) => {
    expect(isSessionName(name)).toBe(false);
  });
});

test.each([
  ['https://acme.awsapps.com/start', true],
  ['  https://acme.awsapps.com/start  ', true],
  ['http://127.0.0.1:4000/start', true],
  ['http://acme.awsapps.com/start', false],
  ['acme', false],
  ['https://acme', false],
  ['file:///etc/passwd', false],
])('%s looks like a start URL: %s', (text, expected) => {
  expect(looksLikeStartUrl(text)).toBe(expected);
});

test('lines of a diff keep their kind, also where a removed line begins with dashes', () => {
  const diff = '--- a\n+++ b\n@@ -1,3 +1,3 @@\n same\n--- old\n+new\n\\ No newline at end of file\n';
  expect(diffLines(diff)).toEqual([
    { kind: 'hunk', text: '@@ -1,3 +1,3 @@' },
    { kind: 'context', text: 'same' },
    { kind: 'removed', text: '-- old' },
    { kind: 'added', text: 'new' },
  ]);
});

test('tags part at commas of every script, lose doubles and stay bounded', () => {
  expect(parseTags(' a, b ,a，c、 , ')).toEqual(['a', 'b', 'c']);
  expect(parseTags('x'.repeat(500))[0]).toHaveLength(64);
  expect(parseTags(Array.from({ length: 99 }, (_, at) => `t${at}`).join(','))).toHaveLength(32);
});

describe('a line for the terminal', () => {
  const [entry] = accountEntries(
    'acme',
    [account('111122223333', 'Production', ['ReadOnlyAccess'])],
    createEntryCache(),
  ).flatMap((row) => row.roles);

  test('uses the profile where there is one, else names the role', () => {
    expect(entry && cliSnippets(entry, ['admin'])).toEqual(['aws s3 ls --profile admin']);
    expect(entry && cliSnippets(entry, [])).toEqual([
      'rolecall export --sso-session acme --account 111122223333 --role ReadOnlyAccess',
    ]);
  });

  test.each(['$(touch /tmp/pwn)', 'a b', "'; id; '", '-rf', '--profile=x', '!!', '%PATH%', '`id`'])(
    'is not offered for the profile %j',
    (name) => {
      expect(entry && cliSnippets(entry, [name]).some((line) => line.includes(name))).toBe(false);
    },
  );
});

describe('the line that starts a shell on an instance', () => {
  const [acme] = accountEntries('acme', [account('111122223333', 'Production', ['Admin'])], createEntryCache());
  const [odd] = accountEntries('my acme', [account('111122223333', 'Production', ['Admin'])], createEntryCache());

  test('names role, instance and region', () => {
    expect(acme?.roles[0] && connectLine(acme.roles[0], 'i-0123456789abcdef0', 'eu-west-1')).toBe(
      'rolecall connect --sso-session acme --account 111122223333 --role Admin i-0123456789abcdef0 --region eu-west-1',
    );
  });

  test('is not offered where a name would be more than a word', () => {
    expect(odd?.roles[0] && connectLine(odd.roles[0], 'i-0123456789abcdef0', 'eu-west-1')).toBeUndefined();
  });
});

describe('instances', () => {
  const one = {
    instanceId: 'i-0aa',
    name: 'shop-API',
    online: true,
    state: '',
    platform: 'Ubuntu',
    address: '10.0.0.7',
  };
  const other = { ...one, instanceId: 'i-0bb', name: 'Büro', platform: 'Windows', address: '10.0.0.8' };

  test.each([
    ['', [one, other]],
    ['api ubuntu', [one]],
    ['buro', [other]],
    ['0bb', [other]],
    ['10.0.0', [one, other]],
    ['api windows', []],
  ])('%j finds those with every word', (query, found) => {
    expect(instancesMatching(query, [one, other])).toEqual(found);
  });

  test('are looked for where the profile says, else where the account was used, consoles open, or people sign in', () => {
    const none = { profile: undefined };
    expect(firstRegion(none, 'a', 'b', 'c')).toBe('a');
    expect(firstRegion(none, undefined, 'b', 'c')).toBe('b');
    expect(firstRegion(none, '', '', 'c')).toBe('c');
    expect(firstRegion(none, undefined, '', undefined)).toBe('');
  });
});

test('a column orders up, then down, then not at all', () => {
  const up = nextSort(undefined, 'role');
  expect(up).toEqual({ column: 'role', direction: 'up' });
  expect(nextSort(up, 'role')).toEqual({ column: 'role', direction: 'down' });
  expect(nextSort({ column: 'role', direction: 'down' }, 'role')).toBeUndefined();
  expect(nextSort(up, 'id')).toEqual({ column: 'id', direction: 'up' });
});

test.each([
  [{ key: 'a', code: 'KeyA', ctrlKey: true, shiftKey: true }, 'Control+Shift+A'],
  [{ key: 'å', code: 'KeyA', altKey: true }, 'Alt+A'],
  [{ key: ' ', code: 'Space', metaKey: true }, 'Super+Space'],
  [{ key: 'F9', code: 'F9' }, 'F9'],
  [{ key: 'a', code: 'KeyA' }, undefined],
  [{ key: 'A', code: 'KeyA', shiftKey: true }, undefined],
  [{ key: 'Control', code: 'ControlLeft', ctrlKey: true }, undefined],
])('%j is the shortcut %s', (press, accelerator) => {
  expect(acceleratorOf({ altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...press })).toBe(accelerator);
});

describe('columns of the table', () => {
  const inTurn = (chosen: Parameters<typeof shownColumns>[0]): readonly string[] =>
    shownColumns(chosen)
      .filter(({ place }) => place > 0)
      .sort((a, b) => a.place - b.place)
      .map(({ name, place, isAsked }) => `${place} ${name}${isAsked ? '!' : ''}`);

  test('find room in their turn, those first that were asked for', () => {
    expect(inTurn({})).toEqual(['1 type', '2 region', '3 tags', '4 profiles', '5 email', '6 session']);
    expect(inTurn({ session: true, profiles: true })).toEqual([
      '1 profiles!',
      '2 session!',
      '3 type',
      '4 region',
      '5 tags',
      '6 email',
    ]);
  });

  test('do not come in the place of one that was put away; those asked for take its room', () => {
    expect(inTurn({ type: false })).toEqual(['2 region', '3 tags', '4 profiles', '5 email', '6 session']);
    expect(inTurn({ type: false, email: true })).toEqual(['1 email!', '2 region', '3 tags', '4 profiles', '6 session']);
  });

  test('are never without account, role and access, and mind no names that are none', () => {
    const none = Object.fromEntries(shownColumns({}).map(({ name }) => [name, false]));
    expect(shownColumns({ ...none, colour: true, toString: false }).map(({ name }) => name)).toEqual([
      'account',
      'role',
      'access',
    ]);
  });
});
