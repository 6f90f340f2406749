/** Thrown by a function that needs what is not at hand: the template is rendered again once it is. */
export class NotYet extends Error {
  override readonly name = "NotYet";
  readonly ready: () => Promise<void>;

  constructor(ready: () => Promise<void>) {
    super("a value is not available yet");
    this.ready = ready;
  }
}
