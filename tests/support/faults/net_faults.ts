import { NetError } from "../../../src/host/net/net_error.ts";
import type { NetRequest, NetResponse } from "../../../src/host/host.ts";
import type { NetFault } from "./fault_flow.ts";

const PAGE = "<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body>Log in to the Wi-Fi.</body></html>";

/** What happens to one request in the network, or at a service. */
export const NET_FAULTS: Readonly<Record<string, NetFault>> = {
  "time-out": failing("timeout", "no response in time"),
  "reset": failing("reset", "the connection was cut"),
  "broken off": failing("reset", "the response was cut off"),
  "429": trouble(429, "TooManyRequestsException"),
  "500": trouble(500, "InternalFailure"),
  "503": trouble(503, "ServiceUnavailable"),
  "half a refusal": (_, { body }) => {
    const whole = isXml(body) ? xmlError("AccessDenied") : JSON.stringify({ error: "x", message: "AccessDenied" });
    return answer(400, whole.slice(0, whole.length / 2));
  },
  "half a body": (_, right) => ({ ...right, body: right.body.slice(0, right.body.length / 2) }),
  "an HTML page": page(200),
  "an HTML page, 503": page(503),
};

function failing(kind: "timeout" | "reset", detail: string): NetFault {
  return ({ url }: NetRequest) => {
    throw new NetError(kind, new URL(url).host, detail);
  };
}

function trouble(status: number, code: string): NetFault {
  return (_, { body }) =>
    answer(status, isXml(body) ? xmlError(code) : JSON.stringify({ __type: code, message: code }));
}

function page(status: number): NetFault {
  return () => answer(status, PAGE, "text/html");
}

function answer(status: number, text: string, type = "application/json"): NetResponse {
  return { status, headers: { "content-type": type }, body: new TextEncoder().encode(text) };
}

function isXml(body: Uint8Array): boolean {
  return body[0] === "<".charCodeAt(0);
}

function xmlError(code: string): string {
  return `<ErrorResponse><Error><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`;
}
