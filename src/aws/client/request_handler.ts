import type { Needs, NetRequest, NetResponse } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { isHtmlPage } from "./html_page.ts";
import { UnexpectedAnswer } from "./sdk_error.ts";

/** What the SDK hands to a handler; only what this program's calls use. */
interface SdkRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

interface RequestHandler {
  handle(request: SdkRequest): Promise<{ response: SdkResponse }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** Longer than any answer of these APIs takes; with retries it bounds how long a dead peer can hold a command. */
const TIMEOUT_MS = 15_000;
/** A second silence is a call's last: five times 15 s is more than anybody waits. */
export const MAX_TIMEOUTS = 2;
export const WORTH_RETRYING: ReadonlySet<string> = new Set(["reset", "refused", "dns", "timeout"]);

/** An HTTP handler for AWS SDK clients over `host.net`. Its failures are NetError and UnexpectedAnswer. */
export function requestHandler(
  host: Needs<"net">,
  input: { readonly caCerts?: readonly string[]; readonly timeoutMs?: number },
): RequestHandler {
  const silences = new Map<string, number>();
  return {
    async handle(request) {
      const sent = { ...netRequest(request), timeoutMs: TIMEOUT_MS, ...input };
      const answer = await send(host, sent).catch((error) => {
        if (!(error instanceof NetError && error.kind === "timeout")) throw markRetryable(error);
        const call = request.headers["amz-sdk-invocation-id"] ?? "";
        const seen = (silences.get(call) ?? 0) + 1;
        silences.set(call, seen);
        throw seen < MAX_TIMEOUTS ? markRetryable(error) : error;
      });
      refuseNoAnswer(answer, request.hostname);
      return { response: { statusCode: answer.status, headers: { ...answer.headers }, body: answer.body } };
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  };
}

async function send({ net, log }: Needs<"net">, request: NetRequest): Promise<NetResponse> {
  if (log?.isOn !== true) return await net.fetch(request);
  const { logCall } = await import("./logged_call.ts");
  return await logCall(log, { request, send: () => net.fetch(request) });
}

function netRequest(request: SdkRequest): NetRequest {
  const { host: _ofTheUrl, ...headers } = request.headers;
  const port = request.port === undefined ? "" : `:${request.port}`;
  return {
    url: `${request.protocol}//${request.hostname}${port}${request.path}${queryString(request.query ?? {})}`,
    method: request.method,
    headers,
    ...(request.body === undefined ? {} : { body: request.body as Uint8Array | string }),
  };
}

/** Spelt as the signature counts it: RFC 3986 escapes, keys in order. */
function queryString(query: NonNullable<SdkRequest["query"]>): string {
  const pairs = Object.entries(query).toSorted(([a], [b]) => a < b ? -1 : 1).flatMap(([key, value]) =>
    [value ?? ""].flat().map((one) => `${escapeCharacters(key)}=${escapeCharacters(one)}`)
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

function escapeCharacters(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The SDK's retry strategy knows Node's error codes, not ours; `$retryable` is its word for "try again". */
function markRetryable(error: unknown): unknown {
  return error instanceof NetError && WORTH_RETRYING.has(error.kind)
    ? Object.assign(error, { $retryable: { throttling: false } })
    : error;
}

/**
 * No AWS API of ours answers in HTML: what does is a proxy, a captive portal or a load balancer in trouble. Where a call
 * went well, the answer is an object, XML or empty: the SDK would take any other JSON apart, character by character.
 */
function refuseNoAnswer({ status, body }: NetResponse, hostname: string): void {
  if (isHtmlPage(body)) throw new UnexpectedAnswer({ host: hostname, status, found: "an HTML page" });
  if (status >= 300 || /^\s*(?:[{<]|$)/.test(new TextDecoder().decode(body.slice(0, 200)))) return;
  throw new UnexpectedAnswer({ host: hostname, status, found: "neither a JSON object nor XML" });
}
