import { useSyncExternalStore } from 'react';
import type { AppState } from '../../shared/app-state.ts';
import type { AccessModel } from '../state/access-model.ts';
import { useShell } from './shell-context.tsx';

/**
 * A part of the state. `select` must give the same object for the same state, or the view would never come to rest. Views that use
 * it stand below the one that waits for the first snapshot.
 */
export function useAppState<T>(select: (state: AppState) => T): T {
  const { state } = useShell();
  return useSyncExternalStore(state.subscribe, () => select(present(state.get())));
}

/** Accounts, roles and profiles made ready for lists and search. */
export function useAccess(): AccessModel {
  const { access } = useShell();
  return useAppState(access);
}

function present(state: AppState | undefined): AppState {
  if (state === undefined) {
    throw new Error('A view reads the state before there is one');
  }
  return state;
}
