import { useState, type JSX } from 'react';
import { MARK_COLOURS, type MarkColour } from '../../shared/app-state.ts';
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
import { useCommand } from '../shell/use-command.ts';
import { useText } from '../shell/use-text.ts';
import { FailureNotice } from './failure-notice.tsx';
import { FormDialog } from './form-dialog.tsx';
import { openerNote, OpenerSelect } from './opener-select.tsx';
import { ToggleLine } from './toggle-line.tsx';
import './dialogs.css';

/** What the user says about a role and its account: kept here, whatever AWS calls them. */
export function MarksDialog(props: { readonly entry: RoleEntry; readonly onClose: () => void }): JSX.Element {
  const { entry, onClose } = props;
  const { t } = useText();
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
  const command = useCommand();
  /** Only what was changed here: the rest may have changed elsewhere meanwhile. */
  const save = async (): Promise<void> => {
    const account = changed(
      {
        alias: ofAccount.alias ?? '',
        colour: ofAccount.colour ?? null,
        tags: [...(ofAccount.tags ?? [])],
        opener: ofAccount.opener ?? null,
      },
      {
        alias: accountAlias.trim(),
        colour: colour ?? null,
        tags: [...parseTags(tags)],
        opener: opener === '' ? null : opener,
      },
    );
    const role = changed(
      {
        alias: ofRole.alias ?? '',
        guarded: ofRole.guarded === true,
        hidden: ofRole.hidden === true,
        use: ofRole.use ?? null,
      },
      { alias: roleAlias.trim(), guarded, hidden, use: use === 'allow' ? null : use },
    );
    const changes = [
      { key: entry.account.key, marks: account },
      { key: entry.key, marks: role },
    ].filter(({ marks }) => Object.keys(marks).length > 0);
    for (const change of changes) {
      if ((await command.run('setMarks', change)) === undefined) {
        return;
      }
    }
    onClose();
  };
  return (
    <FormDialog
      title={t.marks.title}
      onClose={onClose}
      above={<Subject entry={entry} />}
      submit={t.common.save}
      busy={command.busy}
      onSubmit={() => void save()}
    >
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
      <FailureNotice failure={command.failure} />
    </FormDialog>
  );
}

/** The fields that are not as they were. */
function changed<Fields extends object>(before: Fields, now: Fields): Partial<Fields> {
  const was = new Map<string, unknown>(Object.entries(before));
  const entries = Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(was.get(key)));
  return Object.fromEntries(entries) as Partial<Fields>;
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
