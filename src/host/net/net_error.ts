import type { Proxy } from "./proxy.ts";

/** Why no answer came back over the network. */
export type NetErrorKind =
  | "dns"
  | "refused"
  | "reset"
  | "tls"
  | "timeout"
  | "not-allowed"
  | "bad-proxy"
  | "aborted"
  | "too-large"
  | "other";

interface NetErrorDetails {
  readonly cause?: unknown;
  /** The proxy that failed, or that the failed exchange went through. */
  readonly proxy?: Proxy;
  /** What a person can do about it. */
  readonly remedy?: string;
}

/** A network exchange that gave no answer: the host it was for, and why. */
export class NetError extends Error {
  override readonly name = "NetError";
  readonly proxy?: Proxy;
  readonly remedy?: string;
  constructor(
    readonly kind: NetErrorKind,
    /** Host and port as in the URL. */
    readonly host: string,
    detail: string,
    details: NetErrorDetails = {},
  ) {
    super(detail, details.cause === undefined ? undefined : { cause: details.cause });
    if (details.proxy !== undefined) this.proxy = details.proxy;
    if (details.remedy !== undefined) this.remedy = details.remedy;
  }
}
