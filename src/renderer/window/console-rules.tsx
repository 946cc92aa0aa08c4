import { useState, type JSX, type SyntheticEvent } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { Button } from '../components/button.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { RemoveButton } from '../components/remove-button.tsx';
import { Select } from '../components/select.tsx';
import { TextInput } from '../components/text-input.tsx';
import { openerNote, OpenerSelect } from '../dialogs/opener-select.tsx';
import type { FieldControl } from '../components/field.tsx';
import { displayText } from '../model/display-text.ts';
import { openerName } from '../model/openers.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useOpeners } from '../shell/use-openers.ts';
import { useText } from '../shell/use-text.ts';

type Rules = Settings['consoleRules'];

interface RuleTools {
  readonly settings: Settings;
  readonly change: (changes: Partial<Settings>) => void;
}

/** Where consoles open when nothing else is said. */
export function ConsoleOpener({
  settings,
  change,
  control,
}: RuleTools & { readonly control: FieldControl }): JSX.Element {
  return (
    <OpenerSelect
      openers={useOpeners()}
      control={control}
      value={settings.consoleOpener}
      onChange={(consoleOpener) => change({ consoleOpener })}
    />
  );
}

/** The rules by which consoles of some roles open elsewhere; the first that matches counts. */
export function ConsoleRules({ settings, change }: RuleTools): JSX.Element {
  const { t } = useText();
  const openers = useOpeners();
  const { consoleRules } = settings;
  const set = (rules: Rules): void => change({ consoleRules: rules });
  return (
    <div className="rules">
      {consoleRules.length === 0 && <p className="line__note">{t.consoleRules.empty}</p>}
      {consoleRules.map((rule, at) => (
        <div key={JSON.stringify(rule)} className="rules__row">
          <div className="line__words">
            <p className="truncate">
              <bdi>{whom(rule)}</bdi>
            </p>
            <p className="line__note truncate">{openerName(openers.choices, rule.opener, t)}</p>
          </div>
          <IconButton
            className="rules__up"
            icon="chevron-down"
            label={`${t.consoleRules.up}: ${whom(rule)}`}
            disabled={at === 0}
            onClick={() => set(movedUp(consoleRules, at))}
          />
          <RemoveButton
            label={`${t.settings.removeRule}: ${t.settings.entries.consoleRules.label}: ${whom(rule)}`}
            onRemove={() => set(consoleRules.filter((_rule, other) => other !== at))}
          />
        </div>
      ))}
      <NewRule openers={openers} onRule={(rule) => set([...consoleRules, rule])} />
    </div>
  );
}

function NewRule(props: {
  readonly openers: ReturnType<typeof useOpeners>;
  readonly onRule: (rule: Rules[number]) => void;
}): JSX.Element {
  const { t } = useText();
  const sessions = useAppState((state) => state.ssoSessions);
  const [account, setAccount] = useState('');
  const [role, setRole] = useState('');
  const [tag, setTag] = useState('');
  const [ssoSession, setSsoSession] = useState('');
  const [opener, setOpener] = useState('multi-session');
  const add = (event: SyntheticEvent): void => {
    event.preventDefault();
    const from = ssoSession === '' ? {} : { ssoSession };
    const tagged = tag.trim() === '' ? {} : { tag: tag.trim() };
    props.onRule({ account: account.trim() || '*', role: role.trim() || '*', ...from, ...tagged, opener });
    setAccount('');
    setRole('');
    setTag('');
  };
  const note = openerNote(opener, t.openers.notes);
  return (
    <form className="rules__form" onSubmit={add}>
      <RuleText label={t.settings.ruleAccount} maxLength={128} value={account} onValue={setAccount} />
      <RuleText label={t.settings.ruleRole} maxLength={64} value={role} onValue={setRole} />
      <RuleText label={t.consoleRules.tag} maxLength={64} value={tag} onValue={setTag} />
      {sessions.length > 1 && (
        <Select
          wide
          label={t.table.source}
          value={ssoSession}
          options={[
            { value: '', label: t.table.everywhere },
            ...sessions.map(({ id, name }) => ({ value: id, label: displayText(name) })),
          ]}
          onChange={setSsoSession}
        />
      )}
      <div className="rules__place">
        <OpenerSelect wide label={t.openers.label} openers={props.openers} value={opener} onChange={setOpener} />
      </div>
      <Button type="submit" icon="plus">
        {t.consoleRules.add}
      </Button>
      {note !== '' && <p className="line__note rules__note">{note}</p>}
    </form>
  );
}

function RuleText(props: {
  readonly label: string;
  readonly maxLength: number;
  readonly value: string;
  readonly onValue: (value: string) => void;
}): JSX.Element {
  // Another form of the page asks for an account and a role as well: a name to say or to hear tells which.
  const title = useText().t.settings.entries.consoleRules.label;
  return (
    <TextInput
      aria-label={`${title}: ${props.label}`}
      placeholder={props.label}
      maxLength={props.maxLength}
      value={props.value}
      onChange={(event) => props.onValue(event.target.value)}
    />
  );
}

function whom({ account, role, tag, ssoSession }: Rules[number]): string {
  const parts = [
    account,
    role,
    ...(tag === undefined ? [] : [`#${tag}`]),
    ...(ssoSession === undefined ? [] : [ssoSession]),
  ];
  return parts.map((part) => displayText(part)).join(' · ');
}

function movedUp(rules: Rules, at: number): Rules {
  const moved = rules.filter((_rule, other) => other === at);
  const others = rules.filter((_rule, other) => other !== at);
  return [...others.slice(0, at - 1), ...moved, ...others.slice(at - 1)];
}
