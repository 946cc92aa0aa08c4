import { useState, type JSX } from 'react';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Notice } from '../components/notice.tsx';
import type { PromptState } from '../../shared/app-state.ts';
import { callText } from './call-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { PromptBody } from './prompt-body.tsx';
import './prompt-layer.css';

/**
 * Questions within the page, where the shell has no windows of its own (the loopback host). What the user caused comes up at once;
 * what a program wants waits behind a notice, so that it never takes the keyboard in mid-word.
 */
export function PromptLayer(): JSX.Element | null {
  const text = useText();
  const { t } = text;
  const { client, actions } = useShell();
  const shell = useAppState((state) => state.app.shell);
  const prompt = useAppState((state) => state.prompts[0]);
  const [opened, setOpened] = useState<PromptState | undefined>(undefined);
  if (shell !== 'host' || client.view === 'prompt' || prompt === undefined) {
    return null;
  }
  const decline = (): void => void actions.run('cancelPrompt', { promptId: prompt.id });
  if (prompt.userAsked || opened?.id === prompt.id || isAskedAgain(prompt, opened)) {
    return (
      <Dialog size="small" flush title={t.prompts.layerTitle} closeLabel={t.common.cancel} onClose={decline}>
        <PromptBody prompt={prompt} />
      </Dialog>
    );
  }
  return (
    <div className="prompt-call" role="alert">
      <Notice
        floating
        severity="warning"
        message={callText(prompt, text)}
        actions={
          <>
            <Button size="sm" variant="primary" onClick={() => setOpened(prompt)}>
              {t.prompts.answer}
            </Button>
            <Button size="sm" onClick={decline}>
              {t.prompts.decline}
            </Button>
          </>
        }
      />
    </div>
  );
}

/** The code typed here was not taken: whoever turned to the question is still at it, and must not be called to it once more. */
function isAskedAgain(prompt: PromptState, opened: PromptState | undefined): boolean {
  return (
    prompt.kind === 'mfa' &&
    prompt.lastFailure !== undefined &&
    opened?.kind === 'mfa' &&
    opened.mfaSerial === prompt.mfaSerial
  );
}
