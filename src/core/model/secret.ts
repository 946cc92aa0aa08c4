/**
 * A value that must never be shown: keys, tokens, codes, signed URLs.
 *
 * Printing, logging or serialising one gives `[secret]`; only `reveal()` gives the text, so every place that does is found by
 * searching for that word.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. Call it at the last moment, where the bytes leave for the file, socket or clipboard they are meant for. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
