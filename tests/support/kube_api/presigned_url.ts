import { createHash, createHmac } from "node:crypto";
import type { StandinKey } from "../standin/keys.ts";

export interface Presigned {
  readonly url: URL;
  /** Of the request that is to be made, besides host; lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly keys: ReadonlyMap<string, StandinKey>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const EMPTY = createHash("sha256").digest("hex");
/** EKS takes tokens for that long, whatever X-Amz-Expires says. */
const LIFETIME_MS = 15 * 60_000;

/** Whose presigned GET this is: the caller's ARN, or why it is refused, as STS and the EKS authenticator check it. */
export function presignedBy({ url, headers, keys, now }: Presigned): { arn: string } | { refusal: string } {
  const at = (name: string) => url.searchParams.get(`X-Amz-${name}`) ?? "";
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) return { refusal: `parameter ${unknown}` };
  const [keyId = "", date, region, service] = at("Credential").split("/");
  const key = keys.get(keyId);
  if (key === undefined || at("Security-Token") !== (key.sessionToken ?? "")) return { refusal: "unknown key" };
  if (key.expired) return { refusal: "expired key" };
  if (service !== "sts" || !url.host.startsWith(`sts.${region}.`)) return { refusal: "wrong host" };
  const time = Date.parse(at("Date").replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (!(Math.abs(now - time) <= LIFETIME_MS)) return { refusal: "expired token" };
  if (!at("SignedHeaders").split(";").includes("x-k8s-aws-id")) return { refusal: "cluster not signed" };
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", at("Date"), scope, digest(canonical(url, headers))].join("\n");
  const signing = scope.split("/").reduce<string | Uint8Array>(hmac, `AWS4${key.secretAccessKey}`);
  const signature = hmac(signing, text).toString("hex");
  return signature === at("Signature") ? { arn: key.principal } : { refusal: "wrong signature" };
}

const PARAMETERS = [
  ...["Action", "Version"],
  ...["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Security-Token", "Signature"]
    .map((name) => `X-Amz-${name}`),
];

function canonical(url: URL, headers: Readonly<Record<string, string>>): string {
  const query = [...url.searchParams].filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`).sort().join("&");
  const signed = url.searchParams.get("X-Amz-SignedHeaders")!.split(";");
  const all: Readonly<Record<string, string>> = { ...headers, host: url.host };
  const lines = signed.map((name) => `${name}:${all[name] ?? ""}\n`).join("");
  return ["GET", url.pathname, query, lines, signed.join(";"), EMPTY].join("\n");
}

function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Uint8Array, text: string) {
  return createHmac("sha256", key).update(text).digest();
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
