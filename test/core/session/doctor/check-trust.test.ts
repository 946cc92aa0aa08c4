import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readAwsProfiles } from '../../../../src/core/files/effective-profiles.ts';
import { checkTrust } from '../../../../src/core/session/doctor/check-trust.ts';
import { scratchFolder } from '../../../helpers/surroundings.ts';
import { testAuthority } from '../../../helpers/test-authority.ts';

/** A real authority's file, one that holds none, and one that only looks like one. */
async function files() {
  const authority = await testAuthority();
  onTestFinished(() => authority.remove());
  const folder = await scratchFolder();
  const good = join(folder, 'good.pem');
  const empty = join(folder, 'empty.pem');
  const broken = join(folder, 'broken.pem');
  await writeFile(good, `# our company\n${authority.certificate}`);
  await writeFile(empty, 'no certificate\n');
  await writeFile(broken, '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n');
  return { good, empty, broken, missing: join(folder, 'missing.pem') };
}

const found = async (env: Record<string, string>, config = '') =>
  (await checkTrust(env, readAwsProfiles(config, ''))).map(({ id, severity, title }) => [severity, id, title]);

describe('files of certificate authorities', () => {
  test('that can be used, for both families of tools, are fine; so is having none', async () => {
    const { good } = await files();
    expect(await found({})).toEqual([]);
    expect(await found({ AWS_CA_BUNDLE: good, NODE_EXTRA_CA_CERTS: good })).toEqual([]);
    expect(await found({ REQUESTS_CA_BUNDLE: good, NODE_EXTRA_CA_CERTS: good })).toEqual([]);
  });

  test.each(['AWS_CA_BUNDLE', 'REQUESTS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'])('named by %s are opened', async (name) => {
    const { missing, empty, broken } = await files();
    const both = (file: string) => ({ AWS_CA_BUNDLE: '', NODE_EXTRA_CA_CERTS: '', [name]: file });
    const trouble = async (file: string) =>
      (await found(both(file))).filter(([severity]) => severity === 'error').map(([, id, title]) => [id, title]);
    const told = (what: string) => [[`trust-file:${name}`, `${name} names a file that ${what}.`]];
    expect(await trouble(missing)).toEqual(told('cannot be read'));
    expect(await trouble(empty)).toEqual(told('holds no certificate'));
    expect(await trouble(broken)).toEqual(told('holds no certificate'));
  });

  test('that only one family of tools is told of are good to know', async () => {
    const { good } = await files();
    expect(await found({ AWS_CA_BUNDLE: good })).toEqual([
      ['info', 'trust-one-sided', 'AWS_CA_BUNDLE is set and NODE_EXTRA_CA_CERTS is not.'],
    ]);
    expect(await found({ NODE_EXTRA_CA_CERTS: good })).toEqual([
      ['info', 'trust-one-sided', 'NODE_EXTRA_CA_CERTS is set and AWS_CA_BUNDLE is not.'],
    ]);
  });

  test('named in a profile are opened too, and the finding leads to the profile', async () => {
    const { good, missing } = await files();
    const config = `[profile good]\nca_bundle = ${good}\n[profile bad]\nca_bundle = ${missing}\n[profile short]\nca_bundle = ~/ca.pem\n`;
    const findings = await checkTrust({}, readAwsProfiles(config, ''));
    expect(findings).toMatchObject([
      { id: 'trust-profile:bad', severity: 'error', about: { kind: 'profile', name: 'bad' } },
      { id: 'trust-profile:short', title: expect.stringMatching(/not named by its whole path/) as string },
    ]);
  });
});
