import type { JSX } from 'react';
import type { CommandInput } from '../../shared/commands.ts';
import { OUTPUT_FORMATS } from '../../shared/output-formats.ts';
import type { RoleRuleFact, SyncResult } from '../../shared/profile-commands.ts';
import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { Select } from '../components/select.tsx';
import { TextInput } from '../components/text-input.tsx';
import { useProfileToolWords } from '../i18n/profile-tool-words.ts';
import { FailureNotice } from '../dialogs/failure-notice.tsx';
import { FormDialog } from '../dialogs/form-dialog.tsx';
import { useCommand } from '../shell/use-command.ts';
import { displayText } from '../model/display-text.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { KeyField } from './key-field.tsx';
import { Previews } from './previews.tsx';
import { RoleRules } from './role-rules.tsx';
import { SyncOutcome } from './sync-outcome.tsx';
import { tellDone } from './tell-done.ts';
import { useSync, type SyncWish } from './use-sync.ts';

/** Profiles for every role of an Identity Center: named, filtered, shown, then written. */
export function SyncDialog(props: {
  readonly ssoSession?: string;
  readonly leaveOut?: RoleRuleFact;
  /** Only these: the rules have no say then. */
  readonly roles?: CommandInput<'syncProfiles'>['roles'];
  readonly onClose: () => void;
}): JSX.Element {
  const { onClose } = props;
  const text = useText();
  const words = useProfileToolWords();
  const shell = useShell();
  const run = useCommand();
  const sessions = useAppState((state) => state.ssoSessions).filter(({ form }) => form === 'sso-session');
  const sync = useSync(props.ssoSession ?? sessions[0]?.id ?? '', props.leaveOut, props.roles);
  const { preview, input } = sync;
  const { roles } = props;
  const isForSome = roles !== undefined;
  const result = preview.value;
  const failure = run.failure ?? preview.failure;
  const access = sessions.find(({ id }) => id === sync.ssoSession)?.access.kind;
  const write = async (): Promise<void> => {
    const made = await run.run('syncProfiles', input);
    if (made !== undefined) {
      onClose();
      tellDone(shell, ({ done }) => done, made.undoId);
    }
  };
  return (
    <FormDialog
      size="wide"
      title={isForSome ? text.t.several.profilesTitle(countOf(roles)) : words.sync.title}
      onClose={onClose}
      submit={words.sync.write}
      icon="profiles"
      busy={run.busy}
      disabled={!preview.isCurrent || preview.failure !== undefined}
      onSubmit={() => void write()}
    >
      {!isForSome && <p className="member__lead">{words.sync.text}</p>}
      {sessions.length > 1 && !isForSome && (
        <Field label={text.t.profiles.facts.ssoSession}>
          {(control) => (
            <Select
              wide
              control={control}
              value={sync.ssoSession}
              options={sessions.map(({ id, name }) => ({ value: id, label: displayText(name) }))}
              onChange={sync.choose}
            />
          )}
        </Field>
      )}
      <SyncFields sync={sync} isForSome={isForSome} />
      <FailureNotice failure={failure} />
      {failure !== undefined && access !== 'signed-in' && (
        <p>
          <Button icon="sign-in" onClick={() => shell.actions.signIn(sync.ssoSession)}>
            {text.t.sso.signIn}
          </Button>
        </p>
      )}
      {failure === undefined && result !== undefined && <SyncOutcome result={result} />}
      {failure === undefined && <Previews previews={result?.previews} />}
    </FormDialog>
  );
}

function countOf(roles: readonly { readonly accountIds: readonly string[] }[]): number {
  return roles.reduce((sum, { accountIds }) => sum + accountIds.length, 0);
}

function SyncFields({ sync, isForSome }: { readonly sync: SyncWish; readonly isForSome: boolean }): JSX.Element {
  const { sync: words } = useProfileToolWords();
  const { facts } = useText().t.profiles;
  const { wish, change, isKnown } = sync;
  const prunes = (['vanished', 'left-out', 'nothing'] as const).map((value) => ({
    value,
    label: words.prunes[value],
  }));
  return (
    <>
      <Field label={words.template} hint={words.templateHint}>
        {(control) => (
          <TextInput
            {...control}
            data-focus-first
            value={wish.template ?? ''}
            onChange={(event) => change({ template: event.target.value })}
          />
        )}
      </Field>
      <Examples examples={sync.preview.value?.examples ?? []} />
      {!isForSome && (
        <>
          <RoleRules
            label={words.include}
            rules={wish.include ?? []}
            isKnown={isKnown}
            onRules={(include) => change({ include })}
          />
          <RoleRules
            label={words.exclude}
            rules={wish.exclude ?? []}
            isKnown={isKnown}
            onRules={(exclude) => change({ exclude })}
          />
        </>
      )}
      <div className="member__pair">
        <KeyField
          name="region"
          label={facts.region}
          value={wish.region ?? ''}
          onValue={(region) => change({ region: region.trim() })}
        />
        <Field label={facts.output}>
          {(control) => (
            <Select
              wide
              control={control}
              value={wish.output ?? ''}
              options={(['', ...OUTPUT_FORMATS] as const).map((value) => ({ value, label: value || words.none }))}
              onChange={(output) => change({ output })}
            />
          )}
        </Field>
        {!isForSome && (
          <Field label={words.prune}>
            {(control) => (
              <Select
                wide
                control={control}
                value={wish.prune ?? 'vanished'}
                options={prunes}
                onChange={(prune) => change({ prune })}
              />
            )}
          </Field>
        )}
      </div>
    </>
  );
}

/** What some profiles will be called, by the template as it is typed. */
function Examples({ examples }: { readonly examples: SyncResult['examples'] }): JSX.Element | null {
  return examples.length === 0 ? null : (
    <ul className="examples" aria-live="polite">
      {examples.map(({ account, role, profile }) => (
        <li key={profile} className="examples__row">
          <bdi className="truncate">{displayText(account)}</bdi>
          <bdi className="truncate">{displayText(role)}</bdi>
          <bdi className="examples__name truncate">{profile}</bdi>
        </li>
      ))}
    </ul>
  );
}
