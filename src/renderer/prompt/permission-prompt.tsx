import type { JSX } from 'react';
import type { PromptState } from '../../shared/app-state.ts';
import { targetKey } from '../../shared/role-target.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { displayText } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { AskerBlock } from './asker-block.tsx';
import { TargetLine } from './target-line.tsx';

type PermissionPromptState = Exclude<PromptState, { kind: 'mfa' }>;

/** Asks whether a sign-in may start, or a guarded role be used. The safe answer holds the keyboard. */
export function PermissionPrompt({ prompt }: { readonly prompt: PermissionPromptState }): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const words = prompt.kind === 'sign-in' ? t.prompts.signIn : t.prompts.confirmUse;
  const guarded = prompt.kind === 'confirm-use' && prompt.guarded;
  const answer = (choice: 'accept' | 'refuse'): void =>
    void actions.run('answerPrompt', { promptId: prompt.id, answer: choice });
  return (
    <section className="prompt" aria-label={words.title}>
      <div>
        <h1 className="prompt__title">{words.title}</h1>
        <TargetLine target={prompt.target} guarded={guarded} />
      </div>
      <AskerBlock asker={prompt.asker} />
      {prompt.kind === 'sign-in' ? (
        <SignInText prompt={prompt} />
      ) : (
        guarded && <Notice severity="warning" message={t.prompts.guarded} />
      )}
      <div className="prompt__foot">
        <Button autoFocus={prompt.userAsked || guarded} onClick={() => answer('refuse')}>
          {words.refuse}
        </Button>
        <Button variant={guarded ? 'danger' : 'primary'} onClick={() => answer('accept')}>
          {words.accept}
        </Button>
      </div>
    </section>
  );
}

function SignInText({ prompt }: { readonly prompt: Extract<PromptState, { kind: 'sign-in' }> }): JSX.Element {
  const { t } = useText();
  const session = useAppState((state) => state.ssoSessions.find((candidate) => candidate.id === prompt.ssoSession));
  return (
    <div>
      <p>
        {t.prompts.signInTo} <bdi className="prompt__program">{displayText(session?.name ?? prompt.ssoSession)}</bdi>
      </p>
      {prompt.waiting > 1 && <p className="prompt__note">{t.prompts.waiting(prompt.waiting)}</p>}
      <ul className="prompt__others">
        {prompt.others.map(({ asker, target }) => (
          <li key={`${asker.program} ${targetKey(target)}`}>
            <bdi className="prompt__program">{displayText(asker.program)}</bdi>
            <TargetLine target={target} />
          </li>
        ))}
      </ul>
    </div>
  );
}
