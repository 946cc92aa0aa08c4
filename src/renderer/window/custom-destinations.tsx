import { useState, type JSX, type SyntheticEvent } from 'react';
import type { Settings } from '../../shared/settings.ts';
import { Button } from '../components/button.tsx';
import { RemoveButton } from '../components/remove-button.tsx';
import { TextInput } from '../components/text-input.tsx';
import { isAddress } from '../model/destinations.ts';
import { displayText } from '../model/display-text.ts';
import { useText } from '../shell/use-text.ts';

/** The user's own pages of the console. */
export function CustomDestinations(props: {
  readonly settings: Settings;
  readonly change: (changes: Partial<Settings>) => void;
}): JSX.Element {
  const { t } = useText();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const { customDestinations } = props.settings;
  const ready = name.trim() !== '' && isAddress(url);
  const add = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (ready) {
      props.change({ customDestinations: [...customDestinations, { name: name.trim(), url: url.trim() }] });
      setName('');
      setUrl('');
    }
  };
  return (
    <div className="rules">
      {customDestinations.map((destination, at) => (
        <div key={`${destination.name}:${destination.url}`} className="rules__row">
          <bdi className="rules__narrow truncate">{displayText(destination.name)}</bdi>
          <bdi className="line__words truncate">{displayText(destination.url)}</bdi>
          <RemoveButton
            label={`${t.settings.removeDestination}: ${displayText(destination.name)}`}
            onRemove={() =>
              props.change({ customDestinations: customDestinations.filter((_destination, other) => other !== at) })
            }
          />
        </div>
      ))}
      <form className="rules__row" onSubmit={add}>
        <TextInput
          className="rules__narrow"
          aria-label={t.settings.destinationName}
          placeholder={t.settings.destinationName}
          maxLength={64}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextInput
          aria-label={t.settings.destinationUrl}
          placeholder="https://{region}.console.aws.amazon.com/…"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
        />
        <Button type="submit" icon="plus" disabled={!ready}>
          {t.settings.addDestination}
        </Button>
      </form>
    </div>
  );
}
