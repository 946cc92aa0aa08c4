import { readFile, stat } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/create-sandbox.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { awsEndpoint } from '../../../src/sandbox/proxy/aws-hosts.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { signInToPortal } from '../../helpers/sandbox-sign-in.ts';
import { startSandbox } from '../../helpers/sandbox.ts';

describe('AWS hosts', () => {
  test.each([
    ['oidc.ap-northeast-1.amazonaws.com', 'aws', 'ap-northeast-1', ['sso-oidc', 'page']],
    ['portal.sso.cn-north-1.amazonaws.com.cn', 'aws-cn', 'cn-north-1', ['sso']],
    ['sts.us-gov-west-1.amazonaws.com', 'aws-us-gov', 'us-gov-west-1', ['sts']],
    ['sts.eusc-de-east-1.amazonaws.eu', 'aws-eusc', 'eusc-de-east-1', ['sts']],
    ['sts.amazonaws.com', 'aws', undefined, ['sts']],
    ['iam.us-gov.amazonaws.com', 'aws-us-gov', undefined, ['iam']],
    ['us-east-1.signin.aws.amazon.com', 'aws', undefined, ['federation', 'signin', 'page']],
    ['signin.amazonaws.cn', 'aws-cn', undefined, ['federation', 'signin', 'page']],
    ['rolecall-demo.awsapps.com', 'aws', undefined, ['page']],
    ['STS.AMAZONAWS.COM', 'aws', undefined, ['sts']],
    ['ssm.eu-west-1.amazonaws.com', 'aws', 'eu-west-1', ['ssm']],
    ['ec2.cn-north-1.amazonaws.com.cn', 'aws-cn', 'cn-north-1', ['ec2']],
    ['rds.eu-west-1.amazonaws.com', 'aws', undefined, []],
  ])('%s is known', (host, partition, region, services) => {
    const endpoint = awsEndpoint(host);
    expect(endpoint).toMatchObject({ partition, services });
    expect(endpoint?.region).toBe(region);
  });

  test.each([
    'example.com',
    'amazonaws.com.evil.example',
    'sts.us-east-1.amazonaws.com.evil.example',
    'evilawsapps.com',
    'oidc.cn-north-1.amazonaws.com',
    'localhost',
    '169.254.169.254',
  ])('%s is not', (host) => {
    const endpoint = awsEndpoint(host);
    expect(endpoint?.services ?? []).toEqual([]);
  });
});

/** Opens a tunnel as an HTTP client does; gives the proxy's answer and the socket. */
function tunnel(sandbox: Sandbox, target: string): Promise<{ status: number; socket: Socket }> {
  const { hostname, port } = new URL(sandbox.url);
  return new Promise((resolve, reject) => {
    httpRequest({ host: hostname, port, method: 'CONNECT', path: target })
      .on('connect', (response, socket) => resolve({ status: response.statusCode ?? 0, socket }))
      .on('error', reject)
      .end();
  });
}

async function get(
  sandbox: Sandbox,
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  const { AWS_CA_BUNDLE: caFile = '' } = await sandbox.proxyEnv();
  const { host, pathname, search } = new URL(url);
  const { socket } = await tunnel(sandbox, `${host}:443`);
  const tls = connect({ socket, servername: host, ca: await readFile(caFile) });
  return new Promise((resolve, reject) => {
    httpsRequest(
      { host, path: `${pathname}${search}`, headers: { host, ...headers }, createConnection: () => tls },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    )
      .on('error', reject)
      .end();
  });
}

describe('the proxy', () => {
  test('speaks TLS for AWS hosts with its own authority, and serves only their services', async () => {
    const sandbox = await startSandbox();
    const portal = await get(sandbox, 'https://portal.sso.ap-northeast-1.amazonaws.com/assignment/accounts');
    expect(portal.status).toBe(401);
    const elsewhere = await get(sandbox, 'https://sts.ap-northeast-1.amazonaws.com/assignment/accounts');
    expect(elsewhere.status).toBe(404);
    const start = await get(sandbox, 'https://rolecall-demo.awsapps.com/start');
    expect(start.body).toContain('AWS access portal');
    expect((await get(sandbox, 'https://other.awsapps.com/start')).status).toBe(404);
    expect((await get(sandbox, 'https://ec2.eu-west-1.amazonaws.com/')).status).toBe(404);
  });

  test('refuses hosts that are not AWS’s, other ports, and plain forwarding', async () => {
    const sandbox = await startSandbox();
    for (const target of ['example.com:443', 'sts.amazonaws.com:80', '127.0.0.1:443', 'nonsense']) {
      const { status, socket } = await tunnel(sandbox, target);
      socket.destroy();
      expect(status).toBe(403);
    }
    expect(sandbox.requests.count('proxy.CONNECT')).toBe(4);
    const forwarded = await new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(sandbox.url);
      httpRequest({ host: hostname, port, path: 'http://example.com/', headers: { host: 'example.com' } }, (response) =>
        resolve(response.statusCode ?? 0),
      )
        .on('error', reject)
        .end();
    });
    expect(forwarded).toBe(421);
  });

  test('a Host header that is not the one the certificate is for is refused', async () => {
    const sandbox = await startSandbox();
    const answer = await get(sandbox, 'https://sts.amazonaws.com/', { host: 'iam.amazonaws.com' });
    expect(answer.status).toBe(421);
  });

  test('its certificate file is private and goes with it', async () => {
    const sandbox = await createSandbox();
    const env = await sandbox.proxyEnv();
    expect((await stat(env['AWS_CA_BUNDLE'] ?? '')).mode & 0o777).toBe(0o600);
    expect(env['HTTPS_PROXY']).toBe(sandbox.url);
    await sandbox.close();
    await expect(stat(env['AWS_CA_BUNDLE'] ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('an Identity Center is unknown in another region than its own', async () => {
    const sandbox = await startSandbox();
    const headers = { 'x-amz-sso_bearer_token': await signInToPortal(sandbox) };
    const here = await get(sandbox, `https://portal.sso.${DEMO.region}.amazonaws.com/assignment/accounts`, headers);
    const there = await get(sandbox, 'https://portal.sso.us-east-1.amazonaws.com/assignment/accounts', headers);
    expect([here.status, there.status]).toEqual([200, 401]);
  });
});
