import { useState, type JSX, type SyntheticEvent } from 'react';
import { Button } from '../components/button.tsx';
import { Field } from '../components/field.tsx';
import { TextInput } from '../components/text-input.tsx';
import type { Cell } from '../state/cell.ts';
import { useAppState } from '../shell/use-app-state.ts';
import { useText } from '../shell/use-text.ts';
import { useAddSso, type AddSsoDraft } from './use-add-sso.ts';
import { RegionInput } from './region-input.tsx';
import './dialogs.css';

/** Asks for an Identity Center: its start URL; the rest is found or suggested. Signs in right after. */
export function AddSsoForm(props: {
  readonly startUrl: string;
  readonly region?: string | undefined;
  /** Keeps what is typed where the form may leave the page meanwhile. */
  readonly kept?: Cell<AddSsoDraft | undefined>;
  readonly onDone?: () => void;
  readonly onCancel?: (() => void) | undefined;
}): JSX.Element {
  const { t } = useText();
  const taken = useAppState((state) => state.ssoSessions);
  // The demo has one Identity Center: until it is there, it is the one to add.
  const sandbox = useAppState((state) => state.app.sandbox);
  const offered = taken.some(({ startUrl }) => startUrl === sandbox?.startUrl) ? undefined : sandbox;
  const startUrl = props.startUrl === '' ? (offered?.startUrl ?? '') : props.startUrl;
  const region = props.region ?? (startUrl === offered?.startUrl ? offered.region : '');
  const names = taken.map(({ name }) => name);
  const form = useAddSso({ startUrl, region, taken: names }, props.kept, props.onDone);
  const [showErrors, setShowErrors] = useState(false);
  const errors = showErrors ? form.errors : {};
  const onSubmit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setShowErrors(true);
    form.submit();
  };
  return (
    <form className="form" onSubmit={onSubmit} noValidate>
      <Field label={t.addSso.startUrl} hint={t.addSso.startUrlHint} error={form.refused ?? errors.startUrl}>
        {(control) => (
          <TextInput
            {...control}
            autoFocus
            data-focus-first
            inputMode="url"
            placeholder="https://acme.awsapps.com/start"
            value={form.startUrl}
            onChange={(event) => form.setStartUrl(event.target.value)}
            onBlur={() => setShowErrors(form.startUrl !== '')}
          />
        )}
      </Field>
      <Field label={t.addSso.region} hint={form.regionHint} error={errors.region}>
        {(control) => <RegionInput control={control} value={form.region} onValue={form.setRegion} />}
      </Field>
      <Field label={t.addSso.name} hint={t.addSso.nameHint} error={errors.name}>
        {(control) => (
          <TextInput {...control} value={form.name} onChange={(event) => form.setName(event.target.value)} />
        )}
      </Field>
      <div className="form__foot">
        {props.onCancel !== undefined && <Button onClick={props.onCancel}>{t.common.cancel}</Button>}
        <Button type="submit" variant="primary" icon="sign-in" busy={form.busy}>
          {t.addSso.submit}
        </Button>
      </div>
    </form>
  );
}
