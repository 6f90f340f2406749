import * as v from "valibot";
import type { Needs } from "../../host/host.ts";
import type { WrittenContext } from "../../kube/kubeconfig/recorded_context.ts";
import type { StoreHost } from "../../store/replace.ts";
import { readState, type StateList, updateState } from "../../store/state_list.ts";

export interface RecordKey {
  /** The kubeconfig, absolute. */
  readonly file: string;
  readonly integration: string;
  readonly identity: string;
}

/** Contexts that were written for an integration and identity: what has changed since is known by this. */
export interface WrittenContexts extends RecordKey {
  readonly contexts: readonly WrittenContext[];
}

const text = v.optional(v.string());

const CONTEXT = v.object({
  name: v.string(),
  cluster: v.string(),
  user: v.string(),
  namespace: text,
  proxyUrl: text,
  tlsServerName: text,
  kept: v.optional(v.literal(true)),
});

const SCHEMA = v.array(
  v.object({ file: v.string(), integration: v.string(), identity: v.string(), contexts: v.array(CONTEXT) }),
);

const RECORD: StateList<WrittenContexts> = {
  name: "kube/contexts.json",
  read: (value) => {
    const found = v.safeParse(SCHEMA, value);
    return found.success ? found.output : undefined;
  },
};

export interface ContextRecord {
  /** What was written for it, an integration and identity in a file. */
  writtenFor(key: RecordKey): readonly WrittenContext[];
  /** What was written for the same integration, and other identities. */
  writtenForOthers(key: RecordKey): readonly WrittenContext[];
  /** The integration that a context of a file was written for. */
  ownerOf(context: Pick<RecordKey, "file"> & Pick<WrittenContext, "name">): string | undefined;
}

/** What is remembered; nothing when there is no record. Permissions: env, read. */
export function contextRecord(host: Needs<"env" | "read">): ContextRecord {
  const known = writtenContexts(host);
  const byKey = new Map(known.map((one) => [keyOf(one), one.contexts]));
  const byPlace = Map.groupBy(known, placeOf);
  return {
    writtenFor: (key) => byKey.get(keyOf(key)) ?? [],
    writtenForOthers: (key) =>
      (byPlace.get(placeOf(key)) ?? []).flatMap((one) => keyOf(one) === keyOf(key) ? [] : one.contexts),
    ownerOf: ({ file, name }) =>
      known.find((one) => one.file === file && one.contexts.some((context) => context.name === name))?.integration,
  };
}

/**
 * Remembers what was written, or with no contexts that nothing is any more. Where that can't be kept, an alias that is
 * renamed later leaves its old context behind, so nothing is said about it.
 */
export async function recordContexts(
  host: StoreHost & Needs<"env">,
  written: readonly WrittenContexts[],
): Promise<void> {
  if (written.length > 0) await updateState(host, { ...RECORD, edit: (known) => merged(known, written) });
}

/** What is known, where a context of a file is now only of whom it was written for last. */
function merged(known: readonly WrittenContexts[], written: readonly WrittenContexts[]): readonly WrittenContexts[] {
  const latest = new Map([...known, ...written].map((one) => [keyOf(one), one]));
  const now = new Set(written.map(keyOf));
  const taken = new Set(written.flatMap(({ file, contexts }) => contexts.map(({ name }) => nameIn(file, name))));
  return [...latest.values()].flatMap((one) => {
    const contexts = one.contexts.filter(({ name }) => now.has(keyOf(one)) || !taken.has(nameIn(one.file, name)));
    return contexts.length === 0 ? [] : [{ ...one, contexts }];
  });
}

function nameIn(file: string, name: string): string {
  return JSON.stringify([file, name]);
}

/** The same integration in the same file, for whichever identity. */
function placeOf({ file, integration }: RecordKey): string {
  return JSON.stringify([file, integration.toLowerCase()]);
}

/** All that is known to have been written. Permissions: env, read. */
export function writtenContexts(host: Needs<"env" | "read">): readonly WrittenContexts[] {
  return readState(host, RECORD);
}

function keyOf({ file, integration, identity }: RecordKey): string {
  return JSON.stringify([file, integration.toLowerCase(), identity.toLowerCase()]);
}
