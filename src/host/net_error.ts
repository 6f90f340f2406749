/** Why no answer came back over the network. */
export type NetErrorKind = "dns" | "refused" | "reset" | "tls" | "timeout" | "not-allowed" | "aborted" | "other";

/** A network exchange that gave no answer: the host it was for, and why. */
export class NetError extends Error {
  override readonly name = "NetError";
  constructor(
    readonly kind: NetErrorKind,
    /** Host and port as in the URL. */
    readonly host: string,
    detail: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(detail, options);
  }
}
