import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderBackups } from '../../src/core/files/aws-file-backups.ts';
import { editAwsFile } from '../../src/core/files/aws-file-editor.ts';
import { readAwsProfiles } from '../../src/core/files/effective-profiles.ts';
import { systemClock } from '../../src/core/model/clock.ts';
import { planProfileSync } from '../../src/core/session/profiles/plan-profile-sync.ts';
import { generateOrganization } from '../../src/sandbox/generate-organization.ts';
import { holdsSecret } from '../../src/core/app/holds-secret.ts';
import { jsSdkReader } from '../core/files/oracles.ts';
import { coreOnSandbox } from '../helpers/core-on-sandbox.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import {
  DEBIAN_AWS,
  debianClientsMissing,
  proxiedEnvironment,
  run,
  temporaryHome,
} from '../helpers/sandbox-programs.ts';
import { startSandbox } from '../helpers/sandbox.ts';

const HOSTILE = JSON.parse(
  readFileSync(new URL('../fixtures/hostile-strings.json', import.meta.url), 'utf8'),
) as readonly string[];

/** Cursor movements, clipboard writes, direction changes, invisible characters and line ends of every kind. */
const MOVES_OR_HIDES = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const CANARY = '/tmp/pwn';
const MINE = '# mine\r\n[default]\r\nregion = eu-west-1\r\ns3 =\r\n  addressing_style = path\r\n';

/** How each shell takes over what is exported. PowerShell is not in Debian. */
const SHELLS = [
  ['/bin/bash', 'eval "$(EXPORT)"; printenv AWS_ACCESS_KEY_ID'],
  ['/bin/sh', 'eval "$(EXPORT)"; printenv AWS_ACCESS_KEY_ID'],
  ['/usr/bin/zsh', 'eval "$(EXPORT --format zsh)"; printenv AWS_ACCESS_KEY_ID'],
  ['/usr/bin/fish', 'EXPORT --format fish | source; printenv AWS_ACCESS_KEY_ID'],
] as const;

/** An organization whose accounts have every hostile name there is; a lone surrogate cannot travel in JSON text otherwise. */
function hostileOrganization() {
  const organization = generateOrganization(HOSTILE.length, 2);
  const accounts = organization.accounts.map((account, at) => ({ ...account, accountName: HOSTILE[at] ?? '' }));
  return { ...organization, accounts };
}

test('account names of the whole corpus go from AWS’s reply to the screen, the terminal, a shell and ~/.aws and harm none', async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  expect(existsSync(CANARY)).toBe(false);
  const sandbox = await startSandbox({ organization: hostileOrganization() });
  const section = `[sso-session corp]\nsso_start_url = ${sandbox.startUrl}\nsso_region = ${sandbox.region}\nsso_registration_scopes = sso:account:access\n`;
  const home = await temporaryHome({ config: MINE + section });
  const app = await coreOnSandbox(sandbox, home);
  await app.signIn('corp');
  const directory = () => app.core.state.get().directories['corp'];
  await expect.poll(() => directory()?.refreshedAt, { timeout: 30_000 }).toBeDefined();

  // The screen: every account is there by its id, under a name that shows on one line and moves nothing.
  const accounts = directory()?.accounts ?? [];
  expect(accounts).toHaveLength(HOSTILE.length);
  expect(new Set(accounts.map(({ accountId }) => accountId)).size).toBe(HOSTILE.length);
  for (const { accountId, name, email } of accounts) {
    expect(accountId).toMatch(/^\d{12}$/);
    expect(name + email).not.toMatch(MOVES_OR_HIDES);
    expect(Array.from(name).length).toBeLessThanOrEqual(128);
  }
  expect(holdsSecret(app.core.state.get())).toBe(false);

  // The terminal: one row an account, whatever the name.
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, ROLECALL_HOME: join(home, '.rolecall'), ...sandbox.env() };
  const rolecall = (...words: string[]) => run([process.execPath, ROLECALL, ...words], env);
  const listed = await rolecall('accounts');
  expect(listed).toMatchObject({ code: 0, stderr: '' });
  const [heading, ...rows] = listed.stdout.trimEnd().split('\n');
  expect(heading).toMatch(/^ACCOUNT +NAME +ROLES$/);
  expect(rows).toHaveLength(HOSTILE.length);
  for (const row of rows) {
    expect(row).toMatch(/^\d{12} .* ReadOnlyAccess, Role-1$/u);
    expect(row).not.toMatch(MOVES_OR_HIDES);
  }

  // A shell: nothing of the name is in what is exported; what runs sets the variables alone.
  const trap = accounts.find(({ name }) => name.includes('$(touch'));
  expect(trap?.name).toBe(`$(touch ${CANARY})`);
  const role = ['--sso-session', 'corp', '--account', trap?.accountId ?? '', '--role', 'ReadOnlyAccess'];
  for (const format of ['bash', 'zsh', 'fish', 'powershell', 'cmd', 'dotenv', 'json', 'ini']) {
    const exported = await rolecall('export', ...role, '--format', format);
    expect(exported).toMatchObject({ code: 0, stderr: '' });
    expect(exported.stdout).toMatch(/^[\x20-\x7e\r\n]+$/);
    expect(exported.stdout).not.toMatch(/touch|pwn/);
  }
  for (const [program, text] of SHELLS.filter(([shell]) => existsSync(shell))) {
    const shell = text.replace('EXPORT', `'${process.execPath}' '${ROLECALL}' export ${role.join(' ')}`);
    expect(await run([program, '-c', shell], env), program).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^ASIA[A-Z0-9]+\n$/) as string,
      stderr: '',
    });
  }

  // ~/.aws: a profile for every role, read by the AWS CLI; no key, no section and no byte of the user's besides.
  const config = join(home, '.aws', 'config');
  const clock = systemClock();
  const roles = accounts.flatMap(({ accountId, name, roles: names }) =>
    names.map((roleName) => ({ accountId, accountName: name, roleName })),
  );
  const planned: string[] = [];
  await editAwsFile(
    { lockDir: join(home, 'locks'), backups: folderBackups(join(home, 'backups'), clock), clock, settleMs: 0 },
    config,
    (document) => {
      const plan = planProfileSync(document, {
        ssoSession: 'corp',
        roles,
        mayPrune: () => true,
        takenElsewhere: [],
        lastNames: new Map(),
        platform: 'linux',
        region: sandbox.region,
      });
      planned.splice(0, planned.length, ...plan.added);
      return plan.document;
    },
  );
  expect(planned).toHaveLength(HOSTILE.length * 2);
  const written = await readFile(config, 'utf8');
  expect(written.startsWith(MINE + section)).toBe(true);
  expect(written).not.toMatch(/touch /);
  expect(written).not.toMatch(/^\s*credential_process/m);
  expect(written.slice((MINE + section).length)).toMatch(/^[\x20-\x7e\r\n]*$/);
  const theirs = await proxiedEnvironment(sandbox, home);
  const profiles = await run([DEBIAN_AWS, 'configure', 'list-profiles'], theirs);
  expect(profiles).toMatchObject({ code: 0, stderr: '' });
  expect(profiles.stdout.trim().split('\n').toSorted()).toEqual(['default', ...planned].toSorted());
  // Three parsers see the same: botocore above, the JavaScript SDK, and ours.
  const js = await jsSdkReader()?.parseKnownFiles({
    filepath: join(home, '.aws', 'credentials'),
    configFilepath: config,
    ignoreCache: true,
  });
  const ours = readAwsProfiles(written, '').profiles.map(({ name }) => name);
  expect(
    Object.keys(js ?? {})
      .filter((name) => !name.startsWith('sso-session.'))
      .toSorted(),
  ).toEqual(ours.toSorted());
  expect(ours.toSorted()).toEqual(['default', ...planned].toSorted());
  const ofTrap = new RegExp(
    String.raw`\[profile (\S+)\]\r?\nsso_session = corp\r?\nsso_account_id = ${trap?.accountId}`,
  );
  const profile = ofTrap.exec(written)?.[1] ?? '';
  const identity = await run([DEBIAN_AWS, 'sts', 'get-caller-identity', '--profile', profile], theirs);
  expect(identity.stdout).toContain(trap?.accountId);

  // What is kept and logged, and what ran.
  const activity = await readFile(join(home, '.rolecall', 'activity.jsonl'), 'utf8');
  expect(activity.split('\n').join('')).not.toMatch(MOVES_OR_HIDES);
  expect(app.log.join('')).not.toMatch(MOVES_OR_HIDES);
  expect(existsSync(CANARY)).toBe(false);
}, 120_000);

test('account ids and role names that are not as AWS’s are leave no row, no profile and no request', async () => {
  const sandbox = await startSandbox();
  const ids = ['1e11', '12345', '１２３４５６７８９０１２', '../../../x', '', "'; touch pwn; '"];
  const email = 'x@y.example\r\nSet-Cookie: a=b';
  const rows = [
    ...ids.map((accountId) => ({ accountId, accountName: 'x', emailAddress: 'x' })),
    null,
    7,
    { accountId: 12 },
  ];
  sandbox.faults.add({
    operation: 'sso.ListAccounts',
    fault: {
      kind: 'edit-body',
      edit: (body) => {
        const reply = JSON.parse(body) as { accountList: unknown[] };
        const named = reply.accountList.map((row) => ({ ...(row as object), emailAddress: email }));
        return JSON.stringify({ ...reply, accountList: [...rows, ...named] });
      },
    },
  });
  const hostileRoles = ['a/b', 'a\nb', 'AdministratorAccess ', '*', 'x'.repeat(65), '$(id)', ''];
  sandbox.faults.add({
    operation: 'sso.ListAccountRoles',
    fault: {
      kind: 'edit-body',
      edit: (body) => {
        const reply = JSON.parse(body) as { roleList: { accountId: string }[] };
        const { accountId } = reply.roleList[0] ?? { accountId: '' };
        return JSON.stringify({
          ...reply,
          roleList: [...hostileRoles.map((roleName) => ({ accountId, roleName })), ...reply.roleList],
        });
      },
    },
  });
  const home = await temporaryHome();
  await writeFile(
    join(home, '.aws', 'config'),
    `[sso-session corp]\nsso_start_url = ${sandbox.startUrl}\nsso_region = ${sandbox.region}\n`,
  );
  const app = await coreOnSandbox(sandbox, home);
  await app.signIn('corp');
  await expect.poll(() => app.core.state.get().directories['corp']?.refreshedAt, { timeout: 20_000 }).toBeDefined();
  const { accounts = [], failure } = app.core.state.get().directories['corp'] ?? {};
  expect(failure).toBeUndefined();
  expect(accounts).toHaveLength(14);
  for (const { accountId, roles, email: shown } of accounts) {
    expect(accountId).toMatch(/^\d{12}$/);
    expect(shown).toBe('x@y.example Set-Cookie: a=b');
    expect(roles.length).toBeGreaterThan(0);
    expect(roles.join('')).toMatch(/^[\w+=,.@-]+$/);
    expect(roles.filter((roleName) => hostileRoles.includes(roleName))).toEqual([]);
  }
});
