import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DOCTOR_CODES, NOTICE_CODES, PROBLEM_CODES } from '../../src/shared/finding-codes.ts';
import { secretStoreCode } from '../../src/shared/secret-store-code.ts';

const SRC = path.join(process.cwd(), 'src');

/** All that core and host consist of. */
function sources(): string {
  return ['core', 'web']
    .flatMap((folder) =>
      fs
        .readdirSync(path.join(SRC, folder), { recursive: true, encoding: 'utf8' })
        .map((file) => path.join(SRC, folder, file)),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => fs.readFileSync(file, 'utf8'))
    .join('\n');
}

test('every code is one that the core gives: words for no others have to be kept', () => {
  const text = sources();
  const ofStore = (['none', 'memory'] as const).map((backend) =>
    secretStoreCode({ backend, state: 'ready', message: '', hint: '' }),
  );
  const given = (code: string): boolean =>
    text.includes(`'${code}'`) ||
    /^secret-store-(?:missing|locked|changed|failed)$/.test(code) ||
    ofStore.some((each) => each === code);
  expect([...PROBLEM_CODES, ...DOCTOR_CODES, ...NOTICE_CODES].filter((code) => !given(code))).toEqual([]);
});

test('a code stands once', () => {
  const codes = [...PROBLEM_CODES, ...DOCTOR_CODES, ...NOTICE_CODES];
  expect(new Set(codes).size).toBe(codes.length);
});

test('a secret store is told of unless it keeps secrets for good', () => {
  const at = (backend: 'keyring' | 'passphrase' | 'memory' | 'none', state: 'ready' | 'locked') =>
    secretStoreCode({ backend, state, message: '', hint: '' });
  expect([at('keyring', 'ready'), at('passphrase', 'ready')]).toEqual([undefined, undefined]);
  expect([at('memory', 'ready'), at('none', 'ready')]).toEqual(['secret-store-memory', 'secret-store-none']);
  expect(at('passphrase', 'locked')).toBe('secret-store-locked');
});
