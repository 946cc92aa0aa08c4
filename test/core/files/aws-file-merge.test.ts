import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FileHistory } from '../../../src/core/files/aws-file-history.ts';
import { mergeChanges } from '../../../src/core/files/aws-file-merge.ts';
import { botocoreErrors } from '../../../src/core/files/botocore-reading.ts';
import { parseIni, type IniDocument } from '../../../src/core/files/ini-document.ts';
import { saneIniText } from './ini-arbitraries.ts';

const BASE = '# mine\n[default]\nregion = a\noutput = json\n\n[profile b]\nx = 1\n';

describe('merging', () => {
  test.each<[what: string, theirs: string, target: string, merged: string]>([
    [
      'an added section',
      `${BASE}[c]\ny = 1\n`,
      BASE.replace('= a', '= z'),
      `${BASE.replace('= a', '= z')}[c]\ny = 1\n`,
    ],
    [
      'a changed key beside another',
      BASE.replace('json', 'text'),
      BASE.replace('= a', '= z'),
      BASE.replace('= a', '= z').replace('json', 'text'),
    ],
    [
      'a removed section',
      '# mine\n[default]\nregion = a\noutput = json\n\n',
      BASE.replace('= a', '= z'),
      '# mine\n[default]\nregion = z\noutput = json\n\n',
    ],
    [
      'a removed key',
      BASE.replace('output = json\n', ''),
      BASE.replace('= a', '= z'),
      BASE.replace('= a', '= z').replace('output = json\n', ''),
    ],
    [
      'an added key',
      BASE.replace('x = 1', 'x = 1\ny = 2'),
      BASE.replace('x = 1', 'x = 1\nz = 3'),
      BASE.replace('x = 1', 'x = 1\nz = 3\ny = 2'),
    ],
    [
      'a block',
      BASE.replace('x = 1', 'x = 1\ns3 =\n  a = 1'),
      BASE.replace('= a', '= z'),
      BASE.replace('= a', '= z').replace('x = 1', 'x = 1\ns3 =\n  a = 1'),
    ],
    [
      'a comment at the top',
      BASE.replace('# mine', '# ours'),
      BASE.replace('= a', '= z'),
      BASE.replace('= a', '= z').replace('# mine', '# ours'),
    ],
    ['a section behind a missing line end', `${BASE}[c]\ny = 1`, BASE.trimEnd(), `${BASE}[c]\ny = 1`],
    [
      'a comment beside a changed key',
      BASE.replace('region', '# careful\nregion'),
      BASE.replace('= a', '= z'),
      BASE.replace('region = a', '# careful\nregion = z'),
    ],
    [
      'a key made a comment',
      BASE.replace('output', '# output'),
      BASE.replace('= a', '= z'),
      BASE.replace('output', '# output').replace('= a', '= z'),
    ],
    [
      'a comment beside another',
      BASE.replace('x = 1', '# theirs\nx = 1\n# end'),
      BASE.replace('x = 1', 'x = 2\n# ours'),
      BASE.replace('x = 1', 'x = 2\n# theirs\n# end\n# ours'),
    ],
    [
      'a comment at the top beside another',
      BASE.replace('# mine', '# mine\n# theirs'),
      BASE.replace('# mine', '# ours\n# mine'),
      BASE.replace('# mine', '# ours\n# mine\n# theirs'),
    ],
    ['nothing', BASE, BASE.replace('= a', '= z'), BASE.replace('= a', '= z')],
  ])('%s is brought over, and the target’s own change stays', (_, theirs, target, merged) => {
    const result = mergeChanges(parseIni(BASE), parseIni(theirs), parseIni(target));
    expect(result.document.serialise()).toBe(merged);
    expect(result.conflicts).toEqual([]);
  });

  test.each<[what: string, theirs: string, target: string, conflict: string]>([
    ['one key', BASE.replace('= a', '= y'), BASE.replace('= a', '= z'), '[default] region'],
    [
      'a section one removed and one changed',
      '# mine\n[default]\nregion = a\noutput = json\n',
      BASE.replace('x = 1', 'x = 2'),
      '[profile b]',
    ],
    [
      'a section one changed and one removed',
      BASE.replace('x = 1', 'x = 2'),
      '# mine\n[default]\nregion = a\noutput = json\n',
      '[profile b]',
    ],
  ])('both changing %s is told, and theirs wins', (_, theirs, target, conflict) => {
    const result = mergeChanges(parseIni(BASE), parseIni(theirs), parseIni(target));
    expect(result.conflicts).toEqual([conflict]);
    expect(result.document.get('default', 'region')).toBe(parseIni(theirs).get('default', 'region'));
    expect(result.document.get('profile b', 'x')).toBe(parseIni(theirs).get('profile b', 'x'));
  });

  test.each<[what: string, theirs: string, target: string]>([
    ['theirs', `${BASE}[default]\ncli_pager = less\n`, BASE.replace('x = 1', 'x = 2')],
    ['the target', BASE.replace('x = 1', 'x = 2'), `${BASE}[default]\ncli_pager = less\n`],
  ])('a section that stands twice in %s stays twice', (_, theirs, target) => {
    const result = mergeChanges(parseIni(BASE), parseIni(theirs), parseIni(target));
    expect(result.document.serialise()).toBe(`${BASE.replace('x = 1', 'x = 2')}[default]\ncli_pager = less\n`);
    expect(result.conflicts).toEqual([]);
  });

  test('of generated files: no change of theirs gives the target, no change of ours gives theirs, and the result is always readable', () => {
    fc.assert(
      fc.property(saneIniText, saneIniText, saneIniText, (base, theirs, target) => {
        const merged = mergeChanges(parseIni(base), parseIni(theirs), parseIni(target)).document;
        expect(botocoreErrors(merged)).toEqual([]);
        expect(mergeChanges(parseIni(base), parseIni(base), parseIni(target)).document.serialise()).toBe(target);
        expect(values(mergeChanges(parseIni(base), parseIni(theirs), parseIni(base)).document)).toEqual(
          values(parseIni(theirs)),
        );
        expect(mergeChanges(parseIni(base), parseIni(theirs), merged).document.serialise()).toBe(merged.serialise());
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });
});

describe('the history of a file', () => {
  const ours = parseIni(BASE).putSection('profile ours', { region: 'x' });

  test('a writer that had read the file before our change keeps its change, and we ours', () => {
    const history = new FileHistory(parseIni(BASE));
    history.wrote(ours);
    history.absorb(parseIni(BASE).setKey('default', 'region', 'theirs'));
    expect(history.truth.serialise()).toBe(ours.setKey('default', 'region', 'theirs').serialise());
  });

  test('a writer that had read ours may remove it', () => {
    const history = new FileHistory(parseIni(BASE));
    history.wrote(ours);
    history.absorb(ours.setKey('default', 'region', 'theirs').setKey('default', 'output', 'text'));
    history.absorb(
      ours.setKey('default', 'region', 'theirs').setKey('default', 'output', 'text').removeSection('profile ours'),
    );
    expect(history.truth.section('profile ours')).toBeUndefined();
    expect(history.truth.get('default', 'output')).toBe('text');
  });

  test('of two writers, each from an older reading, both changes stay', () => {
    const history = new FileHistory(parseIni(BASE));
    history.wrote(ours);
    history.absorb(parseIni(BASE).putSection('profile first', { region: '1' }));
    history.absorb(parseIni(BASE).putSection('profile second', { region: '2' }));
    expect(history.truth.sections.map(({ header }) => header)).toEqual([
      'default',
      'profile b',
      'profile ours',
      'profile first',
      'profile second',
    ]);
  });

  test('the old content written again takes nothing back', () => {
    const history = new FileHistory(parseIni(BASE));
    history.wrote(ours);
    history.absorb(parseIni(BASE));
    expect(history.truth.serialise()).toBe(ours.serialise());
  });

  test('a file that lacks whole sections looks cut', () => {
    const history = new FileHistory(parseIni(BASE));
    history.wrote(ours);
    expect(history.looksCut(parseIni(BASE))).toBe(false);
    expect(history.looksCut(parseIni(BASE.slice(0, BASE.indexOf('[profile b]'))))).toBe(true);
    expect(history.looksCut(parseIni(''))).toBe(true);
    expect(history.looksCut(ours.putSection('profile more', { region: 'x' }))).toBe(false);
  });
});

function values(document: IniDocument): unknown {
  return Object.fromEntries(
    document.sections.map(({ header, entries }) => [
      header,
      Object.fromEntries(entries.map(({ name, value }) => [name, value])),
    ]),
  );
}
