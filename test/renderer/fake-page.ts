import type { AppState } from '../../src/shared/app-state.ts';
import type { Client } from '../../src/shared/client.ts';
import { createFakeClient, finishSignIn, type FakeClient } from './fake-client.ts';
import { largeState, SCENARIOS, type ScenarioName } from './fake-scenarios.ts';

/** What a test asks of the page before it loads. */
export interface FakePageOptions {
  readonly view: Client['view'];
  /** By name, or to be made. */
  readonly scenario: ScenarioName | { readonly accounts: number; readonly rolesEach: number };
  readonly language?: 'en' | 'zh-CN' | 'ja';
  readonly theme?: 'light' | 'dark';
  readonly answerMs?: number;
}

declare global {
  // Put there by the test before this script runs; names of globals cannot be `const`.
  var fakePageOptions: FakePageOptions | undefined;
  var fake: (FakeClient & { finishSignIn(ssoSession: string): void }) | undefined;
}

function stateOf(scenario: FakePageOptions['scenario'], nowMs: number): AppState {
  return typeof scenario === 'string'
    ? SCENARIOS[scenario](nowMs)
    : largeState(nowMs, scenario.accounts, scenario.rolesEach);
}

/** Runs in the page before its own scripts: leaves a client where Electron's preload script would. */
function install(): void {
  const options = globalThis.fakePageOptions ?? { view: 'popover', scenario: 'normal' };
  const nowMs = Date.now();
  const state = stateOf(options.scenario, nowMs);
  const fake = createFakeClient({
    view: options.view,
    now: () => Date.now(),
    answerMs: options.answerMs ?? 20,
    state: {
      ...state,
      settings: { ...state.settings, language: options.language ?? 'en', theme: options.theme ?? 'system' },
    },
  });
  globalThis.fake = { ...fake, finishSignIn: (ssoSession) => finishSignIn(fake, ssoSession, Date.now()) };
  Object.defineProperty(globalThis, 'rolecall', { value: fake.client });
}

install();
