import { useState, type JSX } from 'react';
import type { RoleRuleFact } from '../../shared/profile-commands.ts';
import { Button } from '../components/button.tsx';
import { RemoveButton } from '../components/remove-button.tsx';
import { TextInput } from '../components/text-input.tsx';
import { displayText } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';

/** Rules on account and role, in a form that is about more than these. */
export function RoleRules(props: {
  readonly label: string;
  readonly rules: readonly RoleRuleFact[];
  /** Whether the rules are known yet; none can be added before. */
  readonly isKnown: boolean;
  readonly onRules: (rules: RoleRuleFact[]) => void;
}): JSX.Element {
  const { label, rules, isKnown, onRules } = props;
  const { t } = useText();
  const [account, setAccount] = useState('');
  const [role, setRole] = useState('');
  const canAdd = isKnown && (account.trim() !== '' || role.trim() !== '');
  const add = (): void => {
    if (canAdd) {
      onRules([...rules, { account: account.trim() || '*', role: role.trim() || '*' }]);
      setAccount('');
      setRole('');
    }
  };
  const field = (name: string, value: string, change: (value: string) => void): JSX.Element => (
    <TextInput
      aria-label={`${label}: ${name}`}
      placeholder={name}
      value={value}
      onChange={(event) => change(event.target.value)}
      onKeyDown={(event) => {
        // Enter belongs to the rule, not to the form around it.
        if (event.key === 'Enter') {
          event.preventDefault();
          // While a word is composed it belongs to the input method.
          if (!event.nativeEvent.isComposing) {
            add();
          }
        }
      }}
    />
  );
  return (
    <fieldset className="field">
      <legend className="field__label">{label}</legend>
      {rules.map((rule, at) => (
        <div key={`${rule.account}/${rule.role}`} className="rule">
          <bdi className="truncate">{displayText(rule.account)}</bdi>
          <bdi className="truncate">{displayText(rule.role)}</bdi>
          <RemoveButton
            label={t.settings.removeRule}
            onRemove={() => onRules(rules.filter((_rule, other) => other !== at))}
          />
        </div>
      ))}
      <div className="rule">
        {field(t.settings.ruleAccount, account, setAccount)}
        {field(t.settings.ruleRole, role, setRole)}
        <Button icon="plus" disabled={!canAdd} onClick={add}>
          {t.settings.addDestination}
        </Button>
      </div>
    </fieldset>
  );
}
