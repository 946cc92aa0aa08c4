import { formsOfSecret } from './known-secrets.ts';
import type { Secret } from './secret.ts';

/** What stands in a log where a secret was. */
export const MASK = '[secret]';

/** A line longer than this is left out whole: cutting it anywhere could cut a secret so that neither half is known. */
const MAX_BLOCK_LENGTH = 262_144;
const TAIL_LENGTH = 1024;

/** The names under which secrets are printed, in any case, `_`, `-` or nothing between their words. */
const SECRET_NAMES = [
  'secret[_-]?access[_-]?key',
  'session[_-]?token',
  'security[_-]?token',
  'access[_-]?token',
  'refresh[_-]?token',
  'id[_-]?token',
  'auth[_-]?token',
  'signin[_-]?token',
  'web[_-]?identity[_-]?token',
  'client[_-]?secret',
  'device[_-]?code',
  'authorization[_-]?code',
  'code[_-]?verifier',
  'base32[_-]?string[_-]?seed',
  'totp[_-]?seed',
  'amz[_-]?signature',
  'amz[_-]?sso[_-]?bearer[_-]?token',
  'pass(?:word|phrase|wd)',
  'private[_-]?key',
  'assertion',
  'otpauth',
  'secret',
  'token',
].join('|');

const QUOTES = '[\\\\"\'`]{0,8}';
const GAP = '\\s{0,200}';
/** `name = `, `"name": "`, `name>`, `--name `, `['name', '`: all between a secret's name and its value. */
const BETWEEN = `(?:${QUOTES}${GAP}(?:=>|[:=>])${GAP}${QUOTES}|["'\`]\\s{0,8},\\s{0,8}["'\`]|\\s{1,8}${QUOTES}(?=\\S{16}))`;
/** A quoted value may hold spaces; a bare one ends at whatever ends a value in JSON, XML, INI, a URL or a shell. */
const VALUE =
  '(?:(?<=")(?:[^"\\\\\\n]|\\\\.){1,100000}|(?<=\')(?:[^\'\\\\\\n]|\\\\.){1,100000}|[^\\s"\'`\\\\,;&<>()[\\]{}]+)';
const MFA_NAMES =
  'token[_-]?code|authentication[_-]?code|mfa[_ -]?(?:token|code)|\\botp\\b|one[ -]time (?:pass)?(?:code|word)';

interface Rule {
  readonly pattern: RegExp;
  readonly replace: string | ((match: string) => string);
}

const RULES: readonly Rule[] = [
  // Whole headers: an AWS signature, a bearer token or a cookie has spaces in it, so the rest of the line or quote goes.
  {
    pattern: new RegExp(`((?:proxy-)?authorization|(?:set-)?cookie)(${BETWEEN})(?:[^"'\`\\r\\n\\\\])+`, 'gi'),
    replace: `$1$2${MASK}`,
  },
  { pattern: /\b(bearer|basic|dpop)(\s{1,8})[\w.~+/=-]{16,}/gi, replace: `$1$2${MASK}` },
  { pattern: /(aws4-hmac-sha256\b.{0,4096}?signature=)[0-9a-f]+/gi, replace: `$1${MASK}` },
  // Sign-in addresses and answers to them: the parameter's value, as it stands or encoded once more inside another address.
  {
    pattern:
      /((?:[?&]|%3f|%26)(?:signintoken|session|code|state|user_code|x-amz-signature|x-amz-security-token)(?:=|%3d))[^\s"'`&<>\\]+/gi,
    replace: `$1${MASK}`,
  },
  { pattern: /(otpauth:\/\/)[^\s"'`<>\\]+/gi, replace: `$1${MASK}` },
  { pattern: new RegExp(`((?:${SECRET_NAMES})s?)(${BETWEEN})(?!\\[secret\\])${VALUE}`, 'gi'), replace: `$1$2${MASK}` },
  // Values known by their look, wherever they stand: JWTs, STS session tokens, Identity Center tokens, secret access keys.
  { pattern: /\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g, replace: MASK },
  { pattern: /\b(?:FwoG|FQoG|IQoJ|AQoE|aoa|aor)[\w+/=%-]{40,}/g, replace: MASK },
  { pattern: /(?<![\w+/=-])[A-Za-z0-9+/]{40}(?![\w+/=-])/g, replace: maskIfSecretKey },
  { pattern: new RegExp(`(?:${MFA_NAMES})[^\\n]*`, 'gi'), replace: maskSixDigits },
];

/** Ends with a secret's name and nothing after it: the value stands on the next line, as Node prints long strings. */
const VALUE_FOLLOWS = new RegExp(
  `(?:${SECRET_NAMES}|authorization|cookie|${MFA_NAMES})s?${QUOTES}\\s{0,200}(?:=>|[:=>,])\\s{0,200}${QUOTES}\\s{0,200}$`,
  'i',
);

/** Takes secrets out of text for logs and error reports. */
export interface Redactor {
  /** The text without secrets. The same text always gives the same answer, and redacting twice changes nothing. */
  redact(text: string): string;
  /** A redactor for text that arrives in pieces cut anywhere. */
  stream(): RedactingStream;
  /** From now on this very value is masked too, in every encoding a log could hold. The latest `maxKnown` are kept. */
  remember(secret: Secret): void;
}

/** Text in pieces. What `push` and `end` return, put together, is what `redact` makes of the whole. */
export interface RedactingStream {
  /** Takes a piece (bytes are UTF-8) and gives what can safely be written now: whole lines. */
  push(piece: string | Uint8Array): string;
  /** Gives the rest, an unfinished last line included. */
  end(): string;
}

/** A redactor that knows secrets by name and look, and those told to `remember`. Holds no file and no timer. */
export function createRedactor(options: { readonly maxKnown?: number } = {}): Redactor {
  const maxKnown = options.maxKnown ?? 256;
  const known = new Map<string, readonly string[]>();
  const redactBlock = (block: string): string => maskByRules(maskKnown(block, known.values()));
  return {
    redact(text) {
      const stream = new LineStream(redactBlock);
      return stream.push(text) + stream.end();
    },
    stream: () => new LineStream(redactBlock),
    remember(secret) {
      const text = secret.reveal();
      known.delete(text);
      known.set(text, formsOfSecret(secret));
      for (const oldest of known.keys()) {
        if (known.size <= maxKnown) {
          break;
        }
        known.delete(oldest);
      }
    },
  };
}

/** Collects text until a line is whole and its secrets with it, redacts it, and lets it go. Holds one line at most. */
class LineStream implements RedactingStream {
  readonly #redactBlock: (block: string) => string;
  readonly #decoder = new TextDecoder('utf-8');
  #held: string[] = [];
  #heldLength = 0;
  /** The last of what is held: enough to see a name at its end. */
  #tail = '';

  constructor(redactBlock: (block: string) => string) {
    this.#redactBlock = redactBlock;
  }

  push(piece: string | Uint8Array): string {
    const text = typeof piece === 'string' ? piece : this.#decoder.decode(piece, { stream: true });
    let out = '';
    let start = 0;
    for (let newline = text.indexOf('\n'); newline >= 0; newline = text.indexOf('\n', start)) {
      this.#hold(text.slice(start, newline + 1));
      start = newline + 1;
      out += this.#valueFollows() ? '' : this.#release();
    }
    this.#hold(text.slice(start));
    return out;
  }

  end(): string {
    this.#hold(this.#decoder.decode());
    return this.#release();
  }

  #hold(text: string): void {
    this.#heldLength += text.length;
    if (this.#heldLength > MAX_BLOCK_LENGTH) {
      // Of a line that is too long nothing is kept but its length: it is left out whole.
      this.#held = [];
    } else {
      this.#held.push(text);
    }
    this.#tail = (this.#tail + text).slice(-TAIL_LENGTH);
  }

  #valueFollows(): boolean {
    return this.#heldLength <= MAX_BLOCK_LENGTH && VALUE_FOLLOWS.test(this.#tail);
  }

  #release(): string {
    const text = this.#held.join('');
    const length = this.#heldLength;
    this.#held = [];
    this.#heldLength = 0;
    this.#tail = '';
    return length > MAX_BLOCK_LENGTH ? `[a line of ${length} characters was left out]\n` : this.#redactBlock(text);
  }
}

function maskKnown(text: string, known: Iterable<readonly string[]>): string {
  let masked = text;
  for (const forms of known) {
    for (const form of forms) {
      if (masked.includes(form)) {
        masked = masked.replaceAll(form, MASK);
      }
    }
  }
  return masked;
}

function maskByRules(text: string): string {
  return RULES.reduce(
    // Two overloads of `replace`, one call each.
    (masked, { pattern, replace }) =>
      typeof replace === 'string' ? masked.replace(pattern, replace) : masked.replace(pattern, replace),
    text,
  );
}

/** 40 Base64 characters in both cases are a secret access key; git and SHA-1 ids have one case. */
function maskIfSecretKey(match: string): string {
  return /[a-z]/.test(match) && /[A-Z]/.test(match) ? MASK : match;
}

function maskSixDigits(match: string): string {
  return match.replace(/(?<!\d)\d{6}(?!\d)/g, MASK);
}
