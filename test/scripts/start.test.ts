import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { tinyRepository } from './tiny-repository.ts';

test('where there is no display, one line says why, and the same screen is opened by the host', async () => {
  const repository = await tinyRepository();
  const { code, output } = await repository.run('scripts/start.mjs', ['--sandbox']);
  expect(code).toBe(0);
  expect(output.split('\n')).toEqual([
    'Built renderer, preload, main, cli.',
    'Electron is not used, since there is no display; opening the same screen in a browser.',
    'tiny host --sandbox',
    '',
  ]);
});

test('--browser goes straight to the host, with the other options', async () => {
  const repository = await tinyRepository();
  const { output } = await repository.run('scripts/start.mjs', ['--browser', '--no-open', '--port', '4321']);
  expect(output).toMatch(/^Built .*\ntiny host --no-open --port 4321\n$/);
});

test('where the runtime cannot be downloaded, one line says so', async () => {
  const repository = await tinyRepository();
  // A closed port stands for a network without a way out.
  const env = { DISPLAY: ':99', ELECTRON_MIRROR: 'http://127.0.0.1:9/', ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' };
  const { code, output } = await repository.run('scripts/start.mjs', [], env);
  expect(code).toBe(0);
  expect(output).toContain(
    'Electron is not used, since its runtime cannot be downloaded here; opening the same screen in a browser.\ntiny host\n',
  );
});

describe('with a runtime', () => {
  /** A program in the place of Electron. */
  async function withRuntime(script: string) {
    const repository = await tinyRepository();
    repository.write('runtime/electron', `#!/bin/sh\n${script}\n`);
    fs.chmodSync(path.join(repository.folder, 'runtime/electron'), 0o755);
    const env = { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: path.join(repository.folder, 'runtime') };
    return { repository, env };
  }

  test('the app is opened in it, with the options', async () => {
    const { repository, env } = await withRuntime('shift; echo "electron $@"');
    const { code, output } = await repository.run('scripts/start.mjs', ['--sandbox'], env);
    expect([code, output]).toEqual([0, 'Built renderer, preload, main, cli.\nelectron --sandbox\n']);
  });

  test('one that cannot start is told, and the host is used', async () => {
    const { repository, env } = await withRuntime('exit 127');
    const { code, output } = await repository.run('scripts/start.mjs', [], env);
    expect(code).toBe(0);
    expect(output).toContain(
      'Electron could not start here (exit code 127); opening the same screen in a browser.\ntiny host\n',
    );
  });

  test.each([
    ['Ctrl+C', 'kill -INT $PPID; sleep 0.3; exit 130'],
    ['being told to end', 'kill -TERM $PPID; sleep 5'],
  ])('%s while it comes up ends it, and opens nothing else', async (_name, script) => {
    const { repository, env } = await withRuntime(script);
    const { code, output } = await repository.run('scripts/start.mjs', [], env);
    expect([code > 128, output]).toEqual([true, 'Built renderer, preload, main, cli.\n']);
  });
});

describe('packages', () => {
  /** A program in the place of npm that tells how it was called. */
  async function withNpm(script: string) {
    const repository = await tinyRepository();
    repository.write('bin/npm', `#!/bin/sh\n${script}\n`);
    fs.chmodSync(path.join(repository.folder, 'bin/npm'), 0o755);
    return { repository, env: { PATH: `${path.join(repository.folder, 'bin')}:${process.env['PATH'] ?? ''}` } };
  }

  test('are installed from the lockfile, without install scripts, when they are missing', async () => {
    const { repository, env } = await withNpm('echo "$@" > npm-args; exit 0');
    fs.rmSync(path.join(repository.folder, 'node_modules'));
    const { output } = await repository.run('scripts/start.mjs', ['--browser'], env);
    expect(output).toMatch(/^Installing packages/);
    expect(repository.read('npm-args')).toMatch(/^ci --ignore-scripts /);
  });

  test('that only the build needs are installed too where the environment asks for a production install', async () => {
    const { repository, env } = await withNpm('echo "$@" > npm-args; exit 0');
    fs.rmSync(path.join(repository.folder, 'node_modules'));
    await repository.run('scripts/start.mjs', ['--browser'], { ...env, NODE_ENV: 'production' });
    expect(repository.read('npm-args')).toContain(' --include=dev ');
  });

  test('are installed when one of them is another version than the lockfile says', async () => {
    const { repository, env } = await withNpm('touch npm-was-here');
    const lock = repository.read('package-lock.json');
    repository.write('package-lock.json', lock.replace(/("node_modules\/valibot": \{\s+"version": ")[^"]+/, '$10.0.1'));
    await repository.run('scripts/start.mjs', ['--browser'], env);
    expect(repository.files('.')).toContain('npm-was-here');
  });

  test('are left alone when they fit', async () => {
    const { repository, env } = await withNpm('touch npm-was-here');
    await repository.run('scripts/start.mjs', ['--browser'], env);
    expect(repository.files('.')).not.toContain('npm-was-here');
  });

  test('that cannot be installed end the start with what npm said', async () => {
    const { repository, env } = await withNpm('echo "npm error network down" >&2; exit 1');
    fs.rmSync(path.join(repository.folder, 'node_modules'));
    const { code, output } = await repository.run('scripts/start.mjs', ['--browser'], env);
    expect([code, output]).toEqual([1, expect.stringContaining('npm ci failed:\nnpm error network down')]);
  });
});
