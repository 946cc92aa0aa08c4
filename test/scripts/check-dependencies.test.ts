import { expect, test } from 'vitest';
import { tinyRepository, type TinyRepository } from './tiny-repository.ts';

test('the project’s own packages are pinned, locked and checksummed', async () => {
  const repository = await tinyRepository();
  const { code, output } = await repository.run('scripts/check-dependencies.mjs');
  expect([code, output]).toEqual([0, expect.stringContaining('all pinned and checksummed')]);
});

const replace = (file: string, from: RegExp, to: string) => (repository: TinyRepository) =>
  repository.write(file, repository.read(file).replace(from, to));

test.each([
  ['a range', replace('package.json', /"valibot": "/, '"valibot": "^'), 'valibot is not pinned'],
  ['a tag', replace('package.json', /"valibot": "[^"]+"/, '"valibot": "latest"'), 'valibot is not pinned'],
  [
    'another version than locked',
    replace('package.json', /"valibot": "[^"]+"/, '"valibot": "1.4.9"'),
    'does not fit package.json: valibot',
  ],
  ['a package without checksum', replace('package-lock.json', /"integrity": "sha512-[^"]+",/, ''), 'has no checksum'],
  [
    'a weak checksum',
    replace('package-lock.json', /"integrity": "sha512-[^"]+"/, '"integrity": "sha1-x"'),
    'has no checksum',
  ],
  [
    'a package of another platform that is left out',
    replace('package-lock.json', /"node_modules\/@napi-rs\/keyring-darwin-arm64"/, '"node_modules/other"'),
    'lacks @napi-rs/keyring-darwin-arm64',
  ],
  ['leave to run scripts at the install', replace('.npmrc', /ignore-scripts=true/, ''), 'run scripts'],
])('%s is found', async (_name, change, expected) => {
  const repository = await tinyRepository();
  change(repository);
  const { code, output } = await repository.run('scripts/check-dependencies.mjs');
  expect([code, output]).toEqual([1, expect.stringContaining(expected)]);
});
