import { CLIENTS } from "../../aws/signin/sign_in_page.ts";
import { jsonFields } from "../../formats/json/fields.ts";
import { encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import { readCurrent } from "../../store/current_file.ts";
import { cacheHome, join } from "../../store/paths.ts";
import { type StoreHost, update } from "../../store/replace.ts";
import { resolveOwnTarget } from "../../store/own_directories.ts";
import { removeIfThere } from "../../store/write_beside.ts";
import { type FileProblem, fileProblem, readIfUsable } from "../files/file_problem.ts";

/** Whose login it is, and what it was made for. */
export interface WebflowName {
  /** Of the identity. */
  readonly name: string;
  readonly realm: string;
}

/** A login in the browser, by which new credentials are had without one. */
export interface WebflowSession {
  readonly refreshToken: Secret;
  /** Base64 of the PKCS#8 of the key that the token is bound to. */
  readonly proofKey: Secret;
  /** How this program was known to AWS then. */
  readonly client: string;
  readonly region: string;
  /** Where it was made, and where alone it may be sent; undefined for AWS's own host. */
  readonly endpointUrl: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** What the identity was when it was made: to another configuration it is nothing. */
  readonly fingerprint: string;
  /** The ARN of who has signed in, where AWS has told it. */
  readonly principal?: string | undefined;
}

const VARIABLE = "ATMOS_XDG_CACHE_HOME";
const OTHERS = 0o077;

/** Returns the file of an identity's login, where the Go atmos has it; undefined where there is no HOME. Permission: env. */
export function webflowPath(host: Needs<"env">, { name, realm }: WebflowName): string | undefined {
  const root = webflowRoot(host);
  return root === undefined ? undefined : join(root, `${fileName(name)}-${realm}`, "refresh.json");
}

/** Returns the files of all logins, of every realm. Permissions: env, read. */
export function webflowPaths(host: Needs<"env" | "read">): readonly string[] {
  const root = webflowRoot(host);
  if (root === undefined || host.read.lstat(root)?.isDirectory !== true) return [];
  const paths = host.read.list(root).map((name) => join(root, name, "refresh.json"));
  return paths.filter((path) => host.read.lstat(path) !== undefined);
}

function webflowRoot(host: Needs<"env">): string | undefined {
  const home = cacheHome(host);
  return home === undefined ? undefined : join(home, "atmos", "aws-webflow");
}

/** A name may hold what a directory's may not. */
function fileName(name: string): string {
  return encodeURIComponent(name.toLowerCase()).replace(/^\./, "%2e");
}

/** Returns what is kept there, whosever it is; nothing where others may have read or made it. Permissions: read, sys (uid). */
export function readWebflow(host: Needs<"read" | "sys">, path: string): WebflowSession | undefined {
  return readIfUsable(() => {
    const found = readCurrent(host, resolveOwnTarget(host, path));
    if (found === undefined || (found.stat.mode & OTHERS) !== 0) return undefined;
    if (host.sys.uid() !== -1 && found.stat.uid !== host.sys.uid()) return undefined;
    return parse(lenientUtf8(found.bytes));
  });
}

function parse(text: string): WebflowSession | undefined {
  const fields = Object.fromEntries(Object.entries(jsonFields(text)).filter(([, one]) => typeof one === "string"));
  const { refreshToken, dpopKey, clientId = CLIENTS.here, region, expiresAt, fingerprint, endpointUrl, principal } =
    fields as Partial<Record<string, string>>;
  const end = Date.parse(expiresAt ?? "");
  if (!refreshToken || !dpopKey || !region || !fingerprint || !(end > 0)) return undefined;
  const secrets = { refreshToken: new Secret(refreshToken), proofKey: new Secret(dpopKey) };
  return { ...secrets, client: clientId, region, endpointUrl, expiresAt: end, fingerprint, principal };
}

/** Keeps a login for the next run; returns why that could not be done. Permissions: read, write, sys (uid). */
export async function writeWebflow(
  host: StoreHost,
  { path, session }: { readonly path: string; readonly session: WebflowSession },
): Promise<FileProblem | undefined> {
  const { refreshToken, proofKey, client, region, expiresAt, fingerprint, endpointUrl, principal } = session;
  // The first four as the Go atmos has them, which does not mind more of them.
  const fields = {
    refreshToken: refreshToken.reveal(),
    region,
    expiresAt: new Date(expiresAt).toISOString(),
    dpopKey: proofKey.reveal(),
    clientId: client,
    principal,
    fingerprint,
    endpointUrl,
  };
  try {
    await update(host, { path, isOwn: true, mode: 0o600, edit: () => encodeUtf8(JSON.stringify(fields, null, 2)) });
    return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "write the browser login", path, variable: VARIABLE });
  }
}

/** Returns why the file could not be removed; none is no problem. Permissions: read, write, sys (uid). */
export function removeWebflow(host: StoreHost, path: string): FileProblem | undefined {
  try {
    removeIfThere(host, resolveOwnTarget(host, path));
    return undefined;
  } catch (error) {
    return fileProblem(error, { verb: "remove the browser login", path, variable: VARIABLE });
  }
}
