import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Secret } from '../../../../src/core/model/secret.ts';
import { formatCredentials } from '../../../../src/core/session/export/format-credentials.ts';
import { COPY_FORMATS } from '../../../../src/shared/copy-format.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const TOKEN = 'IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJH_-==';
const GOOD = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: new Secret(SECRET),
  sessionToken: new Secret(TOKEN),
  expiresAt: new Date('2026-11-23T13:00:00.123Z'),
};
const HOSTILE = [
  "'; touch canary; '",
  "'\"'\"'",
  '$(touch canary)',
  '`touch canary`',
  '${IFS}id',
  '!!',
  '%PATH%',
  '$env:X',
  '; rm -rf ~ #',
  '&& calc',
  '| tee',
  '> canary',
  'a\nb',
  'a\rb',
  'a b',
  'a\u0000b',
  'a\u2028b',
  '"',
  '\\',
  '',
  'é',
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'format-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The AWS variables a shell has after it evaluated the text, with a stranger's variables cleared first. */
function evaluated(shell: string, args: readonly string[], text: string): string[] {
  writeFileSync(path.join(folder, 'text'), text);
  const { stdout, stderr, status } = spawnSync(shell, [...args, `. ./text\nenv`], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: folder },
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('AWS_'))
    .sort();
}

describe('formatCredentials', () => {
  test.for([
    ['bash', '/usr/bin/bash', ['--norc', '-c'], 'bash'],
    ['zsh', '/usr/bin/zsh', ['-f', '-c'], 'bash'],
    ['sh', '/bin/sh', ['-c'], 'bash'],
    ['fish', '/usr/bin/fish', ['--no-config', '-c'], 'fish'],
  ] as const)('%s evaluates it to exactly the variables meant', ([, shell, args, format], ctx) => {
    if (!existsSync(shell)) {
      ctx.skip(`${shell} is not installed`);
    }
    expect(evaluated(shell, args, formatCredentials(GOOD, 'eu-west-1', format).reveal())).toEqual(
      [
        'AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE',
        `AWS_SECRET_ACCESS_KEY=${SECRET}`,
        `AWS_SESSION_TOKEN=${TOKEN}`,
        'AWS_CREDENTIAL_EXPIRATION=2026-11-23T13:00:00Z',
        'AWS_REGION=eu-west-1',
        'AWS_DEFAULT_REGION=eu-west-1',
      ].sort(),
    );
  });

  test('without a region none is set', () => {
    expect(formatCredentials(GOOD, undefined, 'bash').reveal()).not.toContain('REGION');
    expect(formatCredentials(GOOD, "x'; id", 'bash').reveal()).not.toContain('REGION');
  });

  test('JSON is what credential_process promises', () => {
    expect(JSON.parse(formatCredentials(GOOD, 'eu-west-1', 'json').reveal())).toEqual({
      Version: 1,
      AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      SecretAccessKey: SECRET,
      SessionToken: TOKEN,
      Expiration: '2026-11-23T13:00:00Z',
    });
  });

  test.each([
    ['powershell', `$env:AWS_SECRET_ACCESS_KEY = '${SECRET}'`],
    ['cmd', `set "AWS_SECRET_ACCESS_KEY=${SECRET}"`],
    ['dotenv', `AWS_SECRET_ACCESS_KEY=${SECRET}`],
    ['ini', `aws_secret_access_key = ${SECRET}`],
  ] as const)('%s has its own form', (format, line) => {
    expect(formatCredentials(GOOD, undefined, format).reveal().split('\n')).toContain(line);
  });

  test('a hostile value in any place aborts in every format, without showing itself', () => {
    for (const format of COPY_FORMATS) {
      for (const text of HOSTILE) {
        for (const broken of [
          { accessKeyId: text },
          { secretAccessKey: new Secret(text) },
          { sessionToken: new Secret(text) },
        ]) {
          const attempt = () => formatCredentials({ ...GOOD, ...broken }, undefined, format);
          expect(attempt).toThrow(expect.objectContaining({ code: 'aws-refused' }));
          expect(attempt).toThrow(/will not write out: the (access key id|secret access key|session token) has/);
        }
      }
    }
    expect(readdirSync(folder)).not.toContain('canary');
  });
});
