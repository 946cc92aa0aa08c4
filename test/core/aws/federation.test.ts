import { afterEach, describe, expect, test } from 'vitest';
import {
  AwsRefusedError,
  AwsUnavailableError,
  CaptivePortalError,
  MalformedReplyError,
  ThrottledError,
} from '../../../src/core/aws/aws-errors.ts';
import { federationLoginUrl, getSigninToken, signinBaseUrl } from '../../../src/core/aws/federation.ts';
import { PARTITIONS, partitionById } from '../../../src/core/model/partition.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { scriptedServer, type ScriptedReply } from '../../helpers/scripted-server.ts';
import { networkTo } from '../../helpers/test-network.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

const AWS = PARTITIONS.find((partition) => partition.id === 'aws') ?? PARTITIONS[0]!;
const CREDENTIALS = {
  accessKeyId: 'ASIAQWERTYUIOPASDFGH',
  secretAccessKey: new Secret('secret+/='),
  sessionToken: new Secret('token+/='),
  expiresAt: new Date('2027-01-01'),
};

async function signin(reply: ScriptedReply) {
  const server = await scriptedServer(() => reply);
  closers.push(() => server.close());
  return { server, network: networkTo(server.url) };
}

test('the credentials go out in a POST body, never in the URL', async () => {
  const { server, network } = await signin({ json: { SigninToken: 'tok' } });
  const outcome = await getSigninToken(network, AWS, CREDENTIALS, { sessionDurationSeconds: 43_200 });
  expect(outcome).toMatchObject({ kind: 'token' });
  const [seen] = server.seen;
  expect(seen).toMatchObject({ method: 'POST', path: '/federation' });
  expect([...(seen?.query ?? [])]).toEqual([]);
  const form = new URLSearchParams(seen?.body);
  expect(form.get('Action')).toBe('getSigninToken');
  expect(form.get('SessionDuration')).toBe('43200');
  expect(JSON.parse(form.get('Session') ?? '')).toEqual({
    sessionId: 'ASIAQWERTYUIOPASDFGH',
    sessionKey: 'secret+/=',
    sessionToken: 'token+/=',
  });
});

test('without a duration none is sent', async () => {
  const { server, network } = await signin({ json: { SigninToken: 'tok' } });
  await getSigninToken(network, AWS, CREDENTIALS, {});
  expect(new URLSearchParams(server.seen[0]?.body).has('SessionDuration')).toBe(false);
});

test('the bare 400, a page of HTML as AWS sends it, is an outcome', async () => {
  const { network } = await signin({
    status: 400,
    text: '<html>Invalid credentials parameter</html>',
    headers: { 'content-type': 'text/html' },
  });
  expect(await getSigninToken(network, AWS, CREDENTIALS, {})).toEqual({ kind: 'refused' });
});

test.each<[string, ScriptedReply, new (...args: never[]) => Error]>([
  ['a web page', { text: '<html>hotel</html>', headers: { 'content-type': 'text/html' } }, CaptivePortalError],
  ['a redirect', { status: 302, headers: { location: 'https://evil.tld/' } }, CaptivePortalError],
  ['429', { status: 429, text: '' }, ThrottledError],
  ['503', { status: 503, text: '' }, AwsUnavailableError],
  ['403', { status: 403, json: {} }, AwsRefusedError],
  ['no token', { json: {} }, MalformedReplyError],
  ['a token with a space', { json: { SigninToken: 'a b' } }, MalformedReplyError],
  ['cut JSON', { text: '{"SigninTok' }, MalformedReplyError],
  ['nothing', { text: '' }, MalformedReplyError],
])('%s is refused', async (_what, reply, expected) => {
  const { network } = await signin(reply);
  await expect(getSigninToken(network, AWS, CREDENTIALS, {})).rejects.toThrow(expected);
});

test.each([
  ['aws', 'https://signin.aws.amazon.com'],
  ['aws-cn', 'https://signin.amazonaws.cn'],
  ['aws-us-gov', 'https://signin.amazonaws-us-gov.com'],
  ['aws-eusc', 'https://signin.amazonaws-eusc.eu'],
])('partition %s signs in at %s', (id, base) => {
  expect(signinBaseUrl(partitionById(id) ?? AWS, {})).toBe(base);
});

describe('federationLoginUrl', () => {
  test('everything in it is encoded, and it prints as a secret', () => {
    const url = federationLoginUrl(
      AWS,
      {},
      {
        issuer: 'https://corp.awsapps.com/start/#/?a=b&c',
        destination: 'https://console.aws.amazon.com/s3/home?region=eu-west-1#x&y',
        signinToken: new Secret('tok-_+/='),
      },
    );
    expect(String(url)).toBe('[secret]');
    expect(url.reveal()).toBe(
      'https://signin.aws.amazon.com/federation?Action=login&Issuer=https%3A%2F%2Fcorp.awsapps.com%2Fstart%2F%23%2F%3Fa%3Db%26c' +
        '&Destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fs3%2Fhome%3Fregion%3Deu-west-1%23x%26y&SigninToken=tok-_%2B%2F%3D',
    );
  });
});
