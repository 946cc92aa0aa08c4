import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { botocoreErrors } from '../../../src/core/files/botocore-reading.ts';
import { parseIni } from '../../../src/core/files/ini-document.ts';
import {
  BLOCK_BEGIN,
  BLOCK_BEGIN_JOINED,
  BLOCK_END,
  findManagedBlock,
  managedSections,
  removeManagedBlock,
  replaceManagedBlock,
} from '../../../src/core/files/managed-block.ts';
import { saneIniText } from './ini-arbitraries.ts';

const OURS = '[profile ours]\nregion = us-east-1\n';
const BLOCK = `${BLOCK_BEGIN}\n${OURS}\n${BLOCK_END}\n`;

describe('our block', () => {
  test.each([
    ['an empty file', '', BLOCK],
    ['behind what is there', '[default]\n', `[default]\n${BLOCK}`],
    ['behind a missing line end', '[default]', `[default]\n${BLOCK.replace(BLOCK_BEGIN, BLOCK_BEGIN_JOINED)}`],
    ['with CRLF', '[default]\r\n', `[default]\r\n${BLOCK.replaceAll('\n', '\r\n')}`],
  ])('is put into %s', (_, before, after) => {
    const written = replaceManagedBlock(parseIni(before), OURS);
    expect(written.serialise()).toBe(after);
    expect(managedSections(written).map(({ header }) => header)).toEqual(['profile ours']);
    expect(removeManagedBlock(written).serialise()).toBe(before);
    expect(replaceManagedBlock(written, '').serialise()).toBe(before);
  });

  test('is replaced where it stands, and what is around it stays', () => {
    const text = `# a\n[default]\n${BLOCK}\n[profile mine]\nx = 1`;
    const written = replaceManagedBlock(parseIni(text), '[profile other]\nregion = x\n');
    expect(written.serialise()).toBe(text.replace(OURS, '[profile other]\nregion = x\n'));
  });

  test('put again with the same content is the very same document', () => {
    const document = parseIni(BLOCK);
    expect(replaceManagedBlock(document, OURS)).toBe(document);
  });

  test('keeps the line end before it when something came behind it', () => {
    const written = `${replaceManagedBlock(parseIni('[default]\nx = 1'), OURS).serialise()}[profile later]\ny = 1\n`;
    expect(removeManagedBlock(parseIni(written)).serialise()).toBe('[default]\nx = 1\n[profile later]\ny = 1\n');
  });

  test('put into and taken out of generated files leaves every byte', () => {
    fc.assert(
      fc.property(saneIniText, (text) => {
        const written = replaceManagedBlock(parseIni(text), OURS);
        expect(written.serialise().startsWith(text)).toBe(true);
        expect(botocoreErrors(written)).toEqual([]);
        expect(removeManagedBlock(written).serialise()).toBe(text);
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });

  test('is not there in a file without one', () => {
    expect(findManagedBlock(parseIni('[default]\n'))).toEqual({ kind: 'none' });
    const document = parseIni('[default]\n');
    expect(removeManagedBlock(document)).toBe(document);
  });

  test.each([
    ['inside another comment', `# see ${BLOCK_BEGIN}\n[default]\n`],
    ['indented', `  ${BLOCK_BEGIN}\n[default]\n`],
    ['with something behind it', `${BLOCK_BEGIN} x\n[default]\n`],
    ['as a value', `[default]\nx = ${BLOCK_END}\n`],
  ])('a mark %s is no mark', (_, text) => {
    expect(findManagedBlock(parseIni(text))).toEqual({ kind: 'none' });
  });

  test.each([
    ['without an end', `[default]\n${BLOCK_BEGIN}\n${OURS}`, 2, 'its end mark is missing'],
    ['without a begin', `[default]\n${OURS}${BLOCK_END}\n`, 4, 'without a begin mark'],
    ['the wrong way round', `${BLOCK_END}\n${OURS}${BLOCK_BEGIN}\n`, 1, 'without a begin mark'],
    ['twice', BLOCK + BLOCK.replace('ours', 'more'), 6, 'marked more than once'],
    ['begun twice', `${BLOCK_BEGIN}\n${BLOCK}`, 6, 'marked more than once'],
    ['with keys below it that belong to its last section', `${BLOCK}output = json\n[x]\n`, 6, 'keys stand below'],
  ])('marked %s is refused, and nothing is lost', (_, text, line, why) => {
    const block = findManagedBlock(parseIni(text));
    expect(block).toMatchObject({ kind: 'broken', line, why: expect.stringContaining(why) as string });
    expect(() => replaceManagedBlock(parseIni(text), OURS)).toThrow(why);
    expect(() => removeManagedBlock(parseIni(text))).toThrow(`(line ${line})`);
  });

  test('stays whole when the AWS CLI itself sets a key of its last profile', (ctx) => {
    const folder = mkdtempSync(join(tmpdir(), 'rolecall-block-'));
    const path = join(folder, 'config');
    try {
      writeFileSync(path, replaceManagedBlock(parseIni('[default]\nregion = x\n'), OURS).serialise());
      const env = { ...process.env, AWS_CONFIG_FILE: path, AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') };
      try {
        execFileSync('/usr/bin/aws', ['configure', 'set', 'output', 'json', '--profile', 'ours'], { env });
        execFileSync('/usr/bin/aws', ['configure', 'set', 'region', 'y', '--profile', 'new'], { env });
      } catch {
        ctx.skip('the AWS CLI is not installed');
      }
      const document = parseIni(readFileSync(path, 'utf8'));
      expect(managedSections(document)[0]?.entries.map(({ name }) => name)).toEqual(['region', 'output']);
      expect(removeManagedBlock(document).serialise()).toBe('[default]\nregion = x\n[profile new]\nregion = y\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
