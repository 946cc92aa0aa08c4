import { readFile, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../src/sandbox/demo-facts.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import {
  DEBIAN_AWS,
  DEBIAN_PYTHON,
  debianClientsMissing,
  proxiedEnvironment,
  run,
  temporaryHome,
} from '../helpers/sandbox-programs.ts';
import { answerInBrowser } from '../helpers/sandbox.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';

/** As `aws configure sso` writes it. */
const CONFIG = `[profile admin]
sso_session = demo
sso_account_id = ${DEMO.accounts.development}
sso_role_name = AdministratorAccess
region = ${DEMO.region}
output = json

[sso-session demo]
sso_start_url = ${DEMO.startUrl}
sso_region = ${DEMO.region}
sso_registration_scopes = sso:account:access
`;
const PYTHON_LIST =
  'import boto3; print([b["Name"] for b in boto3.Session(profile_name="admin").client("s3").list_buckets()["Buckets"]])';

let sandbox: Sandbox;
let home: string;
/** Rolecall by endpoint overrides, Debian's clients by the proxy: both end in the same AWS. */
let ours: Record<string, string>;
let theirs: Record<string, string>;

beforeEach(async (context) => {
  const missing = debianClientsMissing();
  if (missing !== undefined) {
    context.skip(missing);
  }
  sandbox = await createSandbox();
  home = await temporaryHome({ config: CONFIG });
  theirs = await proxiedEnvironment(sandbox, home);
  ours = { PATH: process.env['PATH'] ?? '', HOME: home, ROLECALL_HOME: join(home, '.rolecall'), ...sandbox.env() };
  return () => sandbox.close();
});

function rolecall(words: string, onStderr: (text: string) => void = () => {}) {
  return run([process.execPath, ROLECALL, ...words.split(' ')], ours, { onError: onStderr });
}

/** Signs in as a person does: opens the address that is printed, and clicks. */
function signIn(words: string) {
  const opened = new Set<string>();
  return rolecall(words, (stderr) => {
    const url = /https?:\/\/\S*(?:authorize|user_code)\S*/.exec(stderr)?.[0];
    if (url !== undefined && !opened.has(url)) {
      opened.add(url);
      void answerInBrowser(url);
    }
  });
}

describe('with a config as "aws configure sso" writes it', () => {
  test.each(['sign-in demo --no-browser', 'sign-in --device --no-browser'])(
    '"rolecall %s" signs the AWS CLI and boto3 in',
    async (words) => {
      expect(await signIn(words)).toMatchObject({ code: 0, stdout: 'Signed in to demo.\n' });

      const listed = await run([DEBIAN_AWS, 's3', 'ls', '--profile', 'admin'], theirs);
      expect(listed).toMatchObject({ code: 0, stderr: '' });
      expect(listed.stdout).toMatch(/\d{4}-\d\d-\d\d .+/);
      const boto3 = await run([DEBIAN_PYTHON, '-c', PYTHON_LIST], theirs);
      expect(boto3.code).toBe(0);
      expect(listed.stdout).toContain(/'([^']+)'/.exec(boto3.stdout)?.[1]);

      const file = join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update('demo').digest('hex')}.json`);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readFile(join(home, '.aws', 'config'), 'utf8')).toBe(CONFIG);
    },
  );

  test('a sign-in by "aws sso login" is ours too, and sign-out ends both', async () => {
    const signedIn = await run([DEBIAN_AWS, 'sso', 'login', '--no-browser', '--profile', 'admin'], theirs, {
      onOutput: openOnce(/https?:\/\/\S+\?user_code=\S+/),
    });
    expect(signedIn.code).toBe(0);
    expect((await rolecall('status')).stdout).toMatch(/demo .* signed in/);
    const exported = await rolecall('export --profile admin --format json');
    expect(JSON.parse(exported.stdout)).toMatchObject({ Version: 1, AccessKeyId: expect.stringMatching(/^ASIA/) });

    expect(await rolecall('sign-out demo')).toMatchObject({ code: 0 });
    expect((await run([DEBIAN_AWS, 's3', 'ls', '--profile', 'admin'], theirs)).code).not.toBe(0);
    expect(await rolecall('credentials --profile admin')).toMatchObject({ code: 3, stdout: '' });
  });

  test('accounts, credentials by account and role, console address', async () => {
    await signIn('sign-in --no-browser');
    const listed = JSON.parse((await rolecall('accounts --json')).stdout) as {
      accounts: { accountId: string; roles: string[] }[];
    };
    expect(listed.accounts.length).toBeGreaterThan(10);
    const [first] = listed.accounts;
    const role = `--sso-session demo --account ${first?.accountId} --role ${first?.roles[0]}`;
    expect(JSON.parse((await rolecall(`credentials ${role}`)).stdout)).toMatchObject({ Version: 1 });
    const printed = await rolecall(`console ${role} --destination s3 --print`);
    const page = await (await fetch(printed.stdout.trim())).text();
    expect(page).toContain(first?.accountId);
    expect(page).toContain(first?.roles[0]);
  });

  test('exported variables work in a shell, without any profile', async () => {
    await signIn('sign-in --no-browser');
    await writeFile(join(home, 'env'), (await rolecall('export --profile admin')).stdout);
    const listed = await run(
      ['/bin/sh', '-c', `. ${join(home, 'env')}; ${DEBIAN_AWS} sts get-caller-identity`],
      theirs,
    );
    expect(JSON.parse(listed.stdout)).toMatchObject({ Account: DEMO.accounts.development });
  });
});

test('from nothing: add-sso writes the section, sign-in works, exec runs a program', async () => {
  await writeFile(join(home, '.aws', 'config'), '# mine\n');
  expect(await rolecall(`add-sso corp --start-url ${DEMO.startUrl} --region ${DEMO.region}`)).toMatchObject({
    code: 0,
  });
  expect(await readFile(join(home, '.aws', 'config'), 'utf8')).toMatch(
    /^# mine\n\n\[sso-session corp\]\nsso_start_url = https:\/\/\S+\nsso_region = \S+\nsso_registration_scopes = sso:account:access\n$/,
  );
  expect(await signIn('sign-in corp --no-browser')).toMatchObject({ code: 0 });
  const role = `--sso-session corp --account ${DEMO.accounts.development} --role AdministratorAccess`;
  const ran = await rolecall(`exec ${role} --region ${DEMO.region} -- printenv AWS_ACCESS_KEY_ID`);
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ASIA/) });
  expect((await rolecall(`exec ${role} -- false`)).code).toBe(1);
});

test.each([
  ['http://d-1.awsapps.com/start'],
  ['https://evil.tld/?x=.awsapps.com/start'],
  ['https://d-1.awsapps.com.evil.tld/start'],
  ['https://d-1.awsapps.com@evil.tld/start'],
])('the hostile start URL %s is refused, and nothing is written', async (startUrl) => {
  const refused = await rolecall(`add-sso bad --start-url ${startUrl} --region us-east-1`);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr.trim().split('\n')).toHaveLength(1);
  expect(await readFile(join(home, '.aws', 'config'), 'utf8')).toBe(CONFIG);
});

function openOnce(pattern: RegExp): (text: string) => void {
  const opened = new Set<string>();
  return (text) => {
    const url = pattern.exec(text)?.[0];
    if (url !== undefined && !opened.has(url)) {
      opened.add(url);
      void answerInBrowser(url);
    }
  };
}
