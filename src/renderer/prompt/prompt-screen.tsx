import { useEffect, type JSX } from 'react';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { PromptBody } from './prompt-body.tsx';
import './prompt.css';

/** The popup: the first question, alone. Escape declines it. */
export function PromptScreen(): JSX.Element {
  const { client } = useShell();
  const prompt = useAppState((state) => state.prompts[0]);
  const id = prompt?.id;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && id !== undefined && !event.isComposing) {
        void client.execute('cancelPrompt', { promptId: id });
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [client, id]);
  return <main className="prompt-screen">{prompt !== undefined && <PromptBody prompt={prompt} />}</main>;
}
