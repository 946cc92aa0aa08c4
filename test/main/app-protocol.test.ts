import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAppProtocolHandler, registerAppScheme, setUpAppProtocol } from '../../src/main/app-protocol.ts';
import { ElectronStandIn } from '../helpers/electron-standin.ts';

let folder = '';
let electron = new ElectronStandIn({ userData: '' });

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rolecall-protocol-'));
  const renderer = path.join(folder, 'renderer');
  fs.mkdirSync(path.join(renderer, 'assets'), { recursive: true });
  fs.writeFileSync(path.join(renderer, 'index.html'), '<!doctype html>');
  fs.writeFileSync(path.join(renderer, 'assets', 'index-1a.js'), 'export {}');
  fs.writeFileSync(path.join(renderer, 'assets', 'words-1a.json'), '{}');
  fs.writeFileSync(path.join(renderer, 'notes.txt'), 'not for pages');
  fs.writeFileSync(path.join(folder, 'secret.html'), 'outside');
  electron = new ElectronStandIn({ userData: folder });
  setUpAppProtocol(electron.protocol, renderer);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test('the page, its script and its data are served with their types', async () => {
  const page = await electron.protocol.fetch('app://rolecall/index.html');
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
    200,
    'text/html; charset=utf-8',
    '<!doctype html>',
  ]);
  const script = await electron.protocol.fetch('app://rolecall/assets/index-1a.js?v=1');
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  const data = await electron.protocol.fetch('app://rolecall/assets/words-1a.json');
  expect([data.status, data.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
});

test('every answer carries the whole policy, also a refusal', async () => {
  for (const file of ['index.html', 'nothing.html']) {
    const { headers } = await electron.protocol.fetch(`app://rolecall/${file}`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
});

describe('what is not there', () => {
  test.each([
    'app://rolecall/../secret.html',
    'app://rolecall/..%2fsecret.html',
    'app://rolecall/%2e%2e/secret.html',
    'app://rolecall/%2e%2e%2fsecret.html',
    'app://rolecall/assets/../../secret.html',
    'app://rolecall/assets/..%5c..%5csecret.html',
    'app://rolecall/..\\secret.html',
    'app://rolecall//secret.html',
    'app://rolecall//index.html',
    'app://rolecall/./assets//index-1a.js',
    'app://rolecall/index.html%00.js',
    'app://rolecall/index.html/',
    'app://rolecall/INDEX.HTML',
    'app://rolecall/%69ndex.html',
    'app://rolecall/',
    'app://rolecall',
    'app://rolecall/assets',
    'app://rolecall/assets/',
    'app://rolecall/notes.txt',
    'app://rolecall/__proto__',
    'app://rolecall/constructor',
    'app://rolecall/etc/passwd',
    'app://rolecall/C:/Windows/win.ini',
    'app://other/index.html',
    'app://rolecall.evil.test/index.html',
    'app://rolecall:8080/index.html',
    'app://user@rolecall/index.html',
    'app://user:pw@rolecall/index.html',
    'app:///index.html',
    'app:index.html',
    'file:///index.html',
    'not an address',
  ])('%s', async (url) => {
    const handle = createAppProtocolHandler(path.join(folder, 'renderer'));
    const { status, body } = await handle({ url, method: 'GET' } as Request);
    expect([status, body]).toEqual([404, null]);
  });

  test('long and random paths', async () => {
    const handle = createAppProtocolHandler(path.join(folder, 'renderer'));
    for (let round = 0; round < 500; round += 1) {
      const noise = Buffer.from(Array.from({ length: round }, (_, at) => (at * 31 + round * 17) % 256)).toString(
        'latin1',
      );
      const { status } = await handle({ url: `app://rolecall/${noise}`, method: 'GET' } as Request);
      expect(status).toBe(404);
    }
  });
});

test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s is no way to read a file', async (method) => {
  const { status, body } = await electron.protocol.fetch('app://rolecall/index.html', { method });
  expect([status, body]).toEqual([405, null]);
});

test('the scheme is standard and secure, and does not step around the policy', () => {
  registerAppScheme(electron.protocol);
  expect(electron.protocol.privileged).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
});
