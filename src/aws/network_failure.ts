import { AppError, type ErrorCode } from "../errors.ts";
import type { NetError, NetErrorKind } from "../host/net_error.ts";
import type { Failure } from "./failure_context.ts";
import { attemptsOf } from "./sdk_error.ts";

const CODES: Readonly<Record<NetErrorKind, ErrorCode>> = {
  "dns": "unreachable",
  "refused": "unreachable",
  "reset": "unreachable",
  "tls": "unreachable",
  "other": "unreachable",
  "timeout": "timeout",
  "aborted": "interrupted",
  "not-allowed": "host-not-allowed",
};

/** No answer came: "unreachable", "timeout", or "host-not-allowed" with the way to allow the host. */
export function networkFailure(failure: Failure, error: NetError): AppError {
  const attempts = attemptsOf(error);
  const tries = attempts > 1 ? ` (${attempts} attempts)` : "";
  const found = error.kind === "not-allowed"
    ? `this build may not connect to ${error.host}`
    : `${error.host}: ${error.message}${tries}`;
  return new AppError(CODES[error.kind], `Cannot ${failure.doing}: ${found}`, {
    hint: hint(error),
    cause: error,
    facts: { host: error.host, kind: error.kind },
  });
}

function hint(error: NetError): string {
  const name = error.host.replace(/:\d+$/, "");
  switch (error.kind) {
    case "not-allowed":
      return `Build one that may: deno task compile --allow-host ${name}`;
    case "tls":
      return "Behind a TLS-inspecting proxy, set AWS_CA_BUNDLE to a file with its certificate.";
    case "dns":
      return `Check the region, the network and AWS_ENDPOINT_URL: ${name} is not known.`;
    default:
      return "Check the network, HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL.";
  }
}
