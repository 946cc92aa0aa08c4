import { CoreError } from '../../model/errors.ts';
import type { TemporaryCredentials } from '../../model/credentials.ts';
import type { TransportReply } from '../../aws/http-transport.ts';
import type { MetadataPorts } from './container-source.ts';
import { SourceUnavailableError } from './errors.ts';
import { parseMetadataCredentials } from './metadata-reply.ts';

const DEFAULT_ENDPOINT = 'http://169.254.169.254';
const IPV6_ENDPOINT = 'http://[fd00:ec2::254]';
const ROLE_PATH = '/latest/meta-data/iam/security-credentials/';
const TOKEN_SECONDS = '21600';
const TIMEOUT_MS = 2_000;

/**
 * The credentials of the instance's role (`credential_source = Ec2InstanceMetadata`), by version 2 of the metadata service alone:
 * version 1 answers whoever can make this machine fetch an address. Throws SourceUnavailableError.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html
 */
export async function credentialsOfInstance(
  profile: string,
  ports: MetadataPorts,
  signal: AbortSignal,
): Promise<TemporaryCredentials> {
  if (ports.env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true') {
    throw unavailable(profile, 'is switched off by AWS_EC2_METADATA_DISABLED');
  }
  const base = metadataEndpoint(profile, ports.env);
  const ask = async (
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<TransportReply> => {
    const reply = await ports.transport
      .send(
        { method, url: new URL(path, base), headers: { ...headers, host: base.host } },
        { signal, totalMs: TIMEOUT_MS },
      )
      .catch((error: unknown) => {
        throw error instanceof CoreError ? unavailable(profile, 'cannot be reached', error) : error;
      });
    if (reply.status !== 200) {
      throw unavailable(profile, `answers with HTTP ${reply.status}`);
    }
    return reply;
  };
  const token = textOf(
    await ask('PUT', '/latest/api/token', { 'x-aws-ec2-metadata-token-ttl-seconds': TOKEN_SECONDS }),
  );
  const withToken = { 'x-aws-ec2-metadata-token': token };
  const roleName =
    textOf(await ask('GET', ROLE_PATH, withToken))
      .split('\n', 1)[0]
      ?.trim() ?? '';
  if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) {
    throw unavailable(profile, 'names no role');
  }
  const reply = await ask('GET', `${ROLE_PATH}${roleName}`, withToken);
  return parseMetadataCredentials(profile, 'the instance', reply.body, ports.now());
}

function metadataEndpoint(profile: string, env: MetadataPorts['env']): URL {
  const wantsIpv6 = env['AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE']?.toLowerCase() === 'ipv6';
  const text = env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] ?? (wantsIpv6 ? IPV6_ENDPOINT : DEFAULT_ENDPOINT);
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw unavailable(profile, 'has an address that is no URL (AWS_EC2_METADATA_SERVICE_ENDPOINT)');
  }
  return new URL(text);
}

function textOf(reply: TransportReply): string {
  return new TextDecoder().decode(reply.body).trim();
}

function unavailable(profile: string, what: string, cause?: unknown): SourceUnavailableError {
  return new SourceUnavailableError(
    profile,
    `The profile ${profile} takes its credentials from the instance's metadata service, which ${what}.`,
    'Use this profile on an EC2 instance with a role, or change credential_source.',
    cause,
  );
}
