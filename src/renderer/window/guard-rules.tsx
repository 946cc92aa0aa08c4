import { useState, type JSX, type SyntheticEvent } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { Button } from '../components/button.tsx';
import { RemoveButton } from '../components/remove-button.tsx';
import { TextInput } from '../components/text-input.tsx';
import { displayText } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';

/** The rules by which roles are guarded; `*` in them stands for anything. */
export function GuardRules(props: {
  readonly settings: Settings;
  readonly change: (changes: Partial<Settings>) => void;
}): JSX.Element {
  const { t } = useText();
  const [account, setAccount] = useState('');
  const [role, setRole] = useState('');
  const { guardRules } = props.settings;
  const title = t.settings.entries.guardRules.label;
  const add = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (account.trim() !== '' || role.trim() !== '') {
      props.change({ guardRules: [...guardRules, { account: account.trim() || '*', role: role.trim() || '*' }] });
      setAccount('');
      setRole('');
    }
  };
  return (
    <div className="rules">
      {guardRules.map((rule, at) => (
        <div key={`${rule.account}/${rule.role}`} className="rules__row">
          <bdi className="line__words truncate">{displayText(rule.account)}</bdi>
          <bdi className="line__words truncate">{displayText(rule.role)}</bdi>
          <RemoveButton
            label={`${t.settings.removeRule}: ${title}: ${displayText(rule.account)} · ${displayText(rule.role)}`}
            onRemove={() => props.change({ guardRules: guardRules.filter((_rule, other) => other !== at) })}
          />
        </div>
      ))}
      <form className="rules__row" onSubmit={add}>
        <TextInput
          aria-label={`${title}: ${t.settings.ruleAccount}`}
          placeholder={t.settings.ruleAccount}
          maxLength={128}
          value={account}
          onChange={(event) => setAccount(event.target.value)}
        />
        <TextInput
          aria-label={`${title}: ${t.settings.ruleRole}`}
          placeholder={t.settings.ruleRole}
          maxLength={64}
          value={role}
          onChange={(event) => setRole(event.target.value)}
        />
        <Button type="submit" icon="plus">
          {t.settings.addRule}
        </Button>
      </form>
    </div>
  );
}
