import { GetCallerIdentityCommand, GetSessionTokenCommand, type STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { DEMO } from '../../../src/sandbox/demo-facts.ts';
import { credentialsOf, stsClient } from '../../helpers/sandbox-clients.ts';
import { startSandbox } from '../../helpers/sandbox.ts';

const { assumeOnly } = DEMO.users;
const whoAmI = (client: STSClient) => client.send(new GetCallerIdentityCommand({}));

describe('signature check', () => {
  test('a good signature is accepted, in any region of the partition', async () => {
    const sandbox = await startSandbox();
    for (const region of ['us-east-1', 'eu-central-1', 'ap-northeast-1']) {
      await expect(whoAmI(stsClient(sandbox, assumeOnly, region))).resolves.toMatchObject({
        Arn: 'arn:aws:iam::619283746501:user/assume-only',
      });
    }
    await expect(whoAmI(stsClient(sandbox, assumeOnly, 'cn-north-1'))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: 'Credential should be scoped to a valid region. ',
    });
  });

  test('a wrong secret, an unknown key and a foreign session token are refused, each in its own words', async () => {
    const sandbox = await startSandbox();
    await expect(whoAmI(stsClient(sandbox, { ...assumeOnly, secretAccessKey: 'wrong' }))).rejects.toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringContaining('The request signature we calculated does not match') as string,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(
      whoAmI(stsClient(sandbox, { ...assumeOnly, accessKeyId: 'AKIANOBODYNOBODYNOBO' })),
    ).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
      message: 'The security token included in the request is invalid.',
    });
    const session = credentialsOf(await stsClient(sandbox, assumeOnly).send(new GetSessionTokenCommand({})));
    await expect(whoAmI(stsClient(sandbox, { ...session, sessionToken: 'foreign' }))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    await expect(whoAmI(stsClient(sandbox, session))).resolves.toBeDefined();
  });

  test('temporary credentials end', async () => {
    const sandbox = await startSandbox();
    const session = credentialsOf(await stsClient(sandbox, assumeOnly).send(new GetSessionTokenCommand({})));
    sandbox.control.expireCredentials();
    await expect(whoAmI(stsClient(sandbox, session))).rejects.toMatchObject({
      name: 'ExpiredToken',
      message: 'The security token included in the request is expired',
    });
  });

  test.each([
    [16, /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/],
    [-16, /^Signature not yet current: \d{8}T\d{6}Z is still later than/],
  ])('a clock that is %i minutes off is told so, and its Date header shows by how much', async (minutes, words) => {
    const sandbox = await startSandbox();
    sandbox.faults.clockSkewMs = minutes * 60_000;
    const refused = await whoAmI(stsClient(sandbox, assumeOnly)).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'SignatureDoesNotMatch' });
    expect((refused as Error).message).toMatch(words);
    const date = new Date((await fetch(sandbox.url)).headers.get('date') ?? '');
    expect(Math.round((date.getTime() - Date.now()) / 60_000)).toBe(minutes);
  });

  test('a body changed under way, an unsigned request and another service’s signature are refused', async () => {
    const sandbox = await startSandbox();
    const client = stsClient(sandbox, assumeOnly);
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string; headers: Record<string, string> };
        request.body += '&Extra=1';
        request.headers['content-length'] = String(request.body.length);
        return next(args);
      },
      { step: 'deserialize', priority: 'low' },
    );
    await expect(whoAmI(client)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';
    const unsigned = await fetch(sandbox.url, { method: 'POST', body });
    expect(unsigned.status).toBe(403);
    expect(await unsigned.text()).toContain('<Code>MissingAuthenticationToken</Code>');
    const half = await fetch(sandbox.url, {
      method: 'POST',
      body,
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
    });
    expect(await half.text()).toContain('<Code>IncompleteSignature</Code>');
  });

  test('an action that is not is named', async () => {
    const sandbox = await startSandbox();
    const reply = await fetch(sandbox.url, { method: 'POST', body: 'Action=Nothing&Version=2011-06-15' });
    expect(reply.status).toBe(400);
    expect(await reply.text()).toContain('<Code>InvalidAction</Code>');
  });
});
