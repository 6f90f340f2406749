/** A variable that cannot be read. Its value, which may be a secret, is not told. */
export class EnvError extends RangeError {
  override readonly name = "EnvError";

  constructor(readonly variable: string) {
    super(`the value of the environment variable ${variable} is not UTF-8`);
  }
}
