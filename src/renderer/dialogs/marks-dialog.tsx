import { useState, type JSX, type SyntheticEvent } from 'react';
import { MARK_COLOURS, type MarkColour } from '../../shared/app-state.ts';
import type { CommandInput } from '../../shared/commands.ts';
import type { Failure } from '../../shared/reply.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Notice } from '../components/notice.tsx';
import { Select } from '../components/select.tsx';
import { Subject } from '../components/subject.tsx';
import { TextInput } from '../components/text-input.tsx';
import { failureText } from '../i18n/text.ts';
import type { RoleEntry } from '../model/access-entry.ts';
import { parseTags } from '../model/parse-tags.ts';
import { USES } from '../model/uses.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useOpeners } from '../shell/use-openers.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';
import { openerNote, OpenerSelect } from './opener-select.tsx';
import { ToggleLine } from './toggle-line.tsx';
import './dialogs.css';

/** What the user says about a role and its account: kept here, whatever AWS calls them. */
export function MarksDialog(props: { readonly entry: RoleEntry; readonly onClose: () => void }): JSX.Element {
  const { entry, onClose } = props;
  const text = useText();
  const { t } = text;
  const marks = useAppState((state) => state.marks);
  const [ofRole] = useState(marks[entry.key] ?? {});
  const [ofAccount] = useState(marks[entry.account.key] ?? {});
  const [accountAlias, setAccountAlias] = useState(ofAccount.alias ?? '');
  const [roleAlias, setRoleAlias] = useState(ofRole.alias ?? '');
  const [colour, setColour] = useState<MarkColour | undefined>(ofAccount.colour);
  const [tags, setTags] = useState((ofAccount.tags ?? []).join(', '));
  const [guarded, setGuarded] = useState(ofRole.guarded === true);
  const [hidden, setHidden] = useState(ofRole.hidden === true);
  const openers = useOpeners();
  const [opener, setOpener] = useState(ofAccount.opener ?? '');
  const [use, setUse] = useState<Use>(ofRole.use ?? 'allow');
  const save = useSaveMarks(onClose);
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const account = {
      ...(accountAlias.trim() === (ofAccount.alias ?? '') ? {} : { alias: accountAlias.trim() }),
      ...(colour === ofAccount.colour ? {} : { colour: colour ?? null }),
      ...(tags === (ofAccount.tags ?? []).join(', ') ? {} : { tags: [...parseTags(tags)] }),
      ...(opener === (ofAccount.opener ?? '') ? {} : { opener: opener === '' ? null : opener }),
    };
    const role = {
      ...(roleAlias.trim() === (ofRole.alias ?? '') ? {} : { alias: roleAlias.trim() }),
      ...(guarded === (ofRole.guarded === true) ? {} : { guarded }),
      ...(hidden === (ofRole.hidden === true) ? {} : { hidden }),
      ...(use === (ofRole.use ?? 'allow') ? {} : { use: use === 'allow' ? null : use }),
    };
    void save.run([
      { key: entry.account.key, marks: account },
      { key: entry.key, marks: role },
    ]);
  };
  return (
    <Dialog title={t.marks.title} closeLabel={t.common.close} onClose={onClose} flush>
      <Subject entry={entry} />
      <form className="dialog__body" onSubmit={onSubmit}>
        <Field label={t.marks.accountAlias} hint={t.marks.aliasHint}>
          {(control) => (
            <TextInput
              {...control}
              data-focus-first
              maxLength={128}
              placeholder={entry.account.name.shown}
              value={accountAlias}
              onChange={(event) => setAccountAlias(event.target.value)}
            />
          )}
        </Field>
        <Field label={t.marks.roleAlias}>
          {(control) => (
            <TextInput
              {...control}
              maxLength={128}
              placeholder={entry.role.shown}
              value={roleAlias}
              onChange={(event) => setRoleAlias(event.target.value)}
            />
          )}
        </Field>
        <ColourChoice colour={colour} onColour={setColour} />
        <Field label={t.marks.tags} hint={t.marks.tagsHint}>
          {(control) => <TextInput {...control} value={tags} onChange={(event) => setTags(event.target.value)} />}
        </Field>
        {entry.profile?.canFederate !== false && (
          <Field label={t.openers.ofAccount} hint={openerNote(opener, t.openers.notes)}>
            {(control) => (
              <OpenerSelect
                wide
                control={control}
                openers={openers}
                unset={t.openers.byRule}
                value={opener}
                onChange={setOpener}
              />
            )}
          </Field>
        )}
        <ToggleLine label={t.marks.guarded} hint={t.marks.guardedHint} checked={guarded} onChange={setGuarded} />
        <Field label={t.marks.use} hint={t.marks.useHint}>
          {(control) => (
            <Select
              wide
              control={control}
              value={use}
              options={USES.map((value) => ({ value, label: t.marks.uses[value] }))}
              onChange={setUse}
            />
          )}
        </Field>
        <ToggleLine label={t.marks.hidden} hint={t.marks.hiddenHint} checked={hidden} onChange={setHidden} />
        {save.failure !== undefined && (
          <div role="alert">
            <Notice severity="error" {...failureText(text, save.failure)} />
          </div>
        )}
        <div className="form__foot">
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="primary" busy={save.busy}>
            {t.common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Says to the core what was changed, and nothing of the rest, which may have changed elsewhere meanwhile. Done when all of it is kept. */
function useSaveMarks(onDone: () => void) {
  const { client } = useShell();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | undefined>(undefined);
  const run = async (changes: readonly CommandInput<'setMarks'>[]): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    const said = changes.filter(({ marks }) => Object.keys(marks).length > 0);
    const replies = await Promise.all(said.map((change) => client.execute('setMarks', change)));
    setBusy(false);
    const refused = replies.find((reply) => !reply.ok);
    if (refused === undefined) {
      onDone();
    } else {
      setFailure(refused.failure);
    }
  };
  return { busy, failure, run };
}

type Use = (typeof USES)[number];

function ColourChoice(props: {
  readonly colour: MarkColour | undefined;
  readonly onColour: (colour: MarkColour | undefined) => void;
}): JSX.Element {
  const { t } = useText();
  return (
    <div className="field">
      <span className="field__label" id="colour-label">
        {t.marks.colour}
      </span>
      <div className="swatches" role="radiogroup" aria-labelledby="colour-label">
        {[undefined, ...MARK_COLOURS].map((colour) => (
          <button
            key={colour ?? 'none'}
            type="button"
            role="radio"
            className="swatch"
            aria-checked={props.colour === colour}
            aria-label={t.marks.colours[colour ?? 'none']}
            title={t.marks.colours[colour ?? 'none']}
            onClick={() => props.onColour(colour)}
          >
            {colour === undefined ? <Icon name="close" /> : <span className="dot" data-colour={colour} />}
          </button>
        ))}
      </div>
    </div>
  );
}
