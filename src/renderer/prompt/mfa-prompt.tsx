import { useEffect, useRef, useState, type JSX } from 'react';
import type { PromptState } from '../../shared/app-state.ts';
import type { Failure } from '../../shared/reply.ts';
import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { Ring } from '../components/ring.tsx';
import { failureText } from '../i18n/text.ts';
import { displayText, isolated } from '../model/display-text.ts';
import { totpWindow, waitSeconds } from '../model/totp-window.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useNow } from '../shell/use-now.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { AskerBlock } from './asker-block.tsx';
import { DigitsField } from './digits-field.tsx';
import { TargetLine } from './target-line.tsx';

type MfaPromptState = Extract<PromptState, { kind: 'mfa' }>;

/** Asks for a code of an MFA device, saying who wants it and for what. Each code is sent at most once. */
export function MfaPrompt({ prompt }: { readonly prompt: MfaPromptState }): JSX.Element {
  const text = useText();
  const { t } = text;
  const { client } = useShell();
  const now = useNow(1_000);
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const wait = waitSeconds(prompt.notBefore, now);
  const blocked = busy || wait > 0;
  useEffect(() => {
    if (!blocked) {
      field.current?.focus();
    }
  }, [blocked]);

  const send = async (answer: () => ReturnType<typeof client.execute<'answerMfa'>>): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    const reply = await answer();
    setBusy(false);
    setFailure(reply.ok ? undefined : reply.failure);
  };
  const shownFailure = failure ?? prompt.lastFailure;
  return (
    <section className="prompt" aria-label={t.prompts.mfaTitle}>
      <div>
        <h1 className="prompt__title">{t.prompts.mfaTitle}</h1>
        <TargetLine target={prompt.target} accountId={prompt.accountId} />
      </div>
      <AskerBlock asker={prompt.asker} />
      {shownFailure !== undefined && !busy && <Notice severity="error" {...failureText(text, shownFailure)} />}
      <div className="prompt__code">
        <Field
          label={t.prompts.codeOf(isolated(prompt.deviceName))}
          hint={<bdi>{displayText(prompt.mfaSerial)}</bdi>}
          error={wrong ? t.prompts.notACode : undefined}
        >
          {(control) => (
            <DigitsField
              ref={field}
              control={control}
              disabled={blocked}
              onWrong={setWrong}
              onCode={(tokenCode) => void send(() => client.execute('answerMfa', { promptId: prompt.id, tokenCode }))}
            />
          )}
        </Field>
        <NextCode now={now} wait={wait} busy={busy} />
      </div>
      <div className="prompt__foot">
        <DemoPhone afterOpen={() => field.current?.focus()} />
        {prompt.canAutoFill && (
          <Button
            icon="phone"
            disabled={busy}
            onClick={() => void send(() => client.execute('autoFillMfa', { promptId: prompt.id }))}
          >
            {t.prompts.autoFill}
          </Button>
        )}
        <Button onClick={() => void client.execute('cancelPrompt', { promptId: prompt.id })}>{t.common.cancel}</Button>
      </div>
    </section>
  );
}

/** The demo's phone is at hand here too: the button at the top of the window lies beneath this question. */
function DemoPhone({ afterOpen }: { readonly afterOpen: () => void }): JSX.Element | undefined {
  const { t } = useText();
  const { actions } = useShell();
  const isSandbox = useAppState((state) => state.app.sandbox !== undefined);
  if (!isSandbox) {
    return undefined;
  }
  const open = (): void => {
    void actions.run('openLink', { link: 'sandbox-phone' });
    // Who comes back with the code types it at once.
    afterOpen();
  };
  return (
    <Button icon="phone" variant="quiet" onClick={open}>
      {t.sandbox.phone}
    </Button>
  );
}

/** How long the code on the device still counts, or how long to wait for one that was not used yet. */
function NextCode({
  now,
  wait,
  busy,
}: {
  readonly now: number;
  readonly wait: number;
  readonly busy: boolean;
}): JSX.Element {
  const { t, format } = useText();
  const window = totpWindow(now);
  const words = busy
    ? t.prompts.checking
    : wait > 0
      ? t.prompts.waitForNext(format.duration(wait))
      : t.prompts.nextCode(format.duration(window.secondsToNext));
  return (
    <p className="prompt__next" role={wait > 0 || busy ? 'status' : undefined}>
      <Ring fraction={window.fractionLeft} urgency={window.secondsToNext <= LAST_SECONDS ? 'soon' : 'calm'} />
      {words}
    </p>
  );
}

/** So little is left that the next code is the better one to type. */
const LAST_SECONDS = 5;
