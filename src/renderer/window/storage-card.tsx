import type { JSX } from 'react';
import { SecretStoreLine } from '../member/secret-store-line.tsx';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';

/** Where secrets and files are kept. */
export function StorageCard(): JSX.Element {
  const { t } = useText();
  const app = useAppState((state) => state.app);
  return (
    <section className="card settings">
      <header className="card__head">
        <h2 className="card__title">{t.storage.title}</h2>
      </header>
      <SecretStoreLine />
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
