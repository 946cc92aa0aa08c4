import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAwsNetwork } from '../../../../src/core/aws/client-config.ts';
import { systemClock } from '../../../../src/core/model/clock.ts';
import { checkNetwork, type NetworkProbe } from '../../../../src/core/session/doctor/check-network.ts';
import { startSandbox } from '../../../helpers/sandbox.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';
import { scriptedServer } from '../../../helpers/scripted-server.ts';
import { testAuthority } from '../../../helpers/test-authority.ts';

const PROBES: readonly NetworkProbe[] = [
  { service: 'sso-oidc', region: 'eu-central-1' },
  { service: 'sso', region: 'eu-central-1' },
  { service: 'sts', region: 'us-east-1' },
];
const NEVER = new AbortController().signal;

async function check(env: Record<string, string>, probes = PROBES, signal = NEVER, clock = systemClock()) {
  const network = createAwsNetwork({ env, clock });
  onTestFinished(() => network.transport.close());
  return checkNetwork(network, probes, signal);
}

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('AWS through a proxy', () => {
  test('that works: nothing is found, and every host was asked', async () => {
    const sandbox = await startSandbox();
    expect(await check(await sandbox.proxyEnv())).toEqual([]);
  });

  test('whose authority is not known: the certificate is told, once for all hosts', async () => {
    const sandbox = await startSandbox();
    const { HTTPS_PROXY = '' } = await sandbox.proxyEnv();
    const findings = await check({ HTTPS_PROXY });
    expect(findings).toMatchObject([
      {
        severity: 'error',
        title: expect.stringMatching(
          /certificate of oidc\.eu-central-1.*authority.*The same goes for portal\.sso\.eu-central-1/s,
        ) as string,
        hint: expect.stringMatching(/AWS_CA_BUNDLE/) as string,
      },
    ]);
  });

  test('with a wrong authority in AWS_CA_BUNDLE: the certificate is told', async () => {
    const sandbox = await startSandbox();
    const authority = await testAuthority();
    onTestFinished(() => authority.remove());
    const caFile = join(await scratchFolder(), 'ca.pem');
    await writeFile(caFile, authority.certificate);
    const { HTTPS_PROXY = '' } = await sandbox.proxyEnv();
    const findings = await check({ HTTPS_PROXY, AWS_CA_BUNDLE: caFile });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.title).toMatch(/authority this machine does not know/);
  });

  test('with a bundle that is not there: the file is told', async () => {
    const findings = await check({ AWS_CA_BUNDLE: '/nowhere/ca.pem' });
    expect(findings).toMatchObject([
      { title: expect.stringMatching(/\/nowhere\/ca\.pem \(named by AWS_CA_BUNDLE\)/) as string },
    ]);
  });

  test('that is not there: the proxy is told, not AWS', async () => {
    const findings = await check({ HTTPS_PROXY: `http://127.0.0.1:${await closedPort()}` });
    expect(findings).toMatchObject([
      { title: expect.stringMatching(/^The proxy 127\.0\.0\.1:\d+ refuses the connection: nothing listens/) as string },
    ]);
  });

  test('whose name nobody knows: the name of the proxy is told, not that of AWS', async () => {
    const findings = await check({ HTTPS_PROXY: 'http://proxy.invalid:3128' });
    expect(findings).toMatchObject([{ title: 'The name of the proxy proxy.invalid:3128 cannot be found (DNS).' }]);
  });

  test.each([
    [407, /asks for a user name/],
    [403, /does not connect to AWS \(HTTP 403\)/],
  ])('that says %i: that is told, without its password', async (status, words) => {
    const proxy = createHttpServer();
    proxy.on('connect', (_, socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    const port = await listen(proxy);
    const findings = await check({ HTTPS_PROXY: `http://user:canary@127.0.0.1:${port}` });
    expect(findings).toMatchObject([{ title: expect.stringMatching(words) as string }]);
    expect(JSON.stringify(findings)).not.toContain('canary');
  });
});

describe('what answers is not AWS', () => {
  /** Environment by which the hosts of the probes lead to a server of the test's own that they trust. */
  async function intercepted(reply: { status: number; headers: Record<string, string>; body?: string }) {
    const authority = await testAuthority();
    onTestFinished(() => authority.remove());
    const hosts = [
      'oidc.eu-central-1.amazonaws.com',
      'portal.sso.eu-central-1.amazonaws.com',
      'sts.us-east-1.amazonaws.com',
    ];
    const { certificate, key } = await authority.issue(hosts);
    const origin = createHttpsServer({ cert: certificate, key }, (_, response) => {
      response.writeHead(reply.status, reply.headers);
      response.end(reply.body ?? '');
    });
    const port = await listen(origin);
    const proxy = createHttpServer();
    proxy.on('connect', (_, socket: Socket) => {
      const onward = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    const caFile = join(await scratchFolder(), 'ca.pem');
    await writeFile(caFile, authority.certificate);
    return { HTTPS_PROXY: `http://127.0.0.1:${await listen(proxy)}`, AWS_CA_BUNDLE: caFile };
  }

  test('a web page in its place: a captive portal, told as such', async () => {
    const findings = await check(
      await intercepted({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }),
    );
    expect(findings).toMatchObject([
      { title: expect.stringMatching(/web page came back/) as string, hint: expect.stringMatching(/log in/) as string },
    ]);
  });

  test('the way to such a page too', async () => {
    const findings = await check(
      await intercepted({ status: 302, headers: { location: 'https://portal.hotel.example/' } }),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.title).toMatch(/web page came back/);
  });

  test("but AWS's own redirects and refusals are AWS", async () => {
    expect(
      await check(await intercepted({ status: 302, headers: { location: 'https://aws.amazon.com/iam' } })),
    ).toEqual([]);
    expect(
      await check(await intercepted({ status: 403, headers: { 'content-type': 'application/json' }, body: '{}' })),
    ).toEqual([]);
    expect(await check(await intercepted({ status: 503, headers: {} }))).toEqual([]);
  });
});

describe('AWS cannot be reached', () => {
  const STS: readonly NetworkProbe[] = [{ service: 'sts', region: 'us-east-1' }];
  /** Time limits are over at once. */
  const hasty = {
    ...systemClock(),
    setTimer: (_delayMs: number, action: () => void) => systemClock().setTimer(50, action),
  };

  test('since nobody knows its name', async () => {
    const findings = await check({ AWS_ENDPOINT_URL_STS: 'http://sts.invalid' }, STS);
    expect(findings).toMatchObject([
      { id: 'unreachable:sts.invalid', severity: 'error', title: 'The name sts.invalid cannot be found (DNS).' },
    ]);
  });

  test('since the connection is refused: once for all hosts', async () => {
    const findings = await check({ AWS_ENDPOINT_URL: `http://127.0.0.1:${await closedPort()}` });
    expect(findings).toHaveLength(1);
    expect(findings[0]?.title).toMatch(/^127\.0\.0\.1:\d+ refuses the connection\.$/);
  });

  test('since it never answers', async () => {
    const port = await listen(createTcpServer(() => undefined));
    const findings = await check({ AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` }, STS, NEVER, hasty);
    expect(findings).toMatchObject([{ title: `127.0.0.1:${port} did not answer in time.` }]);
  });

  test('since the connection is never made', async () => {
    const port = await listen(createTcpServer(() => undefined));
    const findings = await check({ AWS_ENDPOINT_URL_STS: `https://127.0.0.1:${port}` }, STS, NEVER, hasty);
    expect(findings).toMatchObject([{ title: `127.0.0.1:${port} could not be connected to in time.` }]);
  });

  test('since something cuts the connection', async () => {
    const port = await listen(createTcpServer((socket) => socket.resetAndDestroy()));
    const findings = await check({ AWS_ENDPOINT_URL_STS: `https://127.0.0.1:${port}` }, STS);
    expect(findings).toMatchObject([{ title: `The connection to 127.0.0.1:${port} is cut while it is made.` }]);
  });

  test('since what answers does not speak TLS', async () => {
    const port = await listen(createHttpServer((_, response) => response.end('no')));
    const findings = await check({ AWS_ENDPOINT_URL_STS: `https://127.0.0.1:${port}` }, STS);
    expect(findings).toMatchObject([{ id: `unreachable:127.0.0.1:${port}`, severity: 'error' }]);
  });
});

test('an endpoint variable or region that cannot be used is told', async () => {
  expect(await check({ AWS_ENDPOINT_URL_STS: 'nonsense' }, [{ service: 'sts', region: 'us-east-1' }])).toMatchObject([
    { title: expect.stringMatching(/AWS_ENDPOINT_URL_STS/) as string },
  ]);
  expect(await check({}, [{ service: 'sts', region: 'us-east-1.evil.tld' }])).toHaveLength(1);
});

describe("this machine's clock", () => {
  test.each([
    [0, undefined],
    [-4, undefined],
    [7, 'warning'],
    [-20, 'error'],
    [60 * 24, 'error'],
  ])('AWS is %i minutes ahead: %s', async (minutes, severity) => {
    const server = await scriptedServer(() => ({
      status: 403,
      headers: { date: new Date(Date.now() + minutes * 60_000).toUTCString() },
      json: {},
    }));
    onTestFinished(() => server.close());
    const findings = await check({ AWS_ENDPOINT_URL: server.url });
    expect(findings.map((finding) => [finding.id, finding.severity])).toEqual(
      severity === undefined ? [] : [['clock', severity]],
    );
    if (severity !== undefined) {
      expect(findings[0]?.title).toContain(`${Math.abs(minutes)} minutes ${minutes > 0 ? 'behind' : 'ahead of'}`);
    }
  });
});

test('can be cancelled at once', async () => {
  const port = await listen(createTcpServer(() => undefined));
  const controller = new AbortController();
  const checking = check({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` }, PROBES, controller.signal);
  setTimeout(() => controller.abort(new Error('the user said stop')), 30);
  await expect(checking).rejects.toThrow('the user said stop');
});
