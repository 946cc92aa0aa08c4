import { startBroker, type Broker } from '../broker/start-broker.ts';
import type { BrokerUse } from '../broker/broker-routes.ts';
import type { Secret } from '../model/secret.ts';
import { findReferenced } from '../session/keys/helper-line.ts';
import type { Surroundings } from '../session/ports.ts';
import type { ServingCore } from './core.ts';
import { plainAsker } from './plain-text.ts';
import { settleOnAbort } from './settle-on-abort.ts';

/** What the app gives its broker. */
export interface BrokerHost {
  readonly surroundings: Surroundings;
  readonly core: ServingCore;
  readonly version: string;
  /** Another start of the app, or a program, wants the window seen. */
  readonly show: () => void;
}

/** Lets the user's programs ask this app for credentials. Undefined when another app serves them already: then this one should show that one and end. */
export function serveBroker({ surroundings, core, version, show }: BrokerHost): Promise<Broker | undefined> {
  return startBroker({ surroundings, version, show, credentials: (use) => handOut(core, use) });
}

async function handOut(core: ServingCore, use: BrokerUse): Promise<Secret> {
  const { credentials, format } = core.services;
  // The socket is there before the app has started: that is how one of several apps is chosen.
  await settleOnAbort(core.rulesKnown, use.signal);
  const target = named(core, use.target);
  const held = await core.roles.run({ ...use, target, asker: plainAsker(use.asker), userAsked: false }, (call) =>
    credentials.get(target, call, { fresh: use.fresh }),
  );
  return format(held, undefined, 'json');
}

/** Helper lines name a profile by an id where its own name could not stand in a shell's line. */
function named(core: ServingCore, target: BrokerUse['target']): BrokerUse['target'] {
  if (target.kind !== 'profile') {
    return target;
  }
  const profile = findReferenced(core.state.get().profiles, target.profile);
  return profile === undefined ? target : { kind: 'profile', profile: profile.name };
}
