import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";

/** The API server of a cluster. */
export interface ApiServer {
  /** https URL. */
  readonly url: string;
  /** PEM certificates to trust besides the built-in ones. */
  readonly caCerts: readonly string[];
  /** URL of the proxy that leads to it; undefined for what the environment says. */
  readonly proxy?: string | undefined;
}

/** What an API server has answered. */
export interface ApiAnswer {
  readonly status: number;
  /** The answer as JSON; undefined where it is none, as from a proxy. */
  readonly body: ApiBody | undefined;
  readonly contentType: string;
}

/** A Kubernetes object, or a Status. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
export type ApiBody = Readonly<Record<string, unknown>>;

interface ApiRequest {
  readonly path: string;
  readonly token?: string;
  /** An object to create. */
  readonly create?: ApiBody;
}

const TIMEOUT_MS = 10_000;

/** Returns what an API server answers, whatever its status. Permission: net. Throws NetError where there is no answer. */
export async function askServer(
  host: Needs<"net">,
  server: ApiServer,
  { path, token, create }: ApiRequest,
): Promise<ApiAnswer> {
  const { status, headers, body } = await host.net.fetch({
    url: `${server.url.replace(/\/+$/, "")}${path}`,
    method: create === undefined ? "GET" : "POST",
    headers: {
      "accept": "application/json",
      ...(token === undefined ? {} : { "authorization": `Bearer ${token}` }),
      ...(create === undefined ? {} : { "content-type": "application/json" }),
    },
    caCerts: server.caCerts,
    timeoutMs: TIMEOUT_MS,
    ...(server.proxy === undefined ? {} : { proxy: server.proxy }),
    ...(create === undefined ? {} : { body: JSON.stringify(create) }),
  });
  return { status, body: parseObject(lenientUtf8(body)), contentType: headers["content-type"] ?? "" };
}

function parseObject(text: string): ApiBody | undefined {
  try {
    return readObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Returns the value where it is a JSON object. */
export function readObject(value: unknown): ApiBody | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value as ApiBody : undefined;
}

/** Returns the text in a field of an answer; undefined where there is none. */
export function readText(object: ApiBody | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === "string" ? value : undefined;
}

/** Returns the texts in a list of an answer. */
export function readTexts(object: ApiBody | undefined, key: string): readonly string[] {
  const value = object?.[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
