import type { NetError } from "../../host/net/net_error.ts";

/** The steps to an answer of a server, in order. */
export const STAGES = ["dns", "connect", "tls", "answer"] as const;
export type Stage = typeof STAGES[number];

/** Returns at which stage a connection has failed; undefined where the error does not say it. */
export function findFailedStage({ kind }: NetError): Stage | undefined {
  switch (kind) {
    case "dns":
      return "dns";
    case "refused":
    case "timeout":
      return "connect";
    case "tls":
      return "tls";
    default:
      return undefined;
  }
}

const PRIVATE = /^(?:10\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[?f[cd][0-9a-f]{2}:|\[?fe80:)/i;

/** Returns whether a host is an address that only its own network reaches (RFC 1918, RFC 4193, RFC 3927). */
export function isPrivateAddress(host: string): boolean {
  return PRIVATE.test(host);
}
