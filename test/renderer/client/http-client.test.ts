import { describe, expect, test } from 'vitest';
import { packMessage, type SentMessage } from '../../../src/shared/sent-message.ts';
import { parseLaunch } from '../../../src/renderer/client/choose-client.ts';
import { connectHttpClient, type HttpPage } from '../../../src/renderer/client/http-client.ts';
import { lines } from '../../../src/renderer/client/lines.ts';
import { parseReply, parseStateMessage } from '../../../src/renderer/client/parse-message.ts';
import { believableState } from '../fake-state.ts';

interface Call {
  readonly path: string;
  readonly body: unknown;
  readonly authorization: string | undefined;
}

/** Streams from this one on come from somebody else who listens in the host's place. */
const NOBODY_ELSE = Number.POSITIVE_INFINITY;

/** A host that knows one code, and streams what the test gives it. */
function createHost(streams: readonly (readonly string[])[], strangerFrom = NOBODY_ELSE) {
  const calls: Call[] = [];
  const waiting = streams.map((chunks, at) => ({ chunks, proof: at < strangerFrom ? 'proof-1' : 'guessed' }));
  const sleeps: number[] = [];
  const page: HttpPage = {
    sleep(delayMs) {
      sleeps.push(delayMs);
      return waiting.length === 0 ? new Promise(() => undefined) : Promise.resolve();
    },
    fetch: (input, init) => {
      const body: unknown = JSON.parse(typeof init?.body === 'string' ? init.body : 'null');
      const headers = new Headers(init?.headers);
      const path = typeof input === 'string' ? input : '';
      calls.push({ path, body, authorization: headers.get('authorization') ?? undefined });
      return Promise.resolve(respond(path, body, waiting));
    },
  };
  return { page, calls, sleeps };
}

function respond(
  path: string,
  body: unknown,
  streams: { readonly chunks: readonly string[]; readonly proof: string }[],
): Response {
  switch (path) {
    case '/api/bootstrap':
      return JSON.stringify(body) === '{"code":"good"}'
        ? Response.json({ token: 'token-1', proof: 'proof-1' })
        : new Response('', { status: 403 });
    case '/api/command':
      return Response.json({ ok: true, value: { region: 'eu-central-1' } });
    default: {
      const stream = streams.shift();
      return stream === undefined
        ? new Response('', { status: 401 })
        : new Response(streamOf(stream.chunks), { headers: { 'rolecall-proof': stream.proof } });
    }
  }
}

function streamOf(chunks: readonly string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(new TextEncoder().encode(chunk));
      }
      controller.close();
    },
  });
}

const SNAPSHOT = JSON.stringify(packMessage({ kind: 'snapshot', state: believableState(0) }));

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the client of the loopback host', () => {
  test.each([undefined, 'used', ''])('is locked without a good code (%j)', async (code) => {
    const { page } = createHost([]);
    expect(await connectHttpClient(page, code, 'window')).toEqual({ kind: 'locked' });
  });

  test('is locked where nothing answers', async () => {
    const page: HttpPage = { fetch: () => Promise.reject(new TypeError('refused')), sleep: () => Promise.resolve() };
    expect(await connectHttpClient(page, 'good', 'window')).toEqual({ kind: 'locked' });
  });

  test('sends the token with every command, and never the code again', async () => {
    const { page, calls } = createHost([[`${SNAPSHOT}\n`]]);
    const outcome = await connectHttpClient(page, 'good', 'window');
    expect(outcome.kind).toBe('client');
    if (outcome.kind === 'client') {
      expect(await outcome.client.execute('detectRegion', { startUrl: 'https://acme.awsapps.com/start' })).toEqual({
        ok: true,
        value: { region: 'eu-central-1' },
      });
    }
    expect(
      calls.filter((call) => call.path !== '/api/bootstrap').every((call) => call.authorization === 'Bearer token-1'),
    ).toBe(true);
    expect(calls.filter((call) => JSON.stringify(call.body).includes('good'))).toHaveLength(1);
  });

  test('reconnects when the stream breaks', async () => {
    const patch = JSON.stringify({ kind: 'patch', slices: { clockSkewMs: 7 } });
    const { page, sleeps } = createHost([
      [SNAPSHOT.slice(0, 50), `${SNAPSHOT.slice(50)}\n${patch}\n`],
      [`\n{"half`, `":1}\nnot json\n${SNAPSHOT}\n`],
    ]);
    const outcome = await connectHttpClient(page, 'good', 'popover');
    if (outcome.kind !== 'client') {
      throw new Error('locked');
    }
    const connected: boolean[] = [];
    outcome.client.onConnection((now) => connected.push(now));
    const messages: SentMessage[] = [];
    outcome.client.subscribe((message) => messages.push(message));
    await settled();
    expect(messages.map((message) => message.kind)).toEqual(['snapshot', 'patch', 'snapshot']);
    expect(connected.at(-1)).toBe(false);
    expect(connected.filter(Boolean)).toHaveLength(2);
    expect(sleeps.every((delayMs) => delayMs >= 1_000 && delayMs <= 15_000)).toBe(true);
  });

  test('hears no more after its end, and lets go of the stream', async () => {
    const { page, calls } = createHost([[`${SNAPSHOT}\n`], [`${SNAPSHOT}\n`]]);
    const signals: (AbortSignal | null | undefined)[] = [];
    const fetchNoted: HttpPage['fetch'] = (input, init) => {
      signals.push(init?.signal);
      return page.fetch(input, init);
    };
    const outcome = await connectHttpClient({ ...page, fetch: fetchNoted }, 'good', 'popover');
    if (outcome.kind !== 'client') {
      throw new Error('locked');
    }
    const messages: SentMessage[] = [];
    const end = outcome.client.subscribe((message) => messages.push(message));
    end();
    await settled();
    expect(messages).toEqual([]);
    expect(calls.map(({ path }) => path)).toEqual(['/api/bootstrap', '/api/events']);
    expect(signals.at(-1)?.aborted).toBe(true);
  });

  test.each([
    ['and not the proof', 'guessed'],
    ['and nothing more', ''],
  ])('believes nobody who listens in the place of the host, knows the token %s', async (_what, proof) => {
    const forged = JSON.stringify({ kind: 'patch', slices: { clockSkewMs: 666 } });
    const { page, calls } = createHost([[`${SNAPSHOT}\n`], [`${SNAPSHOT}\n${forged}\n`]], 1);
    const fetchForged: HttpPage['fetch'] = async (input, init) => {
      const response = await page.fetch(input, init);
      const isForged = response.headers.get('rolecall-proof') === 'guessed';
      return isForged ? new Response(response.body, { headers: { 'rolecall-proof': proof } }) : response;
    };
    const outcome = await connectHttpClient({ ...page, fetch: fetchForged }, 'good', 'window');
    if (outcome.kind !== 'client') {
      throw new Error('locked');
    }
    const connected: boolean[] = [];
    const messages: SentMessage[] = [];
    outcome.client.onConnection((now) => connected.push(now));
    outcome.client.subscribe((message) => messages.push(message));
    await settled();
    expect(connected).toEqual([true, false, false]);
    expect(messages.map(({ kind }) => kind)).toEqual(['snapshot']);
    expect(await outcome.client.execute('quit', {})).toMatchObject({ ok: false, failure: { code: 'internal' } });
    expect(calls.map(({ path }) => path)).toEqual(['/api/bootstrap', '/api/events', '/api/events']);
    expect(JSON.stringify(calls)).not.toContain('proof-1');
  });

  test('sends no command while the host is gone, and sends them again once it is back', async () => {
    const { page, calls } = createHost([[`${SNAPSHOT}\n`], [`${SNAPSHOT}\n`]]);
    let goOn = (): void => {};
    const gone = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let backAgain: (() => void) | undefined;
    const outcome = await connectHttpClient(
      {
        sleep: () => gone,
        fetch: async (input, init) => {
          const response = await page.fetch(input, init);
          const isSecond = calls.filter(({ path }) => path === '/api/events').length > 1;
          // The second stream stays open.
          return input === '/api/events' && isSecond
            ? new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }), response)
            : response;
        },
      },
      'good',
      'window',
    );
    if (outcome.kind !== 'client') {
      throw new Error('locked');
    }
    outcome.client.subscribe(() => undefined);
    await settled();
    expect(await outcome.client.execute('quit', {})).toMatchObject({ ok: false });
    expect(calls.filter(({ path }) => path === '/api/command')).toEqual([]);
    outcome.client.onConnection((now) => now && backAgain?.());
    const back = new Promise<void>((resolve) => {
      backAgain = resolve;
    });
    goOn();
    await back;
    expect(await outcome.client.execute('quit', {})).toMatchObject({ ok: true });
  });

  test('turns a host that does not answer a command into a failure in words', async () => {
    const { page } = createHost([[`${SNAPSHOT}\n`]]);
    const outcome = await connectHttpClient(
      {
        ...page,
        fetch: (input, init) =>
          input === '/api/command' ? Promise.reject(new TypeError('gone')) : page.fetch(input, init),
      },
      'good',
      'window',
    );
    const reply = outcome.kind === 'client' ? await outcome.client.execute('quit', {}) : undefined;
    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } });
  });
});

test('lines come whole, however they are cut', async () => {
  const got: string[] = [];
  for await (const line of lines(streamOf(['a\nb', 'c\n\n', 'd', '東'.slice(0, 1), '\n', 'rest']))) {
    got.push(line);
  }
  expect(got).toEqual(['a', 'bc', 'd東', 'rest']);
});

test.each([
  '',
  '[]',
  'null',
  '{"kind":"snapshot"}',
  '{"kind":"patch","slices":3}',
  '{"kind":"other"}',
  '{"kind":"directory","ssoSession":1,"upserted":[],"removed":[]}',
])('%s is no message', (line) => {
  expect(parseStateMessage(line)).toBeUndefined();
});

test.each([undefined, null, [], 'x', { ok: 'yes' }, { ok: false }, { ok: false, failure: { code: 1 } }])(
  '%j is no reply',
  (value) => {
    expect(parseReply(value)).toBeUndefined();
  },
);

test.each([
  ['#b=abc', { code: 'abc', view: 'window', at: '' }],
  ['#b=abc&at=%23%2Fdoctor%2Fclock', { code: 'abc', view: 'window', at: '#/doctor/clock' }],
  ['#b=abc&at=%23%2Fnowhere', { code: 'abc', view: 'window', at: '#/access' }],
  ['#b=abc&at=javascript%3Aalert(1)', { code: 'abc', view: 'window', at: '#/access' }],
  ['#b=abc&view=popover', { code: 'abc', view: 'popover', at: '' }],
  ['#b=abc&view=admin', { code: 'abc', view: 'window', at: '' }],
  ['#/settings', { code: undefined, view: 'window', at: '' }],
  ['', { code: undefined, view: 'window', at: '' }],
])('%s is read as %j', (hash, launch) => {
  expect(parseLaunch(hash)).toEqual(launch);
});
