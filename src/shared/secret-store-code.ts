import type { SecretStoreState } from './app-state.ts';
import type { FindingCode } from './finding-codes.ts';

/** What is to be said of the secret store as it stands; undefined for one that keeps secrets for good. */
export function secretStoreCode({ state, backend }: SecretStoreState): FindingCode | undefined {
  if (state !== 'ready') {
    return `secret-store-${state}`;
  }
  return backend === 'memory' || backend === 'none' ? `secret-store-${backend}` : undefined;
}
