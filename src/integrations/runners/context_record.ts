import * as v from "valibot";
import { AppError } from "../../errors.ts";
import { decodeUtf8, encodeUtf8 } from "../../formats/utf8.ts";
import { YamlError } from "../../formats/yaml_error.ts";
import { isFileError } from "../../host/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { join, stateHome } from "../../store/paths.ts";
import { type StoreHost, update } from "../../store/replace.ts";

/** Contexts that were written for an integration and identity: an alias that is renamed is known by this. */
export interface WrittenContexts {
  /** The kubeconfig, absolute. */
  readonly file: string;
  readonly integration: string;
  readonly identity: string;
  readonly contexts: readonly string[];
}

export type RecordKey = Pick<WrittenContexts, "file" | "integration" | "identity">;

const SCHEMA = v.array(
  v.object({ file: v.string(), integration: v.string(), identity: v.string(), contexts: v.array(v.string()) }),
);

/** What was written for it; nothing when there is no record of that. Permissions: env, read. */
export function recordedContexts(host: Needs<"env" | "read">): (key: RecordKey) => readonly string[] {
  const known = new Map(writtenContexts(host).map((one) => [keyOf(one), one.contexts]));
  return (key) => known.get(keyOf(key)) ?? [];
}

/**
 * Remembers what was written, or with no contexts that nothing is any more. Where that can't be kept, an alias that is
 * renamed later leaves its old context behind, so nothing is said about it.
 */
export async function recordContexts(
  host: StoreHost & Needs<"env">,
  written: readonly WrittenContexts[],
): Promise<void> {
  const path = recordPath(host);
  if (path === undefined || written.length === 0) return;
  const edit = (old: Uint8Array | undefined) => {
    return encodeUtf8(`${JSON.stringify(merged(parsed(old), written), null, 1)}\n`);
  };
  try {
    await update(host, { path, edit, mode: 0o600 });
  } catch (error) {
    if (!isFileError(error) && !(error instanceof AppError)) throw error;
  }
}

/** What is known, where a context is now of the identity that it was written for last. */
function merged(known: readonly WrittenContexts[], written: readonly WrittenContexts[]): readonly WrittenContexts[] {
  const latest = new Map([...known, ...written].map((one) => [keyOf(one), one]));
  const now = new Set(written.map(keyOf));
  const groups = Map.groupBy(written, placeOf);
  return [...latest.values()].flatMap((one) => {
    const taken = now.has(keyOf(one)) ? [] : groups.get(placeOf(one)) ?? [];
    const contexts = one.contexts.filter((name) => !taken.some((other) => other.contexts.includes(name)));
    return contexts.length === 0 ? [] : [{ ...one, contexts }];
  });
}

/** The same integration in the same file, for whichever identity. */
function placeOf({ file, integration }: RecordKey): string {
  return JSON.stringify([file, integration.toLowerCase()]);
}

/** All that is known to have been written. Permissions: env, read. */
export function writtenContexts(host: Needs<"env" | "read">): readonly WrittenContexts[] {
  const path = recordPath(host);
  try {
    return path === undefined || host.read.stat(path)?.isFile !== true ? [] : parsed(host.read.bytes(path));
  } catch (error) {
    if (isFileError(error)) return [];
    throw error;
  }
}

function parsed(bytes: Uint8Array | undefined): readonly WrittenContexts[] {
  if (bytes === undefined) return [];
  try {
    const found = v.safeParse(SCHEMA, JSON.parse(decodeUtf8(bytes)));
    return found.success ? found.output : [];
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof YamlError) return [];
    throw error;
  }
}

function recordPath(host: Needs<"env">): string | undefined {
  const state = stateHome(host);
  return state === undefined ? undefined : join(state, "atmos/kube/contexts.json");
}

function keyOf({ file, integration, identity }: RecordKey): string {
  return JSON.stringify([file, integration.toLowerCase(), identity.toLowerCase()]);
}
