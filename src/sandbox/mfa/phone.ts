import { createHash } from 'node:crypto';
import { decodeBase32 } from './base32.ts';

/** One entry of the phone's authenticator: what a scanned QR code left there. */
export interface PhoneEntry {
  readonly id: string;
  readonly label: string;
  readonly issuer: string;
  readonly seed: Buffer;
}

/** The sandbox's authenticator app. It knows seeds only from what was scanned or pasted, as a real one. */
export class Phone {
  readonly #entries = new Map<string, PhoneEntry>();

  get entries(): readonly PhoneEntry[] {
    return [...this.#entries.values()];
  }

  /** Adds what an `otpauth://totp/…` URI or a bare Base32 seed says. Undefined when it is neither. The same seed again replaces its entry. */
  scan(text: string, fallbackLabel = 'Amazon Web Services'): PhoneEntry | undefined {
    const scanned = text.trim().startsWith('otpauth:') ? parseOtpauth(text.trim()) : parseSeed(text, fallbackLabel);
    if (scanned === undefined) {
      return undefined;
    }
    const entry = { id: createHash('sha256').update(scanned.seed).digest('hex').slice(0, 16), ...scanned };
    this.#entries.set(entry.id, entry);
    return entry;
  }

  remove(id: string): void {
    this.#entries.delete(id);
  }
}

function parseSeed(text: string, label: string): Omit<PhoneEntry, 'id'> | undefined {
  const seed = decodeBase32(text);
  return seed === undefined || seed.length < 10 ? undefined : { label, issuer: 'Amazon Web Services', seed };
}

/** Source: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
function parseOtpauth(text: string): Omit<PhoneEntry, 'id'> | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const seed = decodeBase32(url?.searchParams.get('secret') ?? '');
  if (url === undefined || url.host !== 'totp' || seed === undefined || seed.length < 10) {
    return undefined;
  }
  const label = safeDecode(url.pathname.slice(1));
  const issuer = url.searchParams.get('issuer') ?? label.split(':')[0] ?? '';
  return { label: label.includes(':') ? label.slice(label.indexOf(':') + 1).trim() : label, issuer, seed };
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
