import type { JSX } from 'react';
import type { Marks, ProfileState } from '../../shared/app-state.ts';
import { targetKey } from '../../shared/role-target.ts';
import { Field } from '../components/field.tsx';
import { Select } from '../components/select.tsx';
import type { RoleEntry } from '../model/access-entry.ts';
import { USES } from '../model/uses.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useShell } from '../shell/shell-context.tsx';
import { useText } from '../shell/use-text.ts';

/** What happens when a program asks for this profile in the background: what was said of it, else of the role it leads to. */
export function ProfileUse(props: {
  readonly profile: ProfileState;
  readonly entry: RoleEntry | undefined;
}): JSX.Element {
  const { t } = useText();
  const { actions } = useShell();
  const marks = useAppState((state) => state.marks);
  const key = targetKey({ kind: 'profile', profile: props.profile.name });
  const ofRole = roleUse(props.entry, key, marks);
  return (
    <Field label={t.marks.use} hint={t.marks.useHint}>
      {(control) => (
        <Select
          wide
          control={control}
          value={marks[key]?.use ?? ofRole}
          options={USES.map((value) => ({ value, label: t.marks.uses[value] }))}
          onChange={(use) => actions.setMarks(key, { use: use === ofRole ? null : use })}
        />
      )}
    </Field>
  );
}

function roleUse(
  entry: RoleEntry | undefined,
  ownKey: string,
  marks: Readonly<Record<string, Marks>>,
): (typeof USES)[number] {
  const keys = entry === undefined ? [] : [entry.key, entry.account.key].filter((key) => key !== ownKey);
  return keys.map((key) => marks[key]?.use).find((use) => use !== undefined) ?? 'allow';
}
