import type { JSX } from 'react';
import type { PromptState } from '../../shared/app-state.ts';
import { MfaPrompt } from './mfa-prompt.tsx';
import { PermissionPrompt } from './permission-prompt.tsx';
import './prompt.css';

/** A question, whatever its kind. Another question is another view: nothing typed for one may reach the next. */
export function PromptBody({ prompt }: { readonly prompt: PromptState }): JSX.Element {
  return prompt.kind === 'mfa' ? (
    <MfaPrompt key={prompt.id} prompt={prompt} />
  ) : (
    <PermissionPrompt key={prompt.id} prompt={prompt} />
  );
}
