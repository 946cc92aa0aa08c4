import { accessSync, constants } from 'node:fs';
import type { Finding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment is held against. */
export interface EnvironmentFacts {
  /** Of `~/.aws`, "default" included. */
  readonly profileNames: ReadonlySet<string>;
  /** Where the two files are, as the variables say. */
  readonly configFile: string;
  readonly credentialsFile: string;
}

/** Two variables that should say the same, and why it hurts where they do not. */
interface Pair extends Pick<Finding, 'code' | 'why'> {
  readonly names: readonly [one: string, other: string];
}

const ENDPOINTS = ['', '_SSO', '_SSO_OIDC', '_STS', '_IAM', '_SIGNIN'].map((service) => `AWS_ENDPOINT_URL${service}`);
const REGIONS: Pair = {
  names: ['AWS_REGION', 'AWS_DEFAULT_REGION'],
  code: 'environment-regions-differ',
  why: 'The AWS CLI and the JS SDK take the first, boto3 takes the second.',
};
const PROFILES: Pair = {
  names: ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'],
  code: 'environment-profiles-differ',
  why: 'The AWS CLI takes the first, boto3 the second.',
};
const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];

/**
 * What environment variables override in silence.
 *
 * Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
export function checkEnvironment(env: Environment, facts: EnvironmentFacts): readonly Finding[] {
  return [
    ...checkKeys(env),
    ...checkKeyParts(env),
    ...checkSecurityToken(env),
    ...checkProfileVariables(env, facts.profileNames),
    ...checkPair(env, REGIONS),
    ...checkFileVariables(env, facts),
    ...checkEndpoints(env),
    ...checkProxies(env),
  ];
}

function valueOf(env: Environment, name: string): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}

function isSet(env: Environment, name: string): boolean {
  return valueOf(env, name) !== undefined;
}

function checkKeys(env: Environment): readonly Finding[] {
  const accessKeyId = valueOf(env, 'AWS_ACCESS_KEY_ID');
  if (accessKeyId === undefined) {
    return [];
  }
  const isLongTerm = accessKeyId.startsWith('AKIA');
  return [
    {
      id: 'environment-keys',
      code: isLongTerm ? 'environment-long-term-key' : 'environment-keys',
      severity: isSet(env, 'AWS_PROFILE') || isLongTerm ? 'warning' : 'info',
      title: isLongTerm ? 'A long-term access key stands in the environment.' : 'Credentials stand in the environment.',
      why: 'With AWS_PROFILE set as well, boto3 and the AWS CLI use these keys and the JS SDK uses the profile; every program started from here can read them.',
      hint: 'Unset AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN (rolecall-use --off), and look in your shell start files.',
    },
  ];
}

function checkKeyParts(env: Environment): readonly Finding[] {
  const accessKeyId = valueOf(env, 'AWS_ACCESS_KEY_ID');
  const hasSecret = isSet(env, 'AWS_SECRET_ACCESS_KEY');
  const hasToken = isSet(env, 'AWS_SESSION_TOKEN') || isSet(env, 'AWS_SECURITY_TOKEN');
  if ((accessKeyId !== undefined) !== hasSecret) {
    const [here, missing] = hasSecret
      ? ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID']
      : ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
    return [
      {
        id: 'environment-keys-incomplete',
        code: 'environment-keys-incomplete',
        severity: 'error',
        title: `${here} is set and ${missing} is not.`,
        why: 'boto3 and the AWS CLI stop at half a key; the JS SDK goes on looking elsewhere.',
        hint: `Set ${missing} as well, or unset ${here}.`,
      },
    ];
  }
  return accessKeyId?.startsWith('ASIA') === true && !hasToken
    ? [
        {
          id: 'environment-token-missing',
          code: 'environment-token-missing',
          severity: 'error',
          title: 'The access key in the environment is temporary, and AWS_SESSION_TOKEN is not set.',
          why: 'AWS refuses a temporary key without its token.',
          hint: 'Copy the credentials again, all three of them, or unset the other two.',
        },
      ]
    : [];
}

function checkProfileVariables(env: Environment, profileNames: ReadonlySet<string>): readonly Finding[] {
  const missing = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].filter(
    (name) => isSet(env, name) && !profileNames.has(env[name] ?? ''),
  );
  return [
    ...missing.map((name): Finding => ({
      id: `environment-profile-missing:${name}`,
      code: 'environment-profile-missing',
      severity: 'error',
      title: `${name} names a profile that does not exist.`,
      why: 'The AWS CLI and boto3 stop at once; the JS SDK goes on looking elsewhere and ends with a misleading error.',
      hint: `Correct or unset ${name}.`,
    })),
    ...checkPair(env, PROFILES),
  ];
}

function checkPair(env: Environment, { names: [one, other], code, why }: Pair): readonly Finding[] {
  return isSet(env, one) && isSet(env, other) && env[one] !== env[other]
    ? [
        {
          id: `environment-differs:${one}`,
          code,
          severity: 'warning',
          title: `${one} and ${other} are set to different values.`,
          why,
          hint: `Set both to the same, or unset ${other}.`,
        },
      ]
    : [];
}

function checkSecurityToken(env: Environment): readonly Finding[] {
  return isSet(env, 'AWS_SECURITY_TOKEN') && env['AWS_SECURITY_TOKEN'] !== env['AWS_SESSION_TOKEN']
    ? [
        {
          id: 'environment-security-token',
          code: 'environment-security-token',
          severity: isSet(env, 'AWS_ACCESS_KEY_ID') ? 'error' : 'warning',
          title: 'AWS_SECURITY_TOKEN is set, the old name of AWS_SESSION_TOKEN.',
          why: 'boto3 and the AWS CLI read it first, so a stale one breaks good keys.',
          hint: 'Unset AWS_SECURITY_TOKEN.',
        },
      ]
    : [];
}

function checkFileVariables(env: Environment, { configFile, credentialsFile }: EnvironmentFacts): readonly Finding[] {
  const named = [
    ['AWS_CONFIG_FILE', configFile],
    ['AWS_SHARED_CREDENTIALS_FILE', credentialsFile],
  ] as const;
  return named
    .filter(([name, path]) => isSet(env, name) && !isReadable(path))
    .map(([name, path]) => ({
      id: `environment-file-missing:${name}`,
      code: 'environment-file-missing',
      severity: 'warning',
      title: `${name} names a file that cannot be read.`,
      why: 'Every AWS tool started from here reads that file instead of the one in ~/.aws, and finds nothing.',
      hint: `Correct or unset ${name}.`,
      file: path,
    }));
}

function checkEndpoints(env: Environment): readonly Finding[] {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']?.toLowerCase() === 'true') {
    return [];
  }
  const set = ENDPOINTS.filter((name) => isSet(env, name));
  const hostOf = (name: string): string | undefined => endpointHost(env[name] ?? '');
  return [...new Set(set.map(hostOf))].flatMap((host) => {
    const names = set.filter((name) => hostOf(name) === host);
    return host === undefined ? names.map(brokenEndpoint) : [endpointInUse(host, names)];
  });
}

function endpointHost(text: string): string | undefined {
  return URL.canParse(text) && new URL(text).host !== '' ? new URL(text).host : undefined;
}

/** Variables that lead to one place are one finding: whoever set them set them together. */
function endpointInUse(host: string, names: readonly string[]): Finding {
  return {
    id: `environment-endpoint:${names[0] ?? ''}`,
    code: 'environment-endpoint',
    severity: 'info',
    title:
      names.length === 1
        ? `${names[0] ?? ''} sends requests for AWS to ${host} instead.`
        : `${names.length} variables send requests for AWS to ${host} instead.`,
    why: 'Newer AWS tools obey them and older ones (AWS CLI before 2.13, boto3 before 1.28) do not.',
    hint: `Nothing to do if you meant it; else unset ${names.join(', ')}.`,
  };
}

function brokenEndpoint(name: string): Finding {
  return {
    id: `environment-endpoint:${name}`,
    code: 'environment-endpoint-broken',
    severity: 'error',
    title: `${name} does not hold a URL.`,
    why: 'Newer AWS tools stop at it, and older ones (AWS CLI before 2.13, boto3 before 1.28) do not look at it.',
    hint: `Correct or unset ${name}.`,
  };
}

function checkProxies(env: Environment): readonly Finding[] {
  return PROXIES.filter((name) => isSet(env, name) && !isProxyAddress(env[name] ?? '')).map((name) => ({
    id: `environment-proxy:${name}`,
    code: 'environment-proxy',
    severity: 'error',
    title: `${name} does not hold the address of a proxy.`,
    why: 'Some tools fail, others go past the proxy, where a company network may lead nowhere.',
    hint: `Set ${name} to http://HOST:PORT, or unset it.`,
  }));
}

/** With or without a scheme, as most tools take it. */
function isProxyAddress(text: string): boolean {
  const address = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(address) && new URL(address).hostname !== '' && !/\s/.test(text);
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
