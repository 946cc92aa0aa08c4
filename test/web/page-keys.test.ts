import { describe, expect, test } from 'vitest';
import { PageKeys, RETURN_MS } from '../../src/web/page-keys.ts';
import { FakeClock } from '../helpers/fake-clock.ts';

function keys() {
  const clock = new FakeClock();
  return { clock, keys: new PageKeys(clock) };
}

function granted(from: PageKeys, code: string): string {
  const exchange = from.exchange(code);
  return exchange.kind === 'granted' ? exchange.token.reveal() : exchange.kind;
}

describe('page keys', () => {
  test('a code gives one key of 256 bits, and the key opens', () => {
    const { keys: page } = keys();
    const code = page.issueCode(30_000).reveal();
    const token = granted(page, code);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(Buffer.from(code, 'base64url')).toHaveLength(32);
    expect(page.keyOf(`Bearer ${token}`)).toBeDefined();
  });

  test.each(['', 'Bearer', 'Bearer ', 'bearer', 'Basic x', `Bearer ${'A'.repeat(43)}`, `Bearer ${'A'.repeat(9000)}`])(
    'the header %j opens nothing',
    (header) => {
      const { keys: page } = keys();
      granted(page, page.issueCode(30_000).reveal());
      expect(page.keyOf(header)).toBeUndefined();
      expect(page.keyOf(undefined)).toBeUndefined();
    },
  );

  test('neither the code nor its hash is a key', () => {
    const { keys: page } = keys();
    const code = page.issueCode(30_000).reveal();
    const token = granted(page, code);
    expect(page.keyOf(`Bearer ${code}`)).toBeUndefined();
    expect(page.keyOf(`bearer ${token}`)).toBeUndefined();
    expect(page.keyOf(`Bearer ${token} `)).toBeUndefined();
  });

  test('a code is refused after its time', async () => {
    const { clock, keys: page } = keys();
    const code = page.issueCode(30_000).reveal();
    await clock.advance(30_000);
    expect(page.exchange(code)).toEqual({ kind: 'refused' });
    expect(page.exchange('nonsense')).toEqual({ kind: 'refused' });
  });

  test('a second use within the time takes the first key back', () => {
    const { keys: page } = keys();
    const revoked: Buffer[] = [];
    page.onRevoked((key) => revoked.push(key));
    const code = page.issueCode(30_000).reveal();
    const token = granted(page, code);
    expect(page.exchange(code)).toEqual({ kind: 'replayed', revoked: true });
    expect(page.keyOf(`Bearer ${token}`)).toBeUndefined();
    expect(revoked).toHaveLength(1);
    expect(page.exchange(code)).toEqual({ kind: 'replayed', revoked: false });
  });

  test('a use long after, when only a command line can have been read, is told but shuts nobody out', async () => {
    const { clock, keys: page } = keys();
    const code = page.issueCode(30_000).reveal();
    const token = granted(page, code);
    await clock.advance(30_000);
    expect(page.exchange(code)).toEqual({ kind: 'replayed', revoked: false });
    expect(page.keyOf(`Bearer ${token}`)).toBeDefined();
  });

  test('of many windows those that are open or were used last keep their keys', () => {
    const { keys: page } = keys();
    const next = (isOpen?: (key: Buffer) => boolean) => {
      const exchange = page.exchange(page.issueCode(30_000).reveal(), isOpen);
      return exchange.kind === 'granted' ? `Bearer ${exchange.token.reveal()}` : '';
    };
    const [open, idle, used] = [next(), next(), next()];
    const openKey = page.keyOf(open);
    page.keyOf(idle);
    for (let windows = 3; windows < 100; windows += 1) {
      next((key) => openKey?.equals(key) === true);
      page.keyOf(used);
    }
    expect([open, idle, used].map((header) => page.keyOf(header) !== undefined)).toEqual([true, false, true]);
  });

  test('every window has its own key', () => {
    const { keys: page } = keys();
    const [one, two] = [1, 2].map(() => granted(page, page.issueCode(30_000).reveal()));
    expect(one).not.toBe(two);
    expect(page.keyOf(`Bearer ${one}`)).not.toEqual(page.keyOf(`Bearer ${two}`));
  });
});

describe('a page that is loaded anew', () => {
  function opened(page: PageKeys, code = page.issueCode(30_000).reveal()) {
    const exchange = page.exchange(code);
    if (exchange.kind !== 'granted') {
      throw new Error(exchange.kind);
    }
    const bearer = `Bearer ${exchange.token.reveal()}`;
    return { bearer, back: exchange.returnCode.reveal(), key: page.keyOf(bearer) ?? Buffer.alloc(0) };
  }

  test('comes back by the code it was given, again and again, and the key it had opens nothing more', () => {
    const { keys: page } = keys();
    const revoked: Buffer[] = [];
    page.onRevoked((key) => revoked.push(key));
    const first = opened(page);
    const second = opened(page, first.back);
    expect(page.keyOf(first.bearer)).toBeUndefined();
    expect(revoked).toEqual([first.key]);
    const third = opened(page, second.back);
    expect(page.keyOf(second.bearer)).toBeUndefined();
    expect(page.keyOf(third.bearer)).toBeDefined();
  });

  test('does so however long it was there, and within 15 seconds of its going', async () => {
    const { clock, keys: page } = keys();
    const { key, back } = opened(page);
    page.pageCame(key);
    await clock.advance(24 * 3600_000);
    page.pageLeft(key);
    await clock.advance(RETURN_MS - 1);
    expect(page.exchange(back).kind).toBe('granted');
  });

  test('is refused 15 seconds after it went, and where it never came', async () => {
    const { clock, keys: page } = keys();
    const [went, neverCame] = [opened(page), opened(page)];
    page.pageCame(went.key);
    page.pageLeft(went.key);
    await clock.advance(RETURN_MS);
    expect(page.exchange(went.back)).toEqual({ kind: 'refused' });
    expect(page.exchange(neverCame.back)).toEqual({ kind: 'refused' });
  });

  test('twice by one code: whoever came first is shut out', () => {
    const { keys: page } = keys();
    const { back } = opened(page);
    const thief = opened(page, back);
    expect(page.exchange(back)).toEqual({ kind: 'replayed', revoked: true });
    expect(page.keyOf(thief.bearer)).toBeUndefined();
    page.pageLeft(thief.key);
    expect(page.exchange(thief.back)).toEqual({ kind: 'refused' });
  });

  test('still does so after many other windows came and went', () => {
    const { keys: page } = keys();
    const stays = opened(page);
    page.pageCame(stays.key);
    let other = opened(page);
    for (let loads = 0; loads < 200; loads += 1) {
      page.keyOf(stays.bearer);
      other = opened(page, other.back);
    }
    expect(page.exchange(stays.back).kind).toBe('granted');
  });
});
