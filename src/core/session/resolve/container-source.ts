import { isIP } from 'node:net';
import { readFile } from 'node:fs/promises';
import type { HttpTransport } from '../../aws/http-transport.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import { SourceUnavailableError } from './errors.ts';
import { parseMetadataCredentials } from './metadata-reply.ts';

/** What machine-bound sources need. */
export interface MetadataPorts {
  readonly transport: HttpTransport;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** AWS's time. */
  readonly now: () => Date;
}

const CONTAINER_HOST = 'http://169.254.170.2';
const PLAIN_HTTP_HOSTS = new Set(['169.254.170.2', '169.254.170.23', '[fd00:ec2::23]', 'localhost']);
const TIMEOUT_MS = 4_000;

/**
 * The credentials of the container (`credential_source = EcsContainer`). The address comes from the environment; plain http goes to
 * loopback and AWS's own addresses only. Throws SourceUnavailableError, or the network's errors.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export async function credentialsOfContainer(
  profile: string,
  ports: MetadataPorts,
  signal: AbortSignal,
): Promise<TemporaryCredentials> {
  const url = containerUrl(profile, ports.env);
  const authorization = await authorizationToken(profile, ports.env);
  const headers = {
    accept: 'application/json',
    host: url.host,
    ...(authorization === undefined ? {} : { authorization }),
  };
  const reply = await ports.transport.send({ method: 'GET', url, headers }, { signal, totalMs: TIMEOUT_MS });
  if (reply.status !== 200) {
    throw unavailable(profile, `answers with HTTP ${reply.status}`);
  }
  return parseMetadataCredentials(profile, 'the container', reply.body, ports.now());
}

function containerUrl(profile: string, env: MetadataPorts['env']): URL {
  const relative = env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
  const text = relative === undefined ? env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] : `${CONTAINER_HOST}${relative}`;
  if (text === undefined) {
    throw unavailable(profile, 'is not one: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor _FULL_URI is set');
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const allowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && mayBePlain(url.hostname));
  if (url === undefined || !allowed || url.username !== '') {
    throw unavailable(profile, 'names an address that credentials are not fetched from');
  }
  return url;
}

function mayBePlain(hostname: string): boolean {
  return (
    PLAIN_HTTP_HOSTS.has(hostname) || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'))
  );
}

async function authorizationToken(profile: string, env: MetadataPorts['env']): Promise<string | undefined> {
  const file = env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];
  const token = file === undefined ? env['AWS_CONTAINER_AUTHORIZATION_TOKEN'] : await readToken(profile, file);
  if (token !== undefined && /[\r\n]/.test(token)) {
    throw unavailable(profile, 'has an authorization token with a line break in it');
  }
  return token;
}

async function readToken(profile: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw unavailable(profile, 'has an authorization token file that cannot be read', error);
  }
}

function unavailable(profile: string, what: string, cause?: unknown): SourceUnavailableError {
  return new SourceUnavailableError(
    profile,
    `The profile ${profile} takes its credentials from the container, which ${what}.`,
    'Use this profile inside an ECS or EKS container, or change credential_source.',
    cause,
  );
}
