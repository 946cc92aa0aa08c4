import { useState, type JSX } from 'react';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { Kbd } from '../components/kbd.tsx';
import { Notice } from '../components/notice.tsx';
import { RemoveButton } from '../components/remove-button.tsx';
import { SearchField } from '../components/search-field.tsx';
import { Select } from '../components/select.tsx';
import { TextLink } from '../components/text-link.tsx';
import { TextInput } from '../components/text-input.tsx';
import { ToggleLine } from '../dialogs/toggle-line.tsx';
import { DigitsField } from '../prompt/digits-field.tsx';
import { useShell } from '../shell/shell-context.tsx';
import { GalleryCard } from './gallery-card.tsx';
import '../dialogs/dialogs.css';
import '../prompt/prompt.css';

/** Buttons, fields, notices and menus. */
export function ControlCards(): JSX.Element {
  return (
    <>
      <Buttons />
      <Fields />
      <GalleryCard name="Badge, Kbd, link">
        <div className="gallery__line">
          <Badge>neutral</Badge>
          <Badge tone="ok">ready</Badge>
          <Badge tone="warn">2 problems</Badge>
          <Badge tone="danger" icon="shield">
            guarded
          </Badge>
          <Badge tone="accent">demo</Badge>
          <Kbd keys={['Ctrl', 'Shift', 'C']} />
          <Kbd keys={['↵']} />
          <TextLink onFollow={() => undefined}>Profile admin-role</TextLink>
        </div>
      </GalleryCard>
      <GalleryCard name="Notice, Toast">
        <Notice
          severity="info"
          message="Your SSO token is kept in ~/.aws/sso/cache."
          hint="As the AWS CLI does."
          actions={<Button size="sm">Understood</Button>}
        />
        <Notice severity="warning" message="You are offline" hint="You see what was last known." />
        <Notice
          severity="error"
          message="AWS did not accept the code."
          hint="Wait for the next one."
          dismiss={{ label: 'Dismiss', run: () => undefined }}
        />
        <Notice
          floating
          severity="ok"
          message="Credentials copied for bash / zsh"
          hint="The clipboard is cleared in 1m."
          dismiss={{ label: 'Dismiss toast', run: () => undefined }}
        />
      </GalleryCard>
    </>
  );
}

function Buttons(): JSX.Element {
  const { menus } = useShell();
  return (
    <GalleryCard name="Button, IconButton, RemoveButton, Menu">
      <div className="gallery__line">
        <Button variant="primary">Primary</Button>
        <Button>Secondary</Button>
        <Button variant="quiet">Quiet</Button>
        <Button variant="danger">Danger</Button>
      </div>
      <div className="gallery__line">
        <Button variant="primary" size="sm" icon="sign-in">
          Small
        </Button>
        <Button size="sm" icon="copy">
          With icon
        </Button>
        <Button disabled>Disabled</Button>
        <Button busy>Busy</Button>
      </div>
      <div className="gallery__line">
        <IconButton icon="copy" label="Copy" />
        <IconButton icon="star" solid className="star star--on" label="Unpin" />
        <IconButton icon="settings" size="md" label="Settings" />
        <RemoveButton label="Remove" onRemove={() => {}} />
        <Button
          icon="more"
          aria-haspopup="menu"
          onClick={(event) =>
            menus.open({
              label: 'Sample',
              anchor: event.currentTarget,
              entries: [
                { kind: 'heading', id: 'h', label: 'Copy credentials for' },
                { kind: 'item', id: 'a', label: 'bash / zsh', checked: true, run: () => undefined },
                { kind: 'item', id: 'b', label: 'fish', checked: false, run: () => undefined },
                { kind: 'line', id: 'l' },
                { kind: 'item', id: 'c', label: 'Open console', icon: 'open', keys: ['↵'], run: () => undefined },
                { kind: 'item', id: 'd', label: 'Remove…', icon: 'trash', tone: 'danger', run: () => undefined },
              ],
            })
          }
        >
          Menu
        </Button>
      </div>
    </GalleryCard>
  );
}

function Fields(): JSX.Element {
  const [query, setQuery] = useState('prod adm');
  const [on, setOn] = useState(true);
  const [format, setFormat] = useState('bash');
  return (
    <GalleryCard name="Field, Select, Switch, SearchField">
      <Field label="Start URL" hint="As in the invitation from your administrator.">
        {(control) => <TextInput {...control} placeholder="https://acme.awsapps.com/start" />}
      </Field>
      <Field label="Name" error="There is one of this name already.">
        {(control) => <TextInput {...control} defaultValue="acme" />}
      </Field>
      <Select
        label="Format"
        value={format}
        options={[
          { value: 'bash', label: 'bash / zsh' },
          { value: 'fish', label: 'fish' },
        ]}
        onChange={setFormat}
      />
      <div className="gallery__line gallery__wide">
        <SearchField
          boxed
          label="Search accounts and roles"
          clearLabel="Clear search"
          value={query}
          onValue={setQuery}
        />
      </div>
      <ToggleLine
        label="Renew by itself"
        hint="Keeps you signed in as long as your administrator allows."
        checked={on}
        onChange={setOn}
      />
      <ToggleLine
        label="Start at login"
        hint="Rolecall waits in the tray."
        checked={!on}
        onChange={(checked) => setOn(!checked)}
      />
      <Field label="Code shown by ada-phone">
        {(control) => (
          <DigitsField control={control} disabled={false} onCode={() => undefined} onWrong={() => undefined} />
        )}
      </Field>
    </GalleryCard>
  );
}
