import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALL_COMMANDS } from '../../../src/cli/commands/all.ts';
import { main } from '../../../src/cli/main.ts';
import { processContext } from '../../../src/cli/process-context.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

const CONFIG = `[sso-session demo]
sso_start_url = https://demo.awsapps.com/start
sso_region = us-east-1

[sso-session half]
sso_start_url = https://half.awsapps.com/start
`;

async function run(words: readonly string[]) {
  const surroundings = await scratchSurroundings();
  await mkdir(join(surroundings.homeDir, '.aws'));
  await writeFile(join(surroundings.homeDir, '.aws', 'config'), CONFIG);
  const out: string[] = [];
  const errors: string[] = [];
  const signal = new AbortController().signal;
  const code = await main({
    specs: ALL_COMMANDS,
    words,
    context: (json) => ({
      ...processContext(surroundings, signal, json),
      out: (text) => void out.push(text),
      note: (text) => void errors.push(text),
    }),
    fail: (line) => errors.push(line),
  });
  return { code, out: out.join('\n'), errors };
}

const REASON = 'The Identity Center half has no sso_region. Add sso_region to it in ~/.aws/config.';

test('an Identity Center whose section is not complete hides none of the others', async () => {
  const { code, out, errors } = await run(['status']);
  expect(out).toMatch(/^demo +us-east-1 +signed out$/m);
  expect(out).toMatch(/^half +cannot be told$/m);
  expect(errors).toEqual([`rolecall: ${REASON}`]);
  expect(code).toBe(1);
});

test('for programs the reason stands with it', async () => {
  const { out } = await run(['status', '--json']);
  expect(JSON.parse(out)).toMatchObject({
    ssoSessions: [
      { id: 'demo', access: { kind: 'signed-out' } },
      { id: 'half', failure: { code: 'profile-broken', message: 'The Identity Center half has no sso_region.' } },
    ],
  });
});

test('the one that is asked for fails with its reason', async () => {
  const { code, errors } = await run(['status', 'half']);
  expect({ code, errors }).toEqual({ code: 1, errors: [`rolecall: ${REASON}`] });
  expect(await run(['status', 'demo'])).toMatchObject({ code: 3, errors: [] });
});
