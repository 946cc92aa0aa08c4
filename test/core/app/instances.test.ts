import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createServices } from '../../../src/core/app/create-services.ts';
import { systemClock } from '../../../src/core/model/clock.ts';
import { DEFAULT_SETTINGS } from '../../../src/shared/settings.ts';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { seedHome } from '../../../src/sandbox/seed-home.ts';
import { coreOnSandbox } from '../../helpers/core-on-sandbox.ts';
import { coreUnderTest } from '../../helpers/core-under-test.ts';
import { startSandbox } from '../../helpers/sandbox.ts';
import { scratchFolder, scratchSurroundings } from '../../helpers/surroundings.ts';

const target = {
  kind: 'sso-role',
  ssoSession: 'demo',
  accountId: DEMO.accounts.production,
  roleName: 'ReadOnlyAccess',
} as const;
const region = DEMO.region;
const instanceId = 'i-0de30000000000001';

describe('instances on a screen', () => {
  test('are listed with the role’s credentials, which is noted as a use', async () => {
    const sandbox = await startSandbox();
    const homeDir = await scratchFolder();
    await seedHome(homeDir, { ssoSession: true, startUrl: sandbox.startUrl, region: sandbox.region });
    const app = await coreOnSandbox(sandbox, homeDir);
    await app.signIn('demo');
    const reply = await app.execute('listInstances', { target, region });
    expect(reply).toMatchObject({
      ok: true,
      value: { instances: [{ name: 'bastion', instanceId, online: true }, {}, {}, {}, {}], namesMissing: undefined },
    });
    await expect
      .poll(() => app.core.state.get().activity, { timeout: 5_000 })
      .toContainEqual(expect.objectContaining({ what: 'credentials', target, outcome: 'ok' }));
    expect(await app.execute('listInstances', { target, region: 'eu-south-2' })).toMatchObject({
      ok: false,
      failure: { code: 'aws-refused', message: 'AWS does not accept these credentials in eu-south-2.' },
    });
  });

  test.each([
    { target, region: 'eu-central-1 --profile x', instanceId },
    { target, region: '../x', instanceId },
    { target, region, instanceId: '--help' },
    { target, region, instanceId: 'i-0123456789abcdef0; touch /tmp/x' },
    { target, region, instanceId: 'i-0123456789abcdef0\n' },
    { target: { ...target, roleName: '$(id)' }, region, instanceId },
  ])('a terminal is opened for nothing but an instance, a region and a role: %j', async (input) => {
    const under = await coreUnderTest();
    expect(await under.execute('connectInstance', input)).toMatchObject({ ok: false, failure: { code: 'bad-input' } });
    expect(under.fake.calls.filter((call) => call.startsWith('connect'))).toEqual([]);
  });

  test('connecting takes no credentials: the command in the terminal asks for them', async () => {
    const under = await coreUnderTest();
    expect(await under.execute('connectInstance', { target, region, instanceId })).toEqual({ ok: true, value: null });
    expect(under.fake.calls).toContain(`connect sso:620184739255/ReadOnlyAccess/demo ${region} ${instanceId}`);
    expect(under.fake.calls).not.toContain('credentials');
  });

  test('the terminal runs our command by its own path', async () => {
    const bin = await scratchFolder();
    const helperPath = join(bin, 'rolecall');
    await writeFile(helperPath, `#!/bin/sh\necho "$@" > '${bin}/words'\n`);
    await writeFile(join(bin, 'xterm'), '#!/bin/sh\nshift\nexec "$@"\n');
    await Promise.all([helperPath, join(bin, 'xterm')].map((file) => chmod(file, 0o755)));
    const services = await createServices({
      surroundings: await scratchSurroundings({ clock: systemClock(), env: { PATH: bin } }),
      prompt: { askMfa: () => Promise.reject(new Error('asked')), askPermission: async () => 'refuse' },
      browser: { open: async () => {} },
      settings: () => DEFAULT_SETTINGS,
      helperPath,
      probeSecretStore: false,
      keepsSecretsInMemory: true,
    });
    await services.instances.connect(target, { region, instanceId });
    await expect
      .poll(() => readFile(join(bin, 'words'), 'utf8').catch(() => ''))
      .toBe(
        `connect --sso-session=demo --account=620184739255 --role=ReadOnlyAccess --region=${region} ${instanceId}\n`,
      );
  });
});
