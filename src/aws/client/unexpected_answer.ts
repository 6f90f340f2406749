/** An answer that no AWS API gives: something else stands in between, or the wrong thing at the address. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";
  readonly host: string;
  readonly status: number;
  readonly found: string;
  /** Read by the SDK's retry strategy: absent means that another try is pointless. */
  readonly $retryable?: { readonly throttling: boolean };

  constructor(input: { readonly host: string; readonly status: number; readonly found: string }) {
    super(`${input.found} with status ${input.status} from ${input.host}`);
    this.host = input.host;
    this.status = input.status;
    this.found = input.found;
    if (input.status >= 500 || input.status === 429) this.$retryable = { throttling: input.status === 429 };
  }
}
