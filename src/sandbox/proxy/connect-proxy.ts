import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { SecureContext, TLSSocket } from 'node:tls';
import { serve } from '../http/loopback-server.ts';
import type { RequestLog } from '../request-log.ts';
import type { World } from '../world.ts';
import { awsEndpoint } from './aws-hosts.ts';
import { createCertificateAuthority, type CertificateAuthority } from './certificate-authority.ts';

/** The proxy's authority, on disk for clients to trust. */
export interface ProxyTrust {
  readonly caFile: string;
}

/**
 * An HTTPS proxy on the sandbox's own port that never dials out: CONNECT to an AWS host is answered here, with a certificate for
 * that host; CONNECT to any other is refused.
 */
export class ConnectProxy {
  readonly #world: World;
  readonly #log: RequestLog;
  readonly #sockets = new Set<Duplex>();
  #authority: Promise<CertificateAuthority> | undefined;
  #trust: Promise<ProxyTrust> | undefined;
  #tlsServer: TlsServer | undefined;
  #folder: string | undefined;

  constructor(server: Server, world: World, log: RequestLog) {
    this.#world = world;
    this.#log = log;
    server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#connect(request, socket, head),
    );
  }

  /** Writes the authority's certificate into a private temporary folder, once. */
  trust(): Promise<ProxyTrust> {
    this.#trust ??= this.#writeCertificate();
    return this.#trust;
  }

  /** Cuts every connection and removes the certificate file. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    this.#tlsServer?.close();
    if (this.#folder !== undefined) {
      await rm(this.#folder, { recursive: true, force: true });
    }
  }

  #connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const target = request.url ?? '';
    const [, hostname, port] = /^([^:]+):(\d+)$/.exec(target) ?? [];
    const endpoint = hostname === undefined ? undefined : awsEndpoint(hostname);
    socket.on('error', () => socket.destroy());
    if (endpoint === undefined || port !== '443') {
      this.#refuse(target, socket);
      return;
    }
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    socket.unshift(head);
    this.#tls().emit('connection', socket);
  }

  #refuse(target: string, socket: Duplex): void {
    this.#log.add({
      at: this.#world.clock.now(),
      service: 'proxy',
      operation: 'CONNECT',
      params: {},
      host: target.slice(0, 300),
      status: 403,
    });
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
  }

  #tls(): TlsServer {
    this.#tlsServer ??= createTlsServer(
      {
        SNICallback: (hostname, done) => {
          void this.#answerSni(hostname, done);
        },
      },
      (incoming, outgoing) => {
        const hostname = String((incoming.socket as TLSSocket).servername);
        const endpoint = awsEndpoint(hostname);
        if (endpoint === undefined || incoming.headers.host?.replace(/:443$/, '') !== hostname) {
          outgoing.writeHead(421).end();
          return;
        }
        void serve(incoming, outgoing, endpoint, `https://${hostname}`, this.#world, this.#log);
      },
    );
    return this.#tlsServer;
  }

  async #answerSni(hostname: string, done: (error: Error | null, context?: SecureContext) => void): Promise<void> {
    try {
      const authority = await this.#ca();
      done(null, await authority.secureContext(hostname));
    } catch (error) {
      done(error instanceof Error ? error : new Error('No certificate could be made.'));
    }
  }

  #ca(): Promise<CertificateAuthority> {
    this.#authority ??= createCertificateAuthority();
    return this.#authority;
  }

  async #writeCertificate(): Promise<ProxyTrust> {
    const authority = await this.#ca();
    this.#folder = await mkdtemp(join(tmpdir(), 'rolecall-sandbox-'));
    const caFile = join(this.#folder, 'ca.pem');
    await writeFile(caFile, authority.certificatePem, { mode: 0o600 });
    return { caFile };
  }
}
