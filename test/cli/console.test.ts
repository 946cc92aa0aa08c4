import { expect, test } from 'vitest';
import type { CliContext } from '../../src/cli/cli-context.ts';
import { openConsole } from '../../src/cli/commands/console.ts';
import { activityFile, readActivity } from '../../src/core/app/activity-log.ts';
import { openKeptFiles } from '../../src/core/app/kept-files.ts';
import { awsPaths } from '../../src/core/files/aws-paths.ts';
import { confirmedUse } from '../../src/core/helper/command-use.ts';
import { systemClock } from '../../src/core/model/clock.ts';
import { Secret } from '../../src/core/model/secret.ts';
import type { BrowserPlace, PermissionQuestion } from '../../src/core/session/ports.ts';
import { targetKey, type RoleTarget } from '../../src/shared/role-target.ts';
import { scratchSurroundings } from '../helpers/surroundings.ts';

const ADMIN: RoleTarget = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' };
const ROLE = { 'sso-session': 'corp', account: '111122223333', role: 'Admin' };

/** `rolecall console` for a guarded role, with a user who answers so. */
async function consoleOfGuardedRole(answer: 'accept' | 'refuse', options: Record<string, string | boolean>) {
  const surroundings = await scratchSurroundings({ clock: systemClock({ keepAlive: false }) });
  await openKeptFiles(surroundings).marks.update(() => ({ [targetKey(ADMIN)]: { guarded: true } }));
  const questions: PermissionQuestion[] = [];
  const prompt = {
    async askPermission(question: PermissionQuestion) {
      questions.push(question);
      return answer;
    },
  };
  const confirmed = confirmedUse({
    surroundings,
    paths: awsPaths({}, surroundings.homeDir, 'linux'),
    prompt,
    use: 'console',
  });
  const shown: string[] = [];
  const services = {
    profiles: { read: async () => ({ profiles: [], ssoSessions: [], problems: [] }) },
    console: { address: async () => ({ url: new Secret('https://corp.awsapps.com/start'), shown: 'corp' }) },
    browser: { open: async (url: Secret, _place: BrowserPlace) => void shown.push(url.reveal()) },
  };
  const call = {
    asker: { program: 'rolecall', pid: process.pid, folder: '/', parents: [] },
    userAsked: true,
    signal: new AbortController().signal,
  };
  const context = {
    surroundings,
    services: async () => services,
    openByLink: (target: RoleTarget, open: () => Promise<number>) => confirmed(target, call, open),
    out: (text: string) => void shown.push(text),
    json: false,
    call: () => call,
  } as unknown as CliContext;
  const run = openConsole.run({ positionals: [], options: { ...ROLE, ...options }, rest: [] }, context);
  const outcome = await run.catch((error: { code: string }) => error.code);
  return { outcome, questions, shown, log: await readActivity(activityFile(surroundings.rolecallHome), 10) };
}

test.each<Record<string, string | boolean>>([
  { via: 'portal' },
  { via: 'switch-role' },
  { via: 'portal', print: true },
  { in: 'multi-session' },
])('a guarded role is confirmed and noted also where its console is opened by a link: %j', async (options) => {
  const refused = await consoleOfGuardedRole('refuse', options);
  expect(refused).toMatchObject({ outcome: 'guard-refused', shown: [], questions: [{ guarded: true }] });
  expect(refused.log).toMatchObject([{ what: 'console', outcome: 'refused', target: ADMIN }]);
  const accepted = await consoleOfGuardedRole('accept', options);
  expect(accepted).toMatchObject({ outcome: 0, log: [{ what: 'console', outcome: 'ok' }] });
  expect(accepted.shown).not.toEqual([]);
});
