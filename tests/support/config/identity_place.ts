import { writeSsoSession } from "../../../src/auth/files/sso_session_file.ts";
import { readAuth } from "../../../src/auth/model/read_auth.ts";
import { NetError } from "../../../src/host/net/net_error.ts";
import type { NetRequest, NetResponse, Reader, Writer } from "../../../src/host/host.ts";
import { Secret } from "../../../src/secret.ts";
import { fakeHost } from "../host/fake_host.ts";
import { fingerprintLine } from "./fingerprint.ts";
import { locatedFrom } from "./located_from.ts";
import { MemoryFiles } from "../host/memory_files.ts";
import { TRUSTS_ALL } from "./trust.ts";

export const CREDENTIALS = "/h/.config/atmos/test/aws/sso/credentials";
const NAME = { startUrl: "https://x/start", region: "us-east-2", endpointUrl: undefined };
const MINUTE = 60_000;

const { model: read } = await readAuth(locatedFrom(`
realm: test
providers: {sso: {kind: aws/iam-identity-center, region: us-east-2, start_url: https://x/start}}
identities:
  Dev: {kind: aws/permission-set, via: {provider: sso}, principal: {name: Admin, account: "123456789012"}}
  runner: {kind: aws/ambient}
`));
const model = { ...read, trust: TRUSTS_ALL };

/** An identity behind IAM Identity Center; stored credentials are ASIASTORED, new ones ASIANEW. */
export const DEV = { model, directory: undefined, identity: "dev" };

/** What AWS does: gives credentials, wants a login first, which the user confirms or refuses; or does not answer. */
export type Aws = "ok" | "login-needed" | "denied" | "unreachable";

interface Place {
  /** How long stored credentials are valid for; undefined where there are none. */
  readonly minutes: number | undefined;
  /** Whether they are of an earlier configuration. */
  readonly isOutdated?: boolean;
  readonly aws: Aws;
}

/**
 * A machine on which an earlier login has left credentials that are valid for so many minutes, with every file that is
 * read, every kind of write and every path that AWS is asked for.
 */
export async function identityPlace({ minutes, isOutdated = false, aws }: Place) {
  const files = new MemoryFiles();
  const reads: string[] = [];
  const bytes: Reader["bytes"] = (path) => (reads.push(path), files.reader.bytes(path));
  const asked: string[] = [];
  const env = { HOME: "/h", AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "s" };
  const writes: string[] = [];
  const fake = fakeHost({ env, files: { read: { ...files.reader, bytes }, write: recorded(files.writer, writes) } });
  const fetch = (request: NetRequest) => answerTo(request, { aws, asked, now: fake.clock.now() });
  const host = { ...fake, net: { fetch } };
  if (minutes !== undefined) {
    files.put(CREDENTIALS, credentialsText({ end: fake.clock.now() + minutes * MINUTE, isOutdated }));
  }
  if (aws === "ok" || aws === "unreachable") {
    const expiresAt = fake.clock.now() + 60 * MINUTE;
    await writeSsoSession(fake, { ...NAME, accessToken: new Secret("good"), expiresAt, refresh: undefined });
  }
  reads.length = writes.length = 0;
  return { host, files, reads, writes, asked };
}

/** The same writer, which notes what is called. */
function recorded(writer: Writer, calls: string[]): Writer {
  return new Proxy(writer, {
    get(target, name: keyof Writer) {
      calls.push(name);
      return target[name];
    },
  });
}

const FINGERPRINT = await fingerprintLine(model, { identity: "dev", accessKeyId: "ASIASTORED" });

function credentialsText({ end, isOutdated }: { readonly end: number; readonly isOutdated: boolean }): string {
  const keys = "aws_access_key_id = ASIASTORED\naws_secret_access_key = s\naws_session_token = t\n";
  return `; atmos: expiration=${new Date(end).toISOString()}\n[dev]\n${keys}${
    isOutdated ? FINGERPRINT.replace(/.$/m, "x") : FINGERPRINT
  }`;
}

interface Answering {
  readonly aws: Aws;
  readonly asked: string[];
  readonly now: number;
}

function answerTo({ url }: NetRequest, { aws, asked, now }: Answering): Promise<NetResponse> {
  const { pathname, host } = new URL(url);
  asked.push(pathname);
  if (aws === "unreachable") return Promise.reject(new NetError("refused", host, "connection refused"));
  if (pathname === "/client/register") {
    return json({ clientId: "c", clientSecret: "s", clientSecretExpiresAt: now / 1000 + 9_000_000 });
  }
  if (pathname === "/device_authorization") {
    const page = "https://device.sso.us-east-2.amazonaws.com/";
    const codes = { deviceCode: "d", userCode: "WXYZ-1234", verificationUri: page };
    return json({ ...codes, verificationUriComplete: `${page}?user_code=WXYZ-1234`, expiresIn: 600, interval: 1 });
  }
  if (pathname === "/token") {
    if (aws === "denied") return json({ error: "access_denied" }, 400, "AccessDeniedException");
    return json({ accessToken: "good", expiresIn: 3600, tokenType: "Bearer" });
  }
  const keys = { accessKeyId: "ASIANEW", secretAccessKey: "s", sessionToken: "t", expiration: now + 60 * MINUTE };
  return json({ roleCredentials: keys });
}

function json(body: unknown, status = 200, error?: string): Promise<NetResponse> {
  const headers = { "content-type": "application/json", ...(error === undefined ? {} : { "x-amzn-ErrorType": error }) };
  return Promise.resolve({ status, headers, body: new TextEncoder().encode(JSON.stringify(body)) });
}
