import { expect, test } from 'vitest';
import { findKeyOwner } from '../../../../src/core/session/keys/long-term-key.ts';
import { regionOf } from '../../../../src/core/session/keys/user-signer.ts';
import { startKeySide } from '../key-side.ts';

const KEY = `aws_access_key_id = AKIAQWERTYUIOPASDFGH\naws_secret_access_key = ${'k'.repeat(40)}\n`;
const role = (partition: string, more = ''): string =>
  `[profile role]\nrole_arn = arn:${partition}:iam::111122223333:role/Admin\nsource_profile = user\n${more}`;

test.each([
  ['the default cloud where nothing tells', '', {}, 'us-east-1'],
  ['the cloud of a role that starts from the key', role('aws-cn'), {}, 'cn-north-1'],
  ['the default region where a role names another', role('aws', 'region = me-central-1\n'), {}, 'us-east-1'],
  ['the key’s own region first', `[profile user]\nregion = cn-northwest-1\n${role('aws-cn')}`, {}, 'cn-northwest-1'],
  ['the environment’s region within that cloud', role('aws-cn'), { AWS_REGION: 'eu-west-1' }, 'cn-north-1'],
] as const)('a user is asked about in %s', async (_what, config, env, expected) => {
  const side = await startKeySide();
  await side.setFiles(config, `[user]\n${KEY}`);
  const owner = await findKeyOwner({ files: side.files, keys: side.keys, platform: 'linux' }, 'user');
  expect(regionOf(owner, env)).toBe(expected);
});
