import type { JSX } from 'react';
import type { SecretStoreState } from '../../shared/app-state.ts';
import { secretStoreCode } from '../../shared/secret-store-code.ts';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { CoreWords } from '../components/core-words.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useFindingBook } from '../shell/use-books.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { useSettingsWords } from '../window/use-settings-words.ts';
import './member.css';

/** Where secrets are kept now, whether they can be opened, and the way to change it. */
export function SecretStoreLine(): JSX.Element {
  const { t } = useText();
  const { actions, dialogs } = useShell();
  const { lock: lockLabel } = useSettingsWords();
  const store = useAppState((state) => state.secretStore);
  return (
    <div className="setting__row">
      <div className="line__words">
        <p className="line__main">
          {t.storage.backends[store.backend]}
          <Badge tone={store.state === 'ready' ? 'ok' : 'warn'}>{t.storage.states[store.state]}</Badge>
        </p>
        <p className="line__note">
          <StoreWords store={store} />
        </p>
      </div>
      {store.backend === 'passphrase' && store.state === 'ready' && (
        <Button size="sm" icon="lock" onClick={() => void actions.run('lockSecretStore', {})}>
          {lockLabel}
        </Button>
      )}
      {store.state === 'locked' && (
        <Button size="sm" variant="primary" icon="lock" onClick={() => dialogs.open({ kind: 'unlock-secret-store' })}>
          {t.member.store.unlock}
        </Button>
      )}
      <Button size="sm" onClick={() => dialogs.open({ kind: 'choose-secret-store' })}>
        {t.member.store.change}
      </Button>
    </div>
  );
}

/** How it stands: in English as the core says it, else by kind, with the core's own words where they tell more. */
function StoreWords({ store }: { readonly store: SecretStoreState }): JSX.Element | null {
  const { t, language } = useText();
  const book = useFindingBook();
  if (book === undefined) {
    return null;
  }
  const code = secretStoreCode(store);
  const words = code === undefined ? undefined : book[code];
  const core = [store.message, store.hint].filter(Boolean).join(' ');
  const backend = t.storage.backendHints[store.backend];
  if (code === undefined && language !== 'en') {
    return (
      <>
        {backend}
        <CoreWords>{store.hint === '' ? undefined : core}</CoreWords>
      </>
    );
  }
  return words === undefined ? (
    <>{core || backend}</>
  ) : (
    <>
      {words.title}
      {words.hint}
      <CoreWords>{core}</CoreWords>
    </>
  );
}
