import type { NetRequest, NetResponse } from "../../../src/host/host.ts";

/** Texts that a terminal, a shell, YAML or an INI file would obey. */
export const BAIT = "x\n\x1b[31mred\x07 $(touch pwned) `touch pwned`\n[default]\nexec: {command: pwned}\n<<EOF\u009b";

/** What stands in place of a right value; undefined: the field is missing. */
export const HOSTILE: Readonly<Record<string, unknown>> = {
  "missing": undefined,
  "null": null,
  "5": 5,
  "-1": -1,
  "1e18": 1e18,
  "true": true,
  "[]": [],
  "{}": {},
  '""': "",
  "bait": BAIT,
  "1 MB": "x".repeat(1_048_576),
  "proto": JSON.parse('{"__proto__": {"length": 1}, "constructor": 5}'),
};

/** Where a value is: in an answer of this call, the steps to it. */
export interface Spot {
  readonly call: string;
  readonly steps: readonly string[];
}

export function spotName({ call, steps }: Spot): string {
  return `${call} ${steps.join(".")}`;
}

/** The name of the call, as this test tells calls apart. */
export function callName({ method, url, headers, body }: NetRequest): string {
  const target = headers["x-amz-target"] ?? "";
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  const action = /(?:^|&)Action=(\w+)/.exec(text)?.[1] ?? new URL(url).searchParams.get("Action");
  return action || target.split(".").at(-1) || `${method} ${new URL(url).pathname}`;
}

/** Every value of an answer, itself too: objects, lists and what is in them. */
export function spotsIn(call: string, response: NetResponse): readonly Spot[] {
  const text = new TextDecoder().decode(response.body);
  if (text.startsWith("<")) return xmlFields(text).map((field) => ({ call, steps: [field] }));
  return text === "" ? [] : stepsIn(JSON.parse(text)).map((steps) => ({ call, steps }));
}

function stepsIn(value: unknown, steps: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [steps];
  return [steps, ...Object.entries(value).flatMap(([key, inner]) => stepsIn(inner, [...steps, key]))];
}

/** Those without elements of their own. */
function xmlFields(text: string): readonly string[] {
  return [...text.matchAll(/<(\w+)>[^<]*<\/\1>/g)].map(([, name]) => name!).filter((name) => name !== "RequestId");
}

/** The answer with another value at the spot. */
export function replaceAt(response: NetResponse, { steps }: Spot, value: unknown): NetResponse {
  const text = new TextDecoder().decode(response.body);
  const changed = text.startsWith("<")
    ? inXml(text, steps[0]!, value)
    : JSON.stringify(inJson(JSON.parse(text), steps, value));
  const { "content-length": _length, ...headers } = response.headers;
  return { ...response, headers, body: new TextEncoder().encode(changed ?? "") };
}

function inJson(value: unknown, [first, ...rest]: readonly string[], to: unknown): unknown {
  if (first === undefined) return to;
  const inner = inJson((value as Readonly<Record<string, unknown>>)[first], rest, to);
  if (Array.isArray(value)) return value.toSpliced(Number(first), 1, ...(inner === undefined ? [] : [inner]));
  return { ...value as object, [first]: inner };
}

function inXml(text: string, field: string, value: unknown): string {
  const escaped = (typeof value === "string" ? value : JSON.stringify(value))?.replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;").replaceAll(/\p{Cc}/gu, (one) => `&#${one.charCodeAt(0)};`);
  const whole = new RegExp(`<${field}>[^<]*</${field}>`);
  return text.replace(whole, () => escaped === undefined ? "" : `<${field}>${escaped}</${field}>`);
}
