import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Secret } from '../../../../src/core/model/secret.ts';
import { SignInNeededError } from '../../../../src/core/session/errors.ts';
import { DEMO } from '../../../../src/sandbox/demo-facts.ts';
import { assumeOnly, context, profile, startIamSide, whileTimePasses } from '../iam-side.ts';

const SESSION = {
  AccessKeyId: 'ASIAMETADATA22222222',
  SecretAccessKey: 'm'.repeat(40),
  Token: 'token',
  Expiration: '2026-11-23T18:00:00Z',
};

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the environment', () => {
  const CONFIG = `[profile e]\nrole_arn = ${DEMO.iam.adminRole}\nmfa_serial = ${assumeOnly.mfaSerial}\ncredential_source = Environment\n`;

  test('gives the key that assumes the role', async () => {
    const env = { AWS_ACCESS_KEY_ID: assumeOnly.accessKeyId, AWS_SECRET_ACCESS_KEY: assumeOnly.secretAccessKey };
    const side = await startIamSide({ env });
    await side.setFiles(CONFIG);
    expect(await side.get('e')).toMatchObject({ accountId: DEMO.iam.clientProduction });
  });

  test.each([
    ['nothing', {}, 'holds none'],
    ['half a key', { AWS_ACCESS_KEY_ID: 'AKIAX' }, 'holds none'],
    [
      'what has ended',
      {
        AWS_ACCESS_KEY_ID: 'ASIAX',
        AWS_SECRET_ACCESS_KEY: 's',
        AWS_SESSION_TOKEN: 't',
        AWS_CREDENTIAL_EXPIRATION: '2026-11-23T11:00:00Z',
      },
      'have expired',
    ],
  ])('that holds %s is told so', async (_name, env, message) => {
    const side = await startIamSide({ env });
    await side.setFiles(CONFIG);
    await expect(side.get('e')).rejects.toMatchObject({
      code: 'profile-broken',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('a temporary key in the file', () => {
  test('is handed on, for as long as the tool that wrote it said', async () => {
    const side = await startIamSide();
    const keys = 'aws_access_key_id = ASIAX\naws_secret_access_key = s\naws_session_token = t\n';
    await side.setFiles(
      '',
      `[t]\n${keys}aws_expiration = 2026-11-23T15:00:00Z\n[u]\n${keys}[v]\n${keys}aws_expiration = 2026-11-23T09:00:00Z\n`,
    );
    expect(await side.get('t')).toMatchObject({ accessKeyId: 'ASIAX', expiresAt: new Date('2026-11-23T15:00:00Z') });
    expect(await side.get('u')).toMatchObject({ expiresAt: new Date('2026-11-23T12:20:00Z') });
    await expect(side.get('v')).rejects.toMatchObject({ code: 'profile-broken' });
  });
});

describe('a web identity', () => {
  const config = (token: string): string =>
    `[profile ci]\nrole_arn = ${DEMO.iam.ciRole}\nweb_identity_token_file = ${token}\nrole_session_name = build-7\n`;

  test('assumes its role with the token in the file', async () => {
    const side = await startIamSide();
    const token = join(side.home, 'token');
    await writeFile(token, `${side.sandbox.control.webIdentityToken(DEMO.iam.ciSubject)}\n`);
    await side.setFiles(config(token));
    expect(await side.get('ci')).toMatchObject({ accountId: DEMO.iam.clientStaging });
    const [request] = side.sandbox.requests.of('sts.AssumeRoleWithWebIdentity');
    expect(request?.params['RoleSessionName']).toBe('build-7');
    expect(request?.accessKeyId).toBeUndefined();
  });

  test.each([
    ['is not there', undefined],
    ['is empty', ''],
    ['holds two words', 'a b'],
    ['is far too long', 'x'.repeat(30_000)],
  ])('whose token file %s is told so', async (_name, text) => {
    const side = await startIamSide();
    const token = join(side.home, 'token');
    if (text !== undefined) {
      await writeFile(token, text);
    }
    await side.setFiles(config(token));
    await expect(side.get('ci')).rejects.toMatchObject({
      code: 'profile-broken',
      message: expect.stringContaining(token) as string,
    });
  });
});

describe('the container', () => {
  const CONFIG = '[profile c]\ncredential_source = EcsContainer\n';

  test('is asked with its authorization token', async () => {
    const url = await serve((request, response) => {
      const body =
        request.headers.authorization === 'Bearer x' && request.url === '/creds?id=1' ? JSON.stringify(SESSION) : '{}';
      response.end(body);
    });
    const side = await startIamSide({
      env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/creds?id=1`, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'Bearer x' },
    });
    await side.setFiles(CONFIG);
    expect(await side.get('c')).toMatchObject({
      accessKeyId: SESSION.AccessKeyId,
      expiresAt: new Date(SESSION.Expiration),
    });
  });

  test.each([
    ['nothing set', {}, 'neither'],
    [
      'a foreign host in plain http',
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://evil.tld/creds' },
      'not fetched from',
    ],
    [
      'a host that looks like loopback',
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1.evil.tld/' },
      'not fetched from',
    ],
    ['a user name in the address', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'https://a@evil.tld/' }, 'not fetched from'],
    ['no URL', { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'file:///etc/passwd' }, 'not fetched from'],
    [
      'a token with a line break',
      { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/', AWS_CONTAINER_AUTHORIZATION_TOKEN: 'a\r\nx: y' },
      'line break',
    ],
    [
      'a token file that is not there',
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/nonexistent',
      },
      'cannot be read',
    ],
  ])('with %s is told so', async (_name, env, message) => {
    const side = await startIamSide({ env });
    await side.setFiles(CONFIG);
    await expect(side.get('c')).rejects.toMatchObject({
      code: 'profile-broken',
      message: expect.stringContaining(message) as string,
    });
  });

  test.each([
    ['an error', (response: ServerResponse) => void response.writeHead(500).end('{}')],
    [
      'a redirect',
      (response: ServerResponse) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
    ],
    ['a page', (response: ServerResponse) => void response.end('<html>')],
    [
      'what has ended',
      (response: ServerResponse) =>
        void response.end(JSON.stringify({ ...SESSION, Expiration: '2026-11-23T11:00:00Z' })),
    ],
    ['half', (response: ServerResponse) => void response.end(JSON.stringify(SESSION).slice(0, 30))],
    [
      'a secret with a line break',
      (response: ServerResponse) => void response.end(JSON.stringify({ ...SESSION, SecretAccessKey: 'a\nb' })),
    ],
  ])('that answers with %s is told so', async (_name, answer) => {
    const url = await serve((_request, response) => answer(response));
    const side = await startIamSide({ env: { AWS_CONTAINER_CREDENTIALS_FULL_URI: url } });
    await side.setFiles(CONFIG);
    await expect(side.get('c')).rejects.toMatchObject({ code: 'profile-broken' });
  });
});

describe('the instance', () => {
  const CONFIG = '[profile i]\ncredential_source = Ec2InstanceMetadata\n';

  test('is asked by version 2 alone: a token first', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      const token = String(request.headers['x-aws-ec2-metadata-token'] ?? '-');
      seen.push(`${request.method ?? ''} ${request.url ?? ''} ${token}`);
      const answers: Readonly<Record<string, string>> = {
        '/latest/api/token': 'TOKEN',
        '/latest/meta-data/iam/security-credentials/': 'web-role\n',
        '/latest/meta-data/iam/security-credentials/web-role': JSON.stringify({ Code: 'Success', ...SESSION }),
      };
      response.end(answers[request.url ?? ''] ?? '');
    });
    const side = await startIamSide({
      env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: url, AWS_EC2_METADATA_DISABLED: 'false' },
    });
    await side.setFiles(CONFIG);
    expect(await side.get('i')).toMatchObject({ accessKeyId: SESSION.AccessKeyId });
    expect(seen).toEqual([
      'PUT /latest/api/token -',
      'GET /latest/meta-data/iam/security-credentials/ TOKEN',
      'GET /latest/meta-data/iam/security-credentials/web-role TOKEN',
    ]);
  });

  test('that is switched off, or no instance at all, is told so', async () => {
    const off = await startIamSide();
    await off.setFiles(CONFIG);
    await expect(off.get('i')).rejects.toMatchObject({ message: expect.stringContaining('switched off') as string });
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1', AWS_EC2_METADATA_DISABLED: 'false' };
    const none = await startIamSide({ env });
    await none.setFiles(CONFIG);
    await expect(none.get('i')).rejects.toMatchObject({
      message: expect.stringContaining('cannot be reached') as string,
    });
  });

  test('that names a role with a path in it is not followed', async () => {
    const url = await serve((_request, response) => void response.end('../../user-data'));
    const side = await startIamSide({
      env: { AWS_EC2_METADATA_SERVICE_ENDPOINT: url, AWS_EC2_METADATA_DISABLED: 'false' },
    });
    await side.setFiles(CONFIG);
    await expect(side.get('i')).rejects.toMatchObject({ message: expect.stringContaining('names no role') as string });
  });
});

describe('an Identity Center role', () => {
  const TARGET = { kind: 'sso-role', ssoSession: 'corp', accountId: '111122223333', roleName: 'Admin' } as const;
  const CONFIG =
    '[sso-session corp]\n[profile s]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n';
  const session = (accessKeyId: string) => ({
    accessKeyId,
    secretAccessKey: new Secret('s'),
    sessionToken: new Secret('t'),
    expiresAt: new Date('2026-11-23T20:00:00Z'),
  });

  test('is the same to its profile and to itself: fetched once', async () => {
    let calls = 0;
    const ssoRole = () => {
      calls += 1;
      return Promise.resolve(session(`ASIA${calls}`));
    };
    const side = await startIamSide({ parts: { ssoRole } });
    await side.setFiles(CONFIG);
    const { credentials } = side.services;
    expect((await credentials.get(TARGET, context())).accessKeyId).toBe('ASIA1');
    expect((await credentials.get(profile('s'), context())).accessKeyId).toBe('ASIA1');
    expect(credentials.held().map(({ target }) => target)).toEqual([TARGET, profile('s')]);
    credentials.forgetSsoSession('corp');
    expect(credentials.held()).toEqual([]);
    expect((await credentials.get(TARGET, context())).accessKeyId).toBe('ASIA2');
  });

  test('that wants a sign-in says so, every time it is asked, until there is one', async () => {
    let signedIn = false;
    const ssoRole = () =>
      signedIn ? Promise.resolve(session('ASIA1')) : Promise.reject(new SignInNeededError('corp', 'expired'));
    const side = await startIamSide({ parts: { ssoRole } });
    await side.setFiles(CONFIG);
    await expect(side.get('s')).rejects.toMatchObject({ code: 'sign-in-needed' });
    signedIn = true;
    expect(await side.get('s')).toBeDefined();
  });

  test('that fails is not asked again within a second by callers in a loop', async () => {
    let calls = 0;
    const ssoRole = () => {
      calls += 1;
      return Promise.reject(new Error('unexpected'));
    };
    const side = await startIamSide({ parts: { ssoRole } });
    await side.setFiles('[profile x]\ncredential_process = /nonexistent\n');
    const runs = await Promise.allSettled(Array.from({ length: 50 }, () => side.get('x')));
    expect(runs.every(({ status }) => status === 'rejected')).toBe(true);
    await expect(side.get('x')).rejects.toMatchObject({ code: 'profile-broken' });
    await whileTimePasses(side.clock, Promise.resolve(), 2_000);
    await expect(side.get('x')).rejects.toMatchObject({ code: 'profile-broken' });
    expect(calls).toBe(0);
  });

  test('forgotten while it is being fetched is handed to who waits, and not kept', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = (): void => undefined;
    const fetching = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const ssoRole = async () => {
      begun();
      await held;
      return session('ASIA1');
    };
    const side = await startIamSide({ parts: { ssoRole } });
    const waiting = side.services.credentials.get(TARGET, context());
    await fetching;
    side.services.credentials.forgetSsoSession('corp');
    release();
    expect((await waiting).accessKeyId).toBe('ASIA1');
    expect(side.services.credentials.held()).toEqual([]);
  });
});
