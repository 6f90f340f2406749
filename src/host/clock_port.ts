/** No permission. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** When this program began, in the same time: a command is what its user wanted then. */
  readonly started: number;
  sleep(ms: number): Promise<void>;
  /** What may end the wait for a lock, and what comes after it. */
  readonly interruption?: Interruption;
}

export interface Interruption {
  /** Throws once nothing is to be waited for any more. */
  stopWaiting(): void;
  /** Throws once the thing itself is not to be done any more: of all that it is for, or of one identity alone. */
  refuse(identity?: string): void;
}
