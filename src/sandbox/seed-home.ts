import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AlreadyExistsError } from '../core/model/errors.ts';
import { DEMO } from './demo-facts.ts';

/** What the demo's `~/.aws` holds. */
export interface SeedOptions {
  /**
   * True: the Identity Center is there already, as `aws configure sso` writes it, with one profile. False: it is not, and the newcomer
   * adds it by its start URL, which is the first thing to try.
   */
  readonly ssoSession: boolean;
  /** Whether the user whose policy denies GetSessionToken is there too. */
  readonly strictUser?: boolean;
  readonly startUrl?: string;
  readonly region?: string;
}

/** Where the files are. */
export interface SeededHome {
  readonly home: string;
  readonly configFile: string;
  readonly credentialsFile: string;
}

/**
 * Writes `.aws/config` and `.aws/credentials` of the demo into `home`, which must have no `.aws` yet: nothing is ever overwritten.
 * Folder 0700, files 0600. Throws AlreadyExistsError.
 */
export async function seedHome(home: string, options: SeedOptions): Promise<SeededHome> {
  const folder = join(home, '.aws');
  await mkdir(home, { recursive: true, mode: 0o700 });
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    throw isExisting(error)
      ? new AlreadyExistsError(`${folder} exists already.`, 'Choose an empty folder for the demo.', error)
      : error;
  });
  const configFile = join(folder, 'config');
  const credentialsFile = join(folder, 'credentials');
  await writeFile(configFile, configText(options), { mode: 0o600, flag: 'wx' });
  await writeFile(credentialsFile, credentialsText(options), { mode: 0o600, flag: 'wx' });
  return { home, configFile, credentialsFile };
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function configText(options: SeedOptions): string {
  const { assumeOnly, strictUser } = DEMO.users;
  const sections = [
    ...(options.ssoSession ? ssoSections(options) : []),
    section('profile assume-only', { region: DEMO.region }),
    roleSection('admin-role', DEMO.iam.adminRole, assumeOnly),
    roleSection('staging-admin', DEMO.iam.stagingAdminRole, assumeOnly),
    ...(options.strictUser === true
      ? [
          section('profile strict-user', { region: DEMO.region }),
          roleSection('strict-admin', DEMO.iam.adminRole, strictUser),
        ]
      : []),
  ];
  return sections.join('\n');
}

/** Key order as `aws configure sso` has it. */
function ssoSections({ startUrl = DEMO.startUrl, region = DEMO.region }: SeedOptions): readonly string[] {
  return [
    section('sso-session demo', {
      sso_start_url: startUrl,
      sso_region: region,
      sso_registration_scopes: 'sso:account:access',
    }),
    section('profile admin', {
      sso_session: 'demo',
      sso_account_id: DEMO.accounts.development,
      sso_role_name: 'AdministratorAccess',
      region,
      output: 'json',
    }),
  ];
}

function roleSection(
  name: string,
  roleArn: string,
  user: { readonly userName: string; readonly mfaSerial: string },
): string {
  return section(`profile ${name}`, {
    role_arn: roleArn,
    mfa_serial: user.mfaSerial,
    source_profile: user.userName,
    region: DEMO.region,
  });
}

function credentialsText(options: SeedOptions): string {
  const users = options.strictUser === true ? [DEMO.users.assumeOnly, DEMO.users.strictUser] : [DEMO.users.assumeOnly];
  return users
    .map(({ userName, accessKeyId, secretAccessKey }) =>
      section(userName, { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey }),
    )
    .join('\n');
}

function section(header: string, keys: Readonly<Record<string, string>>): string {
  const lines = Object.entries(keys).map(([key, value]) => `${key} = ${value}\n`);
  return `[${header}]\n${lines.join('')}`;
}
