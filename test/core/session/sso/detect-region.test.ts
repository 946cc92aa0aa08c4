import { describe, expect, test } from 'vitest';
import type { AwsNetwork } from '../../../../src/core/aws/client-config.ts';
import type { TransportReply } from '../../../../src/core/aws/http-transport.ts';
import { detectRegion, resolveStartUrl } from '../../../../src/core/session/sso/detect-region.ts';
import { networkTo } from '../../../helpers/test-network.ts';
import { scriptedServer } from '../../../helpers/scripted-server.ts';

const NEVER = new AbortController().signal;

/** A network that answers from a table of pages. */
function webOf(pages: Record<string, { status?: number; location?: string; text?: string }>) {
  const asked: string[] = [];
  const network = {
    env: {},
    transport: {
      close: () => undefined,
      async send({ url, headers }: { url: URL; headers: Record<string, string> }): Promise<TransportReply> {
        asked.push(url.href);
        expect(Object.keys(headers)).toEqual(['accept']);
        const page = pages[url.href] ?? { status: 404 };
        return {
          status: page.status ?? (page.location === undefined ? 200 : 302),
          headers: page.location === undefined ? { 'content-type': 'text/html' } : { location: page.location },
          body: new TextEncoder().encode(page.text ?? ''),
        };
      },
    },
  } as unknown as AwsNetwork;
  return { network, asked };
}

const page = (region: string) => ({ text: `<html><head><meta name="region" content="${region}"/></head></html>` });

describe('detectRegion', () => {
  test('takes the region from the address where it is there, without a request', async () => {
    const { network, asked } = webOf({});
    expect(await detectRegion(network, 'https://ssoins-1.portal.eu-west-1.app.aws/', NEVER)).toBe('eu-west-1');
    expect(asked).toEqual([]);
  });

  test('reads it from the portal’s page', async () => {
    const { network } = webOf({ 'https://corp.awsapps.com/start': page('ap-northeast-1') });
    expect(await detectRegion(network, 'https://corp.awsapps.com/start/#/', NEVER)).toBe('ap-northeast-1');
  });

  test('follows redirects among AWS’s hosts', async () => {
    const { network } = webOf({
      'https://corp.awsapps.com/start': { location: '/start/' },
      'https://corp.awsapps.com/start/': { location: 'https://ssoins-1.portal.us-east-2.app.aws/' },
    });
    expect(await detectRegion(network, 'https://corp.awsapps.com', NEVER)).toBe('us-east-2');
  });

  test.each(['mars-north-1', 'us-east-1.evil.tld', '"><script>', ''])(
    'a page that names %j names no region',
    async (region) => {
      const { network } = webOf({ 'https://corp.awsapps.com/start': page(region) });
      await expect(detectRegion(network, 'https://corp.awsapps.com/start', NEVER)).rejects.toThrow(
        'could not be found out',
      );
    },
  );

  test('with the user’s own endpoints AWS’s page is not asked', async () => {
    const { network, asked } = webOf({});
    const own = { ...network, env: { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' } };
    await expect(detectRegion(own, 'https://corp.awsapps.com/start', NEVER)).rejects.toThrow('could not be found out');
    expect(asked).toEqual([]);
  });

  test('a portal at a configured endpoint is asked', async () => {
    const server = await scriptedServer(() => ({
      text: page('eu-west-3').text,
      headers: { 'content-type': 'text/html' },
    }));
    expect(await detectRegion(networkTo(server.url), `${server.url}/start`, NEVER)).toBe('eu-west-3');
    await server.close();
  });
});

describe('resolveStartUrl', () => {
  test('leaves AWS’s own addresses alone', async () => {
    const { network, asked } = webOf({});
    expect((await resolveStartUrl(network, 'https://corp.awsapps.com/start#/', NEVER)).url).toBe(
      'https://corp.awsapps.com/start',
    );
    expect(asked).toEqual([]);
  });

  test('follows a company’s own address to AWS', async () => {
    const { network } = webOf({
      'https://aws.corp.example/': { location: 'https://aws.corp.example/login' },
      'https://aws.corp.example/login': { location: 'https://d-1.us-east-2.portal.amazonaws.com/' },
    });
    expect(await resolveStartUrl(network, 'https://aws.corp.example', NEVER)).toEqual({
      url: 'https://d-1.us-east-2.portal.amazonaws.com',
      region: 'us-east-2',
    });
  });

  test.each([
    'http://d-1.awsapps.com/start',
    'https://d-1.awsapps.com:8443/start',
    'https://user@d-1.awsapps.com/start',
    'https://d-1.awsapps.com.evil.tld/start',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'https://elsewhere.example/',
  ])('never follows to %s', async (location) => {
    const { network, asked } = webOf({ 'https://aws.corp.example/': { location } });
    await expect(resolveStartUrl(network, 'https://aws.corp.example/', NEVER)).rejects.toThrow(
      'does not lead to an AWS access portal',
    );
    expect(asked).toHaveLength(1);
  });

  test('a page of the company’s own, and a circle, lead nowhere', async () => {
    const { network } = webOf({
      'https://aws.corp.example/': page('us-east-1'),
      'https://loop.corp.example/': { location: '/' },
    });
    await expect(resolveStartUrl(network, 'https://aws.corp.example/', NEVER)).rejects.toThrow('does not lead');
    await expect(resolveStartUrl(network, 'https://loop.corp.example/', NEVER)).rejects.toThrow('does not lead');
  });
});
