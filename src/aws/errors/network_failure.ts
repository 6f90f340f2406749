import { AppError, type ErrorCode } from "../../errors.ts";
import type { NetError, NetErrorKind } from "../../host/net/net_error.ts";
import type { Failure } from "./aws_error.ts";
import { getAttempts } from "../client/sdk_error.ts";

const CODES: Readonly<Record<NetErrorKind, ErrorCode>> = {
  "dns": "unreachable",
  "refused": "unreachable",
  "reset": "unreachable",
  "tls": "unreachable",
  "other": "unreachable",
  "too-large": "unreachable",
  "bad-proxy": "config-invalid",
  "timeout": "timeout",
  "aborted": "interrupted",
  "not-allowed": "host-not-allowed",
};

/** With these it is the proxy that did not do its part; with the others it may as well be the host behind it. */
const OF_THE_PROXY: ReadonlySet<NetErrorKind> = new Set(["dns", "refused", "other", "bad-proxy"]);

/** No answer came: "unreachable", "timeout", "config-invalid" for an unusable proxy, "host-not-allowed" with the remedy. */
export function networkFailure(failure: Pick<Failure, "doing">, error: NetError): AppError {
  const attempts = getAttempts(error);
  const tries = attempts > 1 ? ` (${attempts} attempts)` : "";
  const found = error.kind === "not-allowed" ? error.message : `${describeBlame(error)}${tries}`;
  return new AppError(CODES[error.kind], `Cannot ${failure.doing}: ${found}`, {
    hint: hint(error),
    cause: error,
    facts: { host: error.host, kind: error.kind },
  });
}

function describeBlame({ host, kind, message, proxy }: NetError): string {
  if (proxy === undefined) return `${host}: ${message}`;
  const named = `proxy ${proxy.address} of ${proxy.variable}`;
  return OF_THE_PROXY.has(kind) ? `${named}: ${message}` : `${host}: ${message}, through ${named}`;
}

function hint(error: NetError): string {
  const name = error.host.replace(/:\d+$/, "");
  if (error.remedy !== undefined) return error.remedy;
  if (error.proxy !== undefined) return `Correct or unset ${error.proxy.variable}, or add ${name} to NO_PROXY`;
  switch (error.kind) {
    case "tls":
      return "Behind a TLS-inspecting proxy, set AWS_CA_BUNDLE to a file with its certificate";
    case "dns":
      return `Check the region, the network and AWS_ENDPOINT_URL: ${name} is not known`;
    case "too-large":
      return `Check what responds as ${name}: HTTPS_PROXY, AWS_ENDPOINT_URL or endpoint_url may point to a host other than AWS`;
    default:
      return "Check the network, HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL";
  }
}
