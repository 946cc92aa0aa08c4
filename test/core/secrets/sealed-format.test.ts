import { createHash, randomBytes } from 'node:crypto';
import { assert, property, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  keyFits,
  MASTER_KEY_LENGTH,
  parseSealed,
  seal,
  unseal,
  type KeySlot,
} from '../../../src/core/secrets/sealed-format.ts';
import { StoreDamagedError, StoreTooNewError } from '../../../src/core/secrets/store-errors.ts';

const KEY = Buffer.alloc(MASTER_KEY_LENGTH, 7);
const SLOT: KeySlot = { kind: 'keyring', account: 'secrets-0123456789abcdef' };
const PLAINTEXT = Buffer.from('{"entries":[]} and a canary: wJalrXUtnFEMI');

test('what is sealed opens with its key and no other', () => {
  assert(
    property(uint8Array({ maxLength: 5000 }), (plaintext) => {
      const content = parseSealed(seal(SLOT, KEY, plaintext));
      expect(content.slot).toEqual(SLOT);
      expect(keyFits(content, KEY)).toBe(true);
      expect(unseal(content, KEY).equals(plaintext)).toBe(true);
      expect(keyFits(content, randomBytes(MASTER_KEY_LENGTH))).toBe(false);
      expect(() => unseal(content, randomBytes(MASTER_KEY_LENGTH))).toThrow(StoreDamagedError);
    }),
    { numRuns: 100 },
  );
});

test('nonce and salt are new at each save, also of the same content', () => {
  const saves = Array.from({ length: 50 }, () => parseSealed(seal(SLOT, KEY, PLAINTEXT)));
  expect(new Set(saves.map(({ nonce }) => nonce.toString('hex'))).size).toBe(50);
  expect(new Set(saves.map(({ salt }) => salt.toString('hex'))).size).toBe(50);
  expect(saves.every(({ nonce }) => nonce.length === 12)).toBe(true);
});

test('the file shows neither content nor key', () => {
  const file = seal(SLOT, KEY, PLAINTEXT);
  for (const secret of [Buffer.from('wJalrXUtnFEMI'), KEY]) {
    for (const encoding of ['latin1', 'base64', 'hex'] as const) {
      expect(file.includes(secret.toString(encoding))).toBe(false);
    }
  }
});

test('a file cut short at any byte is damaged', () => {
  const file = seal(SLOT, KEY, PLAINTEXT);
  for (let length = 0; length < file.length; length += 1) {
    expect(() => parseSealed(file.subarray(0, length)), `cut at ${length}`).toThrow(StoreDamagedError);
  }
  expect(() => parseSealed(Buffer.concat([file, Buffer.from('\n')]))).toThrow(StoreDamagedError);
});

test('a file with any one bit turned is damaged, in the header too', () => {
  const file = seal(SLOT, KEY, PLAINTEXT);
  for (let bit = 0; bit < file.length * 8; bit += 1) {
    const turned = Buffer.from(file);
    turned.writeUInt8(turned.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    expect(() => parseSealed(turned), `bit ${bit}`).toThrow(StoreDamagedError);
  }
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['zeros', Buffer.alloc(4096)],
  ['noise', randomBytes(4096)],
  ['an empty object', Buffer.from('{}\n')],
  ['a web page', Buffer.from('<!doctype html>\n<p>')],
  ['deep nesting', Buffer.from(`${'['.repeat(4000)}\n`)],
  ['one endless line', Buffer.alloc(1_000_000, 'x')],
])('%s is damaged', (_what, file) => {
  expect(() => parseSealed(file)).toThrow(StoreDamagedError);
});

describe('a header someone changed and gave a new checksum', () => {
  const forge = (change: (header: Record<string, unknown>) => unknown): Buffer => {
    const file = seal(SLOT, KEY, PLAINTEXT);
    const headerEnd = file.indexOf('\n') + 1;
    const body = file.subarray(headerEnd + 45);
    const header = JSON.parse(file.subarray(0, headerEnd).toString()) as Record<string, unknown>;
    const line = Buffer.from(`${JSON.stringify(change(header))}\n`);
    const digest = createHash('sha256').update(line).update(body).digest('base64');
    return Buffer.concat([line, Buffer.from(`${digest}\n`), body]);
  };

  test('of a newer version is left to the newer Rolecall', () => {
    expect(() => parseSealed(forge((header) => ({ ...header, version: 2, key: 'elsewhere' })))).toThrow(
      StoreTooNewError,
    );
  });

  test('does not open, as the seal covers it', () => {
    const content = parseSealed(forge((header) => ({ ...header, key: { kind: 'keyring', account: 'secrets-evil' } })));
    expect(keyFits(content, KEY)).toBe(true);
    expect(() => unseal(content, KEY)).toThrow(StoreDamagedError);
  });

  const scrypt = { kind: 'passphrase', n: 131_072, r: 8, p: 1, salt: randomBytes(32).toString('base64') };
  test.each([
    ['costs that would fill the memory', { key: { ...scrypt, n: 2 ** 30 } }],
    ['costs that protect nothing', { key: { ...scrypt, n: 2 } }],
    ['costs that are no power of two', { key: { ...scrypt, n: 100_000 } }],
    ['a block size to exhaust us', { key: { ...scrypt, r: 100_000 } }],
    ['a short salt', { key: { ...scrypt, salt: 'AAAA' } }],
    ['an account with a slash', { key: { kind: 'keyring', account: '../x' } }],
    ['an unknown kind of key', { key: { kind: 'none' } }],
    ['a short nonce', { nonce: 'AAAA' }],
    ['a version that is text', { version: '1' }],
    ['version 0', { version: 0 }],
    ['another format', { format: 'age' }],
  ])('with %s is damaged', (_what, change) => {
    expect(() => parseSealed(forge((header) => ({ ...header, ...change })))).toThrow(StoreDamagedError);
  });

  test.each([null, [], 'x', 3, { format: 'rolecall-secrets' }])('to %j is damaged', (header) => {
    expect(() => parseSealed(forge(() => header))).toThrow(StoreDamagedError);
  });
});
