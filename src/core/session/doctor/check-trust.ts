import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { AwsProfiles } from '../../model/profile.ts';
import type { Finding } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Who fails, and how, when the file that a variable names cannot be used. */
const VARIABLES: readonly (Pick<Finding, 'code' | 'why'> & { readonly name: string })[] = [
  {
    name: 'AWS_CA_BUNDLE',
    code: 'trust-aws-ca-bundle',
    why: 'The AWS CLI, boto3 and Rolecall then reach nothing at all.',
  },
  {
    name: 'REQUESTS_CA_BUNDLE',
    code: 'trust-requests-ca-bundle',
    why: 'The AWS CLI and boto3, which read it where AWS_CA_BUNDLE is not set, then reach nothing at all.',
  },
  {
    name: 'NODE_EXTRA_CA_CERTS',
    code: 'trust-node-extra-ca-certs',
    why: 'Rolecall then reaches nothing, and programs on the JS SDK go on without it and do not trust what it was to add.',
  },
];
const PEM = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/;
const MOST_TOLD = 20;

/**
 * Certificate authorities of a company's proxy: files that cannot be used, and tools that are left without.
 *
 * Source: https://github.com/boto/botocore/blob/1.43.11/botocore/endpoint.py (`_get_verify_value`), https://nodejs.org/api/cli.html#node_extra_ca_certsfile
 */
export async function checkTrust(env: Environment, profiles: AwsProfiles): Promise<readonly Finding[]> {
  const ofVariables = await Promise.all(VARIABLES.map((variable) => checkVariable(variable, env[variable.name] ?? '')));
  const ofProfiles = await Promise.all(
    profiles.profiles.flatMap(({ name, keys }) => {
      const file = keys.get('ca_bundle')?.value;
      return file === undefined || file === '' ? [] : [checkProfileBundle(name, file)];
    }),
  );
  return [...ofVariables.flat(), ...ofProfiles.flat().slice(0, MOST_TOLD), ...checkAlone(env)];
}

/** Whether a finding of this check means that Rolecall itself reaches nothing. */
export function stopsAllCalls({ code }: Finding): boolean {
  return code === 'trust-aws-ca-bundle' || code === 'trust-node-extra-ca-certs';
}

async function checkVariable(
  { name, code, why }: (typeof VARIABLES)[number],
  file: string,
): Promise<readonly Finding[]> {
  const trouble = file === '' ? undefined : await troubleWith(file);
  return trouble === undefined
    ? []
    : [
        {
          id: `trust-file:${name}`,
          code,
          severity: 'error',
          title: `${name} names a file that ${trouble}.`,
          why,
          hint: `Correct or unset ${name}: the file must hold certificates in PEM form.`,
          file,
        },
      ];
}

async function checkProfileBundle(profile: string, file: string): Promise<readonly Finding[]> {
  const trouble = isAbsolute(file) ? await troubleWith(file) : 'is not named by its whole path, which tools want';
  return trouble === undefined
    ? []
    : [
        {
          id: `trust-profile:${profile}`,
          code: 'trust-profile',
          severity: 'error',
          title: `ca_bundle of the profile ${profile} names a file that ${trouble}.`,
          why: 'The AWS CLI and boto3 fail with this profile.',
          hint: 'Correct or remove ca_bundle.',
          file,
          about: { kind: 'profile', name: profile },
        },
      ];
}

/** A company's authority that only one family of tools is told of. */
function checkAlone(env: Environment): readonly Finding[] {
  const isSet = (name: string): boolean => (env[name] ?? '') !== '';
  const python = isSet('AWS_CA_BUNDLE') || isSet('REQUESTS_CA_BUNDLE');
  if (python === isSet('NODE_EXTRA_CA_CERTS')) {
    return [];
  }
  const [here, missing, who] = python
    ? [isSet('AWS_CA_BUNDLE') ? 'AWS_CA_BUNDLE' : 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'Programs on the JS SDK']
    : ['NODE_EXTRA_CA_CERTS', 'AWS_CA_BUNDLE', 'The AWS CLI and boto3'];
  return [
    {
      id: 'trust-one-sided',
      code: python ? 'trust-missing-for-js' : 'trust-missing-for-python',
      severity: 'info',
      title: `${here} is set and ${missing} is not.`,
      why: `${who} do not trust what it adds: where your network inspects traffic they fail.`,
      hint: `Set ${missing} to the same file.`,
    },
  ];
}

/** Why a file is of no use as a list of authorities; undefined where it is. */
async function troubleWith(file: string): Promise<string | undefined> {
  try {
    const [pem] = PEM.exec(await readFile(file, 'utf8')) ?? [];
    return pem === undefined || new X509Certificate(pem).subject === '' ? 'holds no certificate' : undefined;
  } catch (error) {
    const isSystem = error instanceof Error && 'syscall' in error;
    return isSystem ? 'cannot be read' : 'holds no certificate';
  }
}
