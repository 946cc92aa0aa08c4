import { Secret } from '../../model/secret.ts';
import type { HandlerContext, HandlersOf } from './handler.ts';

type SecretStoreCommand = 'chooseSecretStore' | 'unlockSecretStore';

/** Commands about where secrets are kept. A passphrase comes this way only: no answer and no state has it. */
export function secretStoreHandlers({ services }: HandlerContext): HandlersOf<SecretStoreCommand> {
  const { secretStore } = services;
  return {
    async chooseSecretStore({ backend, passphrase }) {
      await secretStore.choose(backend, secretOf(passphrase));
      return null;
    },
    async unlockSecretStore({ passphrase }) {
      await secretStore.unlock(secretOf(passphrase));
      return null;
    },
  };
}

/** An empty field is no passphrase. */
function secretOf(text: string | undefined): Secret | undefined {
  return text === undefined || text === '' ? undefined : new Secret(text);
}
