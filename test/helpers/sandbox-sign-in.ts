import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/client-sso';
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import type { TemporaryCredentials } from '../../src/core/model/credentials.ts';
import { Secret } from '../../src/core/model/secret.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** Signs a person in (the first one unless named) and returns their access token. */
export async function signInToPortal(sandbox: Sandbox, userName?: string): Promise<string> {
  const client = new SSOOIDCClient({ region: sandbox.region, endpoint: sandbox.url, maxAttempts: 1 });
  const { clientId, clientSecret } = await client.send(
    new RegisterClientCommand({ clientName: 'test', clientType: 'public', scopes: ['sso:account:access'] }),
  );
  const { deviceCode, userCode = '' } = await client.send(
    new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: sandbox.startUrl }),
  );
  sandbox.control.approveDevice(userCode, userName);
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
  const { accessToken } = await client.send(new CreateTokenCommand({ clientId, clientSecret, grantType, deviceCode }));
  client.destroy();
  return accessToken ?? '';
}

/** What the portal gives a person for a role of theirs. */
export async function portalCredentials(
  sandbox: Sandbox,
  accountId: string,
  roleName: string,
): Promise<TemporaryCredentials> {
  const accessToken = await signInToPortal(sandbox);
  const client = new SSOClient({ region: sandbox.region, endpoint: sandbox.url, maxAttempts: 1 });
  const { roleCredentials } = await client.send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName }));
  client.destroy();
  return {
    accessKeyId: roleCredentials?.accessKeyId ?? '',
    secretAccessKey: new Secret(roleCredentials?.secretAccessKey ?? ''),
    sessionToken: new Secret(roleCredentials?.sessionToken ?? ''),
    expiresAt: new Date(roleCredentials?.expiration ?? 0),
  };
}
