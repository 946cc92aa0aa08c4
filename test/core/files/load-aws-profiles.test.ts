import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadAwsProfiles, readAwsFileTexts } from '../../../src/core/files/load-aws-profiles.ts';

let home = '';
let paths = { configFile: '', credentialsFile: '' };

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'rolecall-load-'));
  paths = { configFile: join(home, 'config'), credentialsFile: join(home, 'credentials') };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('both files are read and put together', async () => {
  writeFileSync(paths.configFile, '[profile a]\nregion = x\n');
  writeFileSync(paths.credentialsFile, '[a]\naws_access_key_id = AKIA\naws_secret_access_key = s\n');
  const { profiles, problems } = await loadAwsProfiles(paths);
  expect(profiles).toHaveLength(1);
  expect(profiles[0]).toMatchObject({ name: 'a', kind: 'static', region: 'x' });
  expect(problems).toEqual([]);
});

test('files that are not there are empty', async () => {
  expect(await loadAwsProfiles(paths)).toEqual({ profiles: [], ssoSessions: [], problems: [] });
  expect(await readAwsFileTexts(paths)).toEqual({ config: '', credentials: '', problems: [] });
});

test('bytes that are not UTF-8 are told, and the rest is shown', async () => {
  writeFileSync(paths.configFile, Buffer.from('[profile a]\nregion = x\n# caf\u00e9\n', 'latin1'));
  const { profiles, problems } = await loadAwsProfiles(paths);
  expect(problems).toMatchObject([{ code: 'not-utf8', file: 'config', tools: ['aws-cli'] }]);
  expect(profiles[0]?.region).toBe('x');
});

test('a folder or a pipe in the place of a file is told, and does not hang', async () => {
  mkdirSync(paths.configFile);
  execFileSync('mkfifo', [paths.credentialsFile]);
  const { problems } = await loadAwsProfiles(paths);
  expect(problems).toMatchObject([
    { code: 'unreadable', file: 'config' },
    { code: 'unreadable', file: 'credentials' },
  ]);
});
