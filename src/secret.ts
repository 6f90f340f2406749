import { recordSecret } from "./hidden_texts.ts";

const MASK = "[secret]";

/**
 * A value that must not be printed: every way of turning it into text gives `[secret]`, except {@link Secret.reveal}. No
 * message repeats it either, such as one of a server that echoes what it was sent.
 */
export class Secret {
  readonly #value: string;

  /** With `isShown` messages may repeat the value: a user's name, the id of a key. */
  constructor(value: string, { isShown = false }: { readonly isShown?: boolean } = {}) {
    this.#value = value;
    if (!isShown) recordSecret(value);
  }

  /** The only way out; grep for it to find every place that uses a secret. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [Symbol.for("Deno.customInspect")](): string {
    return MASK;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return MASK;
  }
}
