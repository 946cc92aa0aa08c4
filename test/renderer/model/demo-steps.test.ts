import { describe, expect, test } from 'vitest';
import { demoProgress } from '../../../src/renderer/model/demo-steps.ts';
import { firstRun, isFirstRun } from '../../../src/renderer/model/first-run.ts';
import type { ActivityEntry, AppState } from '../../../src/shared/app-state.ts';
import { SCENARIOS } from '../fake-scenarios.ts';
import { ssoSession } from '../fake-state.ts';

const demo = SCENARIOS.sandbox(0);
const startUrl = demo.app.sandbox?.startUrl ?? '';
const { profiles } = SCENARIOS.normal(0);

function did(what: ActivityEntry['what'], extra: Partial<ActivityEntry> = {}): ActivityEntry {
  const asker = { program: 'Rolecall', pid: undefined, folder: undefined, parents: [] };
  const rest = { target: undefined, ssoSession: undefined, format: undefined, outcome: 'ok', detail: '' } as const;
  return { at: '', asker, what, ...rest, ...extra };
}

function progress(changes: Partial<AppState>): readonly [done: readonly string[], current: string | undefined] {
  const { done, current } = demoProgress({ ...demo, profiles, ...changes });
  return [[...done], current];
}

describe('the steps through the demo', () => {
  const added = [ssoSession('demo', 0, { startUrl, access: { kind: 'signed-out' } })];
  const signedIn = [ssoSession('demo', 0, { startUrl })];

  test('tick themselves off by what is there and what was done', () => {
    expect(progress({})).toEqual([[], 'add']);
    expect(progress({ ssoSessions: [ssoSession('other', 0)] })).toEqual([[], 'add']);
    expect(progress({ ssoSessions: added })).toEqual([['add'], 'sign-in']);
    expect(progress({ ssoSessions: signedIn })).toEqual([['add', 'sign-in'], 'console']);
    const activity = [did('console'), did('copy')];
    expect(progress({ ssoSessions: signedIn, activity })[1]).toBe('mfa');
    const target = { kind: 'profile', profile: 'admin-role' } as const;
    expect(progress({ ssoSessions: signedIn, activity: [...activity, did('console', { target })] })[1]).toBeUndefined();
  });

  test('may be taken in any order; what failed, and profiles without a device, do not count', () => {
    expect(progress({ activity: [did('copy')] })).toEqual([['copy'], 'add']);
    expect(progress({ ssoSessions: signedIn, activity: [did('console', { outcome: 'failed' })] })[1]).toBe('console');
    const target = { kind: 'profile', profile: 'assume-only' } as const;
    expect(progress({ activity: [did('copy', { target })] })).toEqual([['copy'], 'add']);
    expect(demoProgress({ ...demo, profiles }).mfaProfile).toBe('admin-role');
  });
});

describe('the first minute', () => {
  test.each([
    ['first-run', 'add-sso-session', true],
    ['first-run-profiles', 'use-profiles', true],
    ['first-run-found', 'sign-in', true],
    ['first-run-broken', 'mend-files', true],
    ['sandbox', 'try-sandbox', false],
    ['normal', 'open-console', false],
  ] as const)('in %s leads to %s', (scenario, kind, isFirst) => {
    const state = SCENARIOS[scenario](0);
    expect(firstRun({ ...state, sandbox: state.app.sandbox }).next.kind).toBe(kind);
    expect(isFirstRun(state)).toBe(isFirst);
  });

  test('is over with the first sign-in, console, copy or request', () => {
    const state = SCENARIOS['first-run-found'](0);
    expect(isFirstRun({ ...state, activity: [did('copy')] })).toBe(false);
    expect(isFirstRun({ ...state, ssoSessions: [ssoSession('acme', 0)] })).toBe(false);
    expect(isFirstRun({ ...state, recentTargets: [{ kind: 'profile', profile: 'a' }] })).toBe(false);
  });

  test('tells everything that was found', () => {
    const state = SCENARIOS['first-run-found'](0);
    expect(firstRun({ ...state, sandbox: undefined })).toMatchObject({ ssoSessions: 1, profiles: 5, problems: 2 });
  });
});
