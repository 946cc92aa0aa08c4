import { describe, expect, test } from 'vitest';
import { BROWSERS } from '../../../src/core/browsers/browser-table.ts';
import { containerAddress, openerCommand } from '../../../src/core/browsers/opener-command.ts';
import type { InBrowser } from '../../../src/shared/console-opener.ts';

const ADDRESS = 'http://127.0.0.1:4321/once';
const CONTAINER = { name: 'Production ReadOnlyAccess', colour: 'red' } as const;

function command(id: string, kind: InBrowser, profile?: string): readonly string[] {
  const browser = BROWSERS.find((each) => each.id === id);
  if (browser === undefined) {
    throw new Error(`no browser ${id}`);
  }
  return openerCommand({ browser, program: '/bin/x' }, { kind, profile, container: CONTAINER }, ADDRESS);
}

describe('the command line', () => {
  test.each([
    ['chrome', 'browser', undefined, []],
    ['chrome', 'browser', 'Profile 1', ['--profile-directory=Profile 1']],
    ['brave', 'private', undefined, ['--incognito']],
    ['vivaldi', 'private', undefined, ['--incognito']],
    ['edge', 'private', 'Profile 2', ['--profile-directory=Profile 2', '--inprivate']],
    ['firefox', 'browser', undefined, ['--new-tab']],
    ['firefox', 'browser', 'Work', ['-P', 'Work', '--new-tab']],
    ['firefox', 'private', undefined, ['--private-window']],
  ] as const)('%s, %s, %s', (id, kind, profile, options) => {
    expect(command(id, kind, profile)).toEqual(['/bin/x', ...options, ADDRESS]);
  });

  test('a profile’s name stays one argument, whatever is in it', () => {
    const name = '"; $(reboot) --load-extension=/tmp/x';
    expect(command('chrome', 'browser', name)).toEqual(['/bin/x', `--profile-directory=${name}`, ADDRESS]);
  });
});

describe('a container of Firefox', () => {
  /** Firefox puts the whole address, encoded, behind the `#` of the add-on's page; the add-on decodes that once and reads the fields. */
  function asTheAddOnReadsIt(address: string, scheme: string): Readonly<Record<string, string>> {
    const hash = encodeURIComponent(address);
    const uri = decodeURIComponent(hash);
    expect(uri.startsWith(`${scheme}:`)).toBe(true);
    return Object.fromEntries(new URLSearchParams(uri.slice(scheme.length + 1)));
  }

  test.each([
    ['granted', 'ext+granted-containers'],
    ['container', 'ext+container'],
  ] as const)('the address for the add-on (%s) holds name, colour and the one-shot address', (addOn, scheme) => {
    expect(asTheAddOnReadsIt(containerAddress(addOn, CONTAINER, ADDRESS), scheme)).toEqual({
      name: 'Production ReadOnlyAccess',
      url: ADDRESS,
      color: 'red',
      icon: 'briefcase',
    });
    expect(command('firefox', addOn, 'Work').slice(1, 4)).toEqual(['-P', 'Work', '--new-tab']);
  });

  test('an account’s name cannot add a field or another address', () => {
    const name = 'R&D&url=https://evil.test#%26';
    const read = asTheAddOnReadsIt(
      containerAddress('granted', { name, colour: 'grey' }, ADDRESS),
      'ext+granted-containers',
    );
    expect(read).toEqual({ name, url: ADDRESS, color: '', icon: 'briefcase' });
  });
});
