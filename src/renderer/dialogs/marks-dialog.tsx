import { useState, type JSX, type SyntheticEvent } from 'react';
import { MARK_COLOURS, type MarkColour } from '../../shared/app-state.ts';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { Select } from '../components/select.tsx';
import { Subject } from '../components/subject.tsx';
import { TextInput } from '../components/text-input.tsx';
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
  const { t } = useText();
  const { actions } = useShell();
  const ofRole = useAppState((state) => state.marks[entry.key]);
  const ofAccount = useAppState((state) => state.marks[entry.account.key]);
  const [accountAlias, setAccountAlias] = useState(ofAccount?.alias ?? '');
  const [roleAlias, setRoleAlias] = useState(ofRole?.alias ?? '');
  const [colour, setColour] = useState<MarkColour | undefined>(ofAccount?.colour);
  const [tags, setTags] = useState((ofAccount?.tags ?? []).join(', '));
  const [guarded, setGuarded] = useState(ofRole?.guarded === true);
  const [hidden, setHidden] = useState(ofRole?.hidden === true);
  const openers = useOpeners();
  const [opener, setOpener] = useState(ofAccount?.opener ?? '');
  const [use, setUse] = useState<Use>(ofRole?.use ?? 'allow');
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    actions.setMarks(entry.account.key, {
      alias: accountAlias.trim(),
      colour: colour ?? null,
      tags: [...parseTags(tags)],
      opener: opener === '' ? null : opener,
    });
    actions.setMarks(entry.key, { alias: roleAlias.trim(), guarded, hidden, use: use === 'allow' ? null : use });
    onClose();
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
        <div className="form__foot">
          <Button onClick={onClose}>{t.common.cancel}</Button>
          <Button type="submit" variant="primary">
            {t.common.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
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
