import { inspect } from 'node:util';
import { array, assert, constantFrom, nat, oneof, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, MASK } from '../../../src/core/model/redact.ts';
import { Secret } from '../../../src/core/model/secret.ts';
import { cpuMs } from '../../helpers/cpu-time.ts';

const KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const SESSION_TOKEN = `IQoJb3JpZ2luX2VjEHoaCWV1LXdlc3QtMSJHMEUCIQ${'Dq7/+9fKx0aZ'.repeat(40)}==`;
const SSO_TOKEN = `aoaAAAAAGd${'x7QhTmr_K-2'.repeat(20)}`;
const JWT = `eyJhbGciOiJFUzM4NCJ9.eyJzdWIiOiJhbGljZSJ9.${'AbCd_-09'.repeat(8)}`;
const OPAQUE = 'hunter2-correct-horse';
const SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const CODE = '492039';
const CANARIES = [KEY, SESSION_TOKEN, SSO_TOKEN, JWT, OPAQUE, SEED, CODE];

/** What a log line could look like with a secret in it; every one of them has been seen in some tool's output. */
const LEAKS: readonly (readonly [string, string])[] = [
  ['JSON', JSON.stringify({ SecretAccessKey: KEY, SessionToken: SESSION_TOKEN, Expiration: 'soon' })],
  ['indented JSON', JSON.stringify({ credentials: { secretAccessKey: KEY, sessionToken: SESSION_TOKEN } }, null, 2)],
  ['JSON within JSON', JSON.stringify({ body: JSON.stringify({ accessToken: OPAQUE, refreshToken: SSO_TOKEN }) })],
  ['an object printed by Node', inspect({ accessToken: OPAQUE, clientSecret: JWT, SecretAccessKey: KEY })],
  [
    'an object printed by Node, value on the next line',
    inspect({ nested: { deep: { SessionToken: OPAQUE.repeat(9) } } }),
  ],
  ['INI', `aws_secret_access_key = ${KEY}\naws_session_token=${SESSION_TOKEN}\n`],
  ['a shell', `export AWS_SECRET_ACCESS_KEY='${KEY}' AWS_SESSION_TOKEN="${SESSION_TOKEN}"`],
  ['PowerShell', `$env:AWS_SECRET_ACCESS_KEY = "${KEY}"`],
  ['XML', `<SecretAccessKey>${KEY}</SecretAccessKey><SessionToken>${SESSION_TOKEN}</SessionToken>`],
  ['a bearer header', `> authorization: Bearer ${OPAQUE}`],
  ['a bearer header in JSON', JSON.stringify({ headers: { Authorization: `Bearer ${OPAQUE}` } })],
  ['an SSO header', `x-amz-sso_bearer_token: ${OPAQUE}`],
  ['raw headers', inspect(['x-amz-security-token', SESSION_TOKEN, 'Authorization', `Bearer ${OPAQUE}`])],
  ['a cookie', `set-cookie: aws-userInfo=${OPAQUE}; path=/; HttpOnly`],
  [
    'a signed request',
    `Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=${OPAQUE}`,
  ],
  [
    'a signed URL',
    `GET https://sts.amazonaws.com/?Action=GetCallerIdentity&X-Amz-Signature=${OPAQUE}&X-Amz-Security-Token=${OPAQUE}`,
  ],
  ['a console URL', `https://signin.aws.amazon.com/federation?Action=login&Destination=x&SigninToken=${OPAQUE}`],
  [
    'a console URL in a logout URL',
    `https://signin.aws.amazon.com/oauth?redirect_uri=${encodeURIComponent(`https://signin.aws.amazon.com/federation?Action=login&SigninToken=${OPAQUE}`)}`,
  ],
  [
    'a federation request',
    `?Action=getSigninToken&Session=${encodeURIComponent(JSON.stringify({ sessionKey: KEY, sessionToken: OPAQUE }))}`,
  ],
  ['an OAuth callback', `GET /oauth/callback?code=${OPAQUE}&state=${OPAQUE} HTTP/1.1`],
  ['a form body', `grant_type=refresh_token&client_secret=${OPAQUE}&refresh_token=${OPAQUE}`],
  ['a bare session token', `stored ${SESSION_TOKEN} for admin`],
  ['a bare SSO token', `got ${SSO_TOKEN}`],
  ['a bare JWT', `got "${JWT}",`],
  ['a bare secret access key', `AKIAIOSFODNN7EXAMPLE ${KEY}`],
  ['an argument', `rolecall keys add x --secret-access-key ${KEY} --session-token ${SESSION_TOKEN}`],
  ['an MFA request', `Action=AssumeRole&SerialNumber=arn:aws:iam::123456789012:mfa/x&TokenCode=${CODE}`],
  ['an MFA argument', `aws sts get-session-token --token-code ${CODE}`],
  ['an MFA prompt', `Enter MFA code for arn:aws:iam::123456789012:mfa/alice: ${CODE}`],
  ['MFA enrolment', JSON.stringify({ AuthenticationCode1: CODE, AuthenticationCode2: CODE })],
  ['a QR code', `otpauth://totp/AWS:alice?secret=${SEED}&issuer=AWS`],
  ['a new device', `<Base32StringSeed>${SEED}</Base32StringSeed>`],
  ['a passphrase with spaces', `{"passphrase":"${OPAQUE} and more ${OPAQUE}"}`],
];

const leaked = (text: string): string[] => CANARIES.filter((canary) => text.includes(canary));

test.each(LEAKS)('a secret in %s is masked', (_where, text) => {
  expect(leaked(text)).not.toEqual([]);
  const redacted = createRedactor().redact(text);
  expect(leaked(redacted)).toEqual([]);
  expect(redacted).toContain(MASK);
  expect(createRedactor().redact(redacted)).toBe(redacted);
});

test.each([
  'refreshed account 123456789012 (Prod) with 5 roles in 1234 ms',
  'arn:aws:iam::123456789012:role/AdministratorAccess as AKIAIOSFODNN7EXAMPLE',
  'wrote /home/alice/.aws/sso/cache/da39a3ee5e6b4b0d3255bfef95601890afd80709.json',
  'the access token ends at 2026-11-23T12:00:00Z and the refresh token was used',
  'file-failed: EACCES: permission denied, open "/home/alice/.aws/config"',
  'https://d-1234567890.awsapps.com/start/#/?tab=accounts',
  'zone 123456 is not a code here, nor is 492039',
  'secret store: keyring, ready',
  'basic authentication is off; the bearer signed in',
])('%j says no secret and stays as it is', (text) => {
  expect(createRedactor().redact(text)).toBe(text);
});

describe('a value told to remember', () => {
  const canary = 'Tr0ub4dor&3 "é/x\\y';
  const forms: readonly (readonly [string, string])[] = [
    ['as it is', canary],
    ['in JSON', JSON.stringify(canary)],
    ['in a URL', encodeURIComponent(canary)],
    ['in a form', encodeURIComponent(canary).replaceAll('%20', '+')],
    ['in hex', Buffer.from(canary).toString('hex')],
    ['in upper-case hex', Buffer.from(canary).toString('hex').toUpperCase()],
    ['in Base64', Buffer.from(canary).toString('base64')],
    ['in URL-safe Base64', Buffer.from(canary).toString('base64url')],
  ];

  test.each(forms)('is masked %s', (_how, form) => {
    const redactor = createRedactor();
    redactor.remember(new Secret(canary));
    expect(redactor.redact(`before ${form} after`)).not.toContain(form);
    expect(redactor.redact(`before ${form} after`)).toMatch(/^before .*after$/);
  });

  test.each([0, 1, 2, 3, 4, 5])('is masked in the Base64 of a text that holds it after %i bytes', (shift) => {
    const redactor = createRedactor();
    redactor.remember(new Secret(canary));
    const encoded = Buffer.from(`${'#'.repeat(shift)}${canary}#tail`).toString('base64');
    const redacted = redactor.redact(encoded);
    expect(Buffer.from(redacted.replace(MASK, ''), 'base64').toString()).not.toContain('ub4dor');
    expect(redacted).toContain(MASK);
  });

  test('of several lines is masked line by line', () => {
    const redactor = createRedactor();
    redactor.remember(new Secret('first line of it\nsecond line of it\r\n'));
    expect(redactor.redact('first line of it\nsecond line of it')).toBe(`${MASK}\n${MASK}`);
  });

  test('that is very short is left, as it would blank out everything', () => {
    const redactor = createRedactor();
    redactor.remember(new Secret('a'));
    redactor.remember(new Secret(''));
    expect(redactor.redact('a cat')).toBe('a cat');
  });

  test('gives way to later ones beyond the limit', () => {
    const redactor = createRedactor({ maxKnown: 2 });
    ['oldest-value', 'middle-value', 'latest-value'].forEach((text) => redactor.remember(new Secret(text)));
    expect(redactor.redact('oldest-value middle-value latest-value')).toBe(`oldest-value ${MASK} ${MASK}`);
  });
});

describe('text in pieces', () => {
  const filler = constantFrom(
    'ok\n',
    'Prod\r\n',
    '\n',
    ' ',
    'é€𝄞\n',
    '"',
    '{',
    '}\n',
    'token',
    ':\n',
    '=',
    'secret ',
    'x'.repeat(70),
  );
  const leak = constantFrom(
    ...LEAKS.map(([, text]) => `\n${text}\n`),
    `\nid ${OPAQUE}\n`,
    `\n${Buffer.from(OPAQUE).toString('base64')}\n`,
  );
  const text = array(oneof(filler, leak), { minLength: 1, maxLength: 20 }).map((parts) => parts.join(''));
  const cuts = array(nat({ max: 5000 }), { maxLength: 40 });
  const redactor = createRedactor();
  redactor.remember(new Secret(OPAQUE));

  test('come out as the whole would, however they are cut, and no canary survives', () => {
    assert(
      property(text, cuts, (whole, places) => {
        const pieces = cutAt(whole, places);
        const stream = redactor.stream();
        const streamed = pieces.map((piece) => stream.push(piece)).join('') + stream.end();
        expect(streamed).toBe(redactor.redact(whole));
        expect(leaked(streamed)).toEqual([]);
        expect(streamed).not.toContain(Buffer.from(OPAQUE).toString('base64'));
      }),
      { numRuns: 1500 },
    );
  });

  test('come out the same as single bytes, also where a character is cut', () => {
    assert(
      property(text, (whole) => {
        const stream = redactor.stream();
        const bytes = Buffer.from(whole);
        const streamed = Array.from(bytes, (_, at) => stream.push(bytes.subarray(at, at + 1))).join('') + stream.end();
        expect(streamed).toBe(redactor.redact(whole));
      }),
      { numRuns: 40 },
    );
  });

  test('are given line by line, at once', () => {
    const stream = createRedactor().stream();
    expect(stream.push('one\ntwo')).toBe('one\n');
    expect(stream.push(' more\n')).toBe('two more\n');
    expect(stream.end()).toBe('');
  });

  test('a value on the line after its name is not let through', () => {
    const stream = createRedactor().stream();
    expect(stream.push('  SessionToken:\n')).toBe('');
    expect(stream.push(`    '${OPAQUE}',\n`)).toBe(`  SessionToken:\n    '${MASK}',\n`);
  });

  test('a line without end is left out rather than cut, and takes no memory', () => {
    const stream = createRedactor().stream();
    let out = '';
    for (let round = 0; round < 1000; round += 1) {
      out += stream.push(`${'x'.repeat(1000)}${round === 500 ? OPAQUE : ''}`);
    }
    out += stream.push('\nnext line\n') + stream.end();
    expect(out).toBe(`[a line of ${1_000_000 + OPAQUE.length + 1} characters was left out]\nnext line\n`);
  });
});

test.each([
  ['quotes after a name', 'token="\\'.repeat(50_000)],
  ['spaces after a name', `token${' '.repeat(200_000)}`],
  ['names', 'secret token '.repeat(18_000)],
  ['a letter', 'A'.repeat(250_000)],
  ['dots', `eyJhbGciOi${'.'.repeat(200_000)}`],
  ['signatures', 'AWS4-HMAC-SHA256 signature='.repeat(9000)],
  ['MFA words', 'mfa code '.repeat(25_000)],
  ['short lines that wait for a value', 'token:\n'.repeat(30_000)],
])('a long run of %s takes no long time', (_what, text) => {
  expect(cpuMs(() => createRedactor().redact(text))).toBeLessThan(2_000);
});

function cutAt(text: string, places: readonly number[]): string[] {
  const edges = [...new Set(places.map((place) => place % (text.length + 1)))].sort((a, b) => a - b);
  return [...edges, text.length].map((edge, index) => text.slice(edges[index - 1] ?? 0, edge));
}
