import type { SecretStoreState } from '../../../shared/app-state.ts';
import { secretStoreCode } from '../../../shared/secret-store-code.ts';
import type { Finding, FindingSeverity } from './finding.ts';

const SEVERITY: Readonly<Record<SecretStoreState['state'], FindingSeverity>> = {
  ready: 'info',
  missing: 'info',
  locked: 'warning',
  changed: 'warning',
  failed: 'error',
};

/** Where secrets are kept and whether they can be reached. `inVault` tells whether a sign-in depends on it. */
export function checkStore(store: SecretStoreState, inVault: boolean): readonly Finding[] {
  const code = secretStoreCode(store);
  if (code === undefined) {
    return [];
  }
  const isMissed = inVault && SEVERITY[store.state] === 'info';
  return [
    {
      id: `secret-store:${store.state}`,
      code,
      severity: isMissed ? 'warning' : SEVERITY[store.state],
      title: store.message,
      why: inVault
        ? 'Sign-ins in vault mode, long-term keys and authenticator seeds are kept there.'
        : 'Long-term keys, authenticator seeds and sign-ins in vault mode would be kept there.',
      hint: store.hint,
      about: { kind: 'secret-store' },
    },
  ];
}
