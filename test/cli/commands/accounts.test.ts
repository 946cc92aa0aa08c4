import { describe, expect, test } from 'vitest';
import type { CliContext } from '../../../src/cli/cli-context.ts';
import { parseArguments } from '../../../src/cli/command-spec.ts';
import { accounts } from '../../../src/cli/commands/accounts.ts';
import { OfflineError } from '../../../src/core/aws/aws-errors.ts';
import { SignInNeededError } from '../../../src/core/session/errors.ts';
import type { DirectoryState, SsoAccess } from '../../../src/shared/app-state.ts';
import { scratchSurroundings } from '../../helpers/surroundings.ts';

const NOTHING: DirectoryState = {
  accounts: [],
  refreshedAt: undefined,
  progress: undefined,
  failure: undefined,
  changes: undefined,
};
const OUT: SsoAccess = { kind: 'signed-out' };
const IN: SsoAccess = {
  kind: 'signed-in',
  tokenExpiresAt: '2099-01-01T00:00:00.000Z',
  renewsByItself: true,
  registrationExpiresAt: undefined,
};

/** What is known of one Identity Center, and what AWS says when it is asked. */
interface Center {
  readonly access: SsoAccess;
  readonly kept: DirectoryState;
  readonly refreshed: DirectoryState | Error;
}

function listOf(name: string): DirectoryState {
  const account = { accountId: '111122223333', name, email: '', roles: ['Admin'], stale: false };
  return { ...NOTHING, accounts: [account], refreshedAt: '2026-01-01T00:00:00.000Z' };
}

async function run(centers: Readonly<Record<string, Center>>, words: readonly string[] = []) {
  const surroundings = await scratchSurroundings();
  const out: string[] = [];
  const notes: string[] = [];
  const ssoSessions = Object.keys(centers).map((name) => ({ name, kind: 'named', startUrl: 'x', ssoRegion: 'y' }));
  const services = {
    profiles: { read: async () => ({ profiles: [], ssoSessions, problems: [] }) },
    ssoSessions: { access: async (id: string) => centers[id]?.access },
    tokenModeOf: () => 'shared',
    directory: {
      kept: async (id: string) => centers[id]?.kept,
      isOfThisSignIn: async () => true,
      refresh: async (id: string) => {
        const refreshed = centers[id]?.refreshed;
        if (refreshed instanceof Error) {
          throw refreshed;
        }
        return refreshed;
      },
    },
  };
  const args = parseArguments(accounts, words);
  const context = {
    surroundings,
    signal: new AbortController().signal,
    json: args.options['json'] === true,
    services: async () => services,
    out: (text: string) => void out.push(text),
    note: (text: string) => void notes.push(text),
  } as unknown as CliContext;
  const code = await accounts.run(args, context).catch((error: unknown) => error);
  return { code, out: out.join('\n'), notes };
}

function signedIn(name: string): Center {
  return { access: IN, kept: listOf(name), refreshed: listOf(name) };
}

function signedOut(id: string, kept: DirectoryState): Center {
  return { access: OUT, kept, refreshed: new SignInNeededError(id, 'signed-out') };
}

describe('several Identity Centers', () => {
  test('all of them are listed, each account with its Identity Center', async () => {
    const { code, out, notes } = await run({ acme: signedIn('Works'), other: signedIn('Lab') });
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['ACCOUNT', 'NAME', 'IDENTITY CENTER', 'ROLES'],
      ['111122223333', 'Lab', 'other', 'Admin'],
      ['111122223333', 'Works', 'acme', 'Admin'],
    ]);
    expect({ code, notes }).toEqual({ code: 0, notes: [] });
  });

  test('as JSON the accounts stand where those of one do', async () => {
    const { out } = await run({ acme: signedIn('Works'), other: signedIn('Lab') }, ['--json']);
    expect(JSON.parse(out)).toEqual({
      ssoSessions: [
        { ssoSession: 'acme', refreshedAt: '2026-01-01T00:00:00.000Z' },
        { ssoSession: 'other', refreshedAt: '2026-01-01T00:00:00.000Z' },
      ],
      accounts: [
        { ssoSession: 'acme', ...listOf('Works').accounts[0], guardedRoles: [] },
        { ssoSession: 'other', ...listOf('Lab').accounts[0], guardedRoles: [] },
      ],
    });
    const one = await run({ acme: signedIn('Works') }, ['--json']);
    expect(JSON.parse(one.out)).toMatchObject({ ssoSession: 'acme', accounts: [{ name: 'Works' }] });
  });

  test('one that is signed out shows what was kept, or nothing, and says so; that is no failure', async () => {
    const { code, out, notes } = await run({
      acme: signedIn('Works'),
      old: signedOut('old', listOf('Attic')),
      never: signedOut('never', NOTHING),
    });
    expect(out).toMatch(/Attic +old +Admin/);
    expect(out).not.toContain('never');
    expect(notes).toEqual([
      expect.stringMatching(/^rolecall: old: This is the list as of .* You are not signed in to old\. .*sign-in old$/),
      'rolecall: never: You are not signed in to never. Sign in with Rolecall, or run: rolecall sign-in never',
    ]);
    expect(code).toBe(0);
  });

  test('where none can be shown it ends with 3, and stdout stays empty', async () => {
    const { code, out, notes } = await run({ a: signedOut('a', NOTHING), b: signedOut('b', NOTHING) });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(notes).toHaveLength(2);
  });

  test('what fails for another reason ends with 1, beside the lists that came', async () => {
    const offline = { ...signedIn('Works'), refreshed: new OfflineError('portal', new Error('x')) };
    const { code, out, notes } = await run({ acme: offline, other: signedIn('Lab') }, ['--refresh']);
    expect(out).toMatch(/Lab +other[^]*Works +acme/);
    expect(notes).toEqual([expect.stringMatching(/^rolecall: acme: This is the list as of /)]);
    expect(code).toBe(1);
  });
});

test('one that is signed out shows what was kept and says so; asked anew it ends with 3', async () => {
  const centers = { acme: signedIn('Works'), old: signedOut('old', listOf('Attic')) };
  const { code, out, notes } = await run(centers, ['--sso-session', 'old']);
  expect(out).toMatch(/Attic +Admin/);
  expect(notes).toEqual([expect.stringMatching(/^rolecall: This is the list as of .* not signed in to old\./)]);
  expect(code).toBe(0);
  const anew = await run(centers, ['--sso-session', 'old', '--refresh']);
  expect(anew).toEqual({ code: 3, out, notes });
  expect((await run({ acme: signedOut('acme', NOTHING) })).code).toBeInstanceOf(SignInNeededError);
});
