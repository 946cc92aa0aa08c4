import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { managed } from '../../src/sandbox/demo-policies.ts';
import type { Organization } from '../../src/sandbox/organization.ts';
import { generateOrganization } from '../../src/sandbox/generate-organization.ts';
import { callOnce, clientMissing, CLIENTS } from '../helpers/aws-clients.ts';
import { createMachine, type Machine } from '../helpers/aws-programs.ts';
import { ROLECALL } from '../helpers/rolecall-command.ts';
import { debianClientsMissing, run, type AtEnd } from '../helpers/sandbox-programs.ts';
import { clickOnce } from '../helpers/sign-in.ts';

const ACCOUNT = '100000000000';
/** Named as the generator does; what it allows is set below. */
const ROLE = 'ReadOnlyAccess';

const PARTITIONS = [
  {
    region: 'cn-north-1',
    startUrl: 'https://rolecall-demo.awsapps.cn/start',
    hosts: ['oidc.cn-north-1.amazonaws.com.cn', 'portal.sso.cn-north-1.amazonaws.com.cn'],
    calls: { sts: 'sts.cn-north-1.amazonaws.com.cn', s3: 's3.cn-north-1.amazonaws.com.cn' },
  },
  {
    region: 'us-gov-west-1',
    startUrl: 'https://rolecall-gov.awsapps.com/start',
    hosts: ['oidc.us-gov-west-1.amazonaws.com', 'portal.sso.us-gov-west-1.amazonaws.com'],
    calls: { sts: 'sts.us-gov-west-1.amazonaws.com', s3: 's3.us-gov-west-1.amazonaws.com' },
  },
];

const config = (region: string, startUrl: string): string => `[profile admin]
sso_session = demo
sso_account_id = ${ACCOUNT}
sso_role_name = ${ROLE}
region = ${region}

[sso-session demo]
sso_start_url = ${startUrl}
sso_region = ${region}
sso_registration_scopes = sso:account:access
`;

/** Everybody may write, as Terraform has to. */
function administrators(organization: Organization): Organization {
  const identityCenters = organization.identityCenters.map((center) => ({
    ...center,
    permissionSets: center.permissionSets.map((set) => ({ ...set, policies: [managed('AdministratorAccess')] })),
  }));
  return { ...organization, identityCenters };
}

/** Every host by its own name, through a proxy whose certificates only the given authority vouches for. */
describe.each(PARTITIONS)('$region, through a proxy with its own authority', ({ region, startUrl, hosts, calls }) => {
  const ends: Parameters<AtEnd>[0][] = [];
  let machine: Machine;

  beforeAll(async () => {
    const organization = administrators(generateOrganization(1, 1, { region, startUrl }));
    machine = await createMachine({ config: config(region, startUrl) }, { organization }, (end) => void ends.push(end));
    // Of the endpoint variables only that of the sign-in page, which has no standard name.
    const env = { ...machine.theirs, ROLECALL_SIGNIN_ENDPOINT: machine.sandbox.url };
    const words = [process.execPath, ROLECALL, 'sign-in', 'demo', '--device', '--no-browser'];
    expect(await run(words, env, { onError: clickOnce() })).toMatchObject({ code: 0 });
  });

  afterAll(async () => {
    await machine.sandbox.close();
    for (const end of ends) {
      await end();
    }
  });

  test('Rolecall finds its hosts', async () => {
    const command = [process.execPath, ROLECALL, 'credentials', '--profile', 'admin'];
    expect(await run(command, machine.theirs)).toMatchObject({ code: 0, stderr: '' });
    const asked = ['sso-oidc.*', 'sso.GetRoleCredentials'].map((each) => machine.sandbox.requests.of(each)[0]?.host);
    expect(asked).toEqual(hosts);
  });

  test('nobody is trusted whom that authority does not vouch for', async () => {
    const command = [process.execPath, ROLECALL, 'credentials', '--profile', 'admin'];
    const env = {
      ...machine.theirs,
      AWS_CA_BUNDLE: '',
      NODE_EXTRA_CA_CERTS: '',
      ROLECALL_HOME: `${machine.home}/other`,
    };
    const ended = await run(command, env);
    expect(ended).toMatchObject({ stdout: '' });
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toMatch(/certificate/i);
  });

  test.concurrent.for(CLIENTS)('%s, by itself and through exec', async (client, context) => {
    const missing = clientMissing(client) ?? debianClientsMissing();
    if (missing !== undefined) {
      context.skip(missing);
    }
    expect(await callOnce(client, machine, { profile: 'admin', account: ACCOUNT, region })).toEqual({
      account: ACCOUNT,
    });
    const before = [process.execPath, ROLECALL, 'exec', '--profile', 'admin', '--'];
    expect(await callOnce(client, machine, { account: ACCOUNT, before, region })).toEqual({ account: ACCOUNT });
    const all = machine.sandbox.requests.of('*').map(({ host }) => host);
    expect(all).toContain(calls[client === 'terraform' ? 's3' : 'sts']);
    expect(all.filter((host) => !host.includes(region) && host !== new URL(machine.sandbox.url).host)).toEqual([]);
  });
});
