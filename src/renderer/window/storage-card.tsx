import type { JSX } from 'react';
import { Badge } from '../components/badge.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';

/** Where secrets and files are kept. */
export function StorageCard(): JSX.Element {
  const { t } = useText();
  const store = useAppState((state) => state.secretStore);
  const app = useAppState((state) => state.app);
  return (
    <section className="card settings">
      <header className="card__head">
        <h2 className="card__title">{t.storage.title}</h2>
      </header>
      <div className="line setting">
        <div className="line__words">
          <p>{t.storage.backends[store.backend]}</p>
          <p className="line__note">
            {[store.message, store.hint].filter(Boolean).join(' ') || t.storage.backendHints[store.backend]}
          </p>
        </div>
        <Badge tone={store.state === 'ready' ? 'ok' : 'warn'}>{t.storage.states[store.state]}</Badge>
      </div>
      <FileLine label={t.storage.configFile} file={app.configFile} />
      <FileLine label={t.storage.credentialsFile} file={app.credentialsFile} />
    </section>
  );
}

function FileLine({ label, file }: { readonly label: string; readonly file: string }): JSX.Element {
  return (
    <div className="line">
      <div className="line__words">
        <p>{label}</p>
        <p className="line__note selectable">
          <bdi>{file}</bdi>
        </p>
      </div>
    </div>
  );
}
