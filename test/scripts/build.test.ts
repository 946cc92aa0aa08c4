import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { tinyRepository } from './tiny-repository.ts';

test('builds every part, then only what changed', async () => {
  const repository = await tinyRepository();
  expect((await repository.run('scripts/build.mjs')).output).toMatch(/^Built renderer, preload, main, cli in /);
  expect((await repository.run('scripts/build.mjs')).output).toBe('Nothing to build.\n');
  repository.write('src/renderer/style.css', 'body { color: blue; }');
  expect((await repository.run('scripts/build.mjs')).output).toMatch(/^Built renderer in /);
  repository.write('src/main/main.ts', `import { app } from 'electron';\napp.quit();`);
  expect((await repository.run('scripts/build.mjs')).output).toMatch(/^Built main in /);
  fs.rmSync(path.join(repository.folder, 'dist/cli'), { recursive: true });
  expect((await repository.run('scripts/build.mjs')).output).toMatch(/^Built cli in /);
});

test('what is built fits where it runs', async () => {
  const repository = await tinyRepository();
  await repository.run('scripts/build.mjs');
  const page = repository.read('dist/renderer/index.html');
  expect(page).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=/);
  expect(page).toMatch(/src="\.\/assets\//);
  expect(repository.files('dist/preload')).toEqual(['preload.cjs']);
  const required = [...repository.read('dist/preload/preload.cjs').matchAll(/require\("([^"]+)"\)/g)].map(
    ([, name]) => name,
  );
  expect(required).toEqual(['electron']);
  expect(repository.read('dist/main/main.js')).toMatch(/from "electron"/);
  expect(repository.files('dist').filter((file) => file.endsWith('.map'))).toEqual([]);
  expect(repository.files('dist').filter((file) => file.startsWith('.') && !file.startsWith('.stamps'))).toEqual([]);
});

test('the command starts as a program, and loads the AWS SDK only when asked to', async () => {
  const repository = await tinyRepository();
  await repository.run('scripts/build.mjs', ['cli']);
  const program = path.join(repository.folder, 'dist/cli/rolecall.js');
  expect(fs.statSync(program).mode & 0o111).toBe(0o111);
  expect(repository.read('dist/cli/rolecall.js').split('\n')[0]).toBe('#!/usr/bin/env node');
  expect((await repository.run('dist/cli/rolecall.js', ['help'])).output).toBe('tiny help\n');
  expect((await repository.run('dist/cli/rolecall.js', ['sts'])).output).toBe('function\n');
  expect(fs.statSync(program).size).toBeLessThan(5_000);
});

test('a source that cannot be built fails and leaves what was built', async () => {
  const repository = await tinyRepository();
  await repository.run('scripts/build.mjs', ['cli']);
  repository.write('src/shared/name.ts', 'export const NAME = (');
  const { code, output } = await repository.run('scripts/build.mjs', ['cli']);
  expect(code).not.toBe(0);
  expect(output).toContain('name.ts');
  expect((await repository.run('dist/cli/rolecall.js')).output).toBe('tiny\n');
  expect(repository.files('dist').filter((file) => file.startsWith('.cli'))).toEqual([]);
});

test('a part that does not exist is named', async () => {
  const repository = await tinyRepository();
  const { code, output } = await repository.run('scripts/build.mjs', ['backend']);
  expect([code, output]).toEqual([2, expect.stringContaining('Unknown part: backend')]);
});
