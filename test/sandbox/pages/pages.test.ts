import { describe, expect, test } from 'vitest';
import { escapeHtml, html } from '../../../src/sandbox/pages/html.ts';
import { startSandbox, textOf } from '../../helpers/sandbox.ts';

describe('templates', () => {
  test('escape every value, in text and in attributes, and lists too', () => {
    const hostile = `<img src=x onerror="alert(1)"> & 'x'`;
    const { markup } = html`<p title="${hostile}">${[hostile, html`<b>${hostile}</b>`, undefined, 7]}</p>`;
    expect(markup).not.toContain('<img');
    expect(markup).toContain(`title="${escapeHtml(hostile)}"`);
    expect(markup).toContain(`<b>${escapeHtml(hostile)}</b>7`);
    expect(textOf(markup)).toContain(hostile);
  });
});

describe('pages', () => {
  test.each(['/', '/device', '/start', '/switchrole', '/phone', '/console', '/authorize'])(
    '%s has a strict content security policy, loads nothing from outside and sets no cookie',
    async (path) => {
      const sandbox = await startSandbox();
      const reply = await fetch(`${sandbox.url}${path}`);
      const markup = await reply.text();
      const policy = reply.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; style-src 'self'; script-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(reply.headers.get('set-cookie')).toBeNull();
      expect(markup).not.toMatch(/\s(?:src|href)="(?:https?:)?\/\//);
      expect(markup).not.toMatch(/<script(?![^>]*\ssrc="\/assets\/)|\son\w+=|style="/);
    },
  );

  test('a form that another site sends is refused, and nothing changes', async () => {
    const sandbox = await startSandbox();
    const send = (origin: string) =>
      fetch(`${sandbox.url}/phone`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({ secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', label: 'planted' }),
        headers: { origin },
      });
    expect((await send('http://evil.example')).status).toBe(403);
    expect((await send('null')).status).toBe(403);
    expect(await (await fetch(`${sandbox.url}/phone`)).text()).not.toContain('planted');
    expect((await send(sandbox.url)).status).toBe(303);
    expect(await (await fetch(`${sandbox.url}/phone`)).text()).toContain('planted');
  });

  test('an answered or invented sign-in form is refused', async () => {
    const sandbox = await startSandbox();
    const body = new URLSearchParams({ request_id: 'invented', decision: 'allow' });
    expect((await fetch(`${sandbox.url}/authorize`, { method: 'POST', body })).status).toBe(400);
    const device = new URLSearchParams({ user_code: 'BCDF-GHJK', decision: 'allow' });
    expect((await fetch(`${sandbox.url}/device`, { method: 'POST', body: device })).status).toBe(400);
  });

  test('signing out of the console leads on to sign-in hosts and to itself only', async () => {
    const sandbox = await startSandbox();
    const logout = async (target: string) => {
      const query = new URLSearchParams({ Action: 'logout', redirect_uri: target });
      const reply = await fetch(`${sandbox.url}/oauth?${query.toString()}`, { redirect: 'manual' });
      return reply.headers.get('location');
    };
    const login = 'https://us-east-1.signin.aws.amazon.com/federation?Action=login';
    expect(await logout(login)).toBe(login);
    expect(await logout(`${sandbox.url}/federation?Action=login`)).toBe(`${sandbox.url}/federation?Action=login`);
    for (const target of [
      'https://evil.example/',
      'https://signin.aws.amazon.com.evil.example/',
      'javascript:alert(1)',
      '//evil.example',
    ]) {
      expect(await logout(target)).toBeNull();
    }
  });

  test('the start page plays the hand-over of the new member', async () => {
    const sandbox = await startSandbox();
    const words = textOf(await (await fetch(sandbox.url)).text());
    expect(words).toContain('new.member');
    expect(words).not.toContain('strict-user');
  });
});
