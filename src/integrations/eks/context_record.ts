import * as v from "valibot";
import type { Needs } from "../../host/host.ts";
import type { RecordedContext } from "../../kube/kubeconfig/entry_edit.ts";
import type { StoreHost } from "../../store/replace.ts";
import { readState, type StateList, updateState } from "../../store/state_list.ts";

interface RecordKey {
  /** The kubeconfig, absolute. */
  readonly file: string;
  readonly integration: string;
  readonly identity: string;
}

/** The contexts that were written for an integration and identity: what has changed since shows against these. */
export interface RecordedContexts extends RecordKey {
  readonly contexts: readonly RecordedContext[];
}

const text = v.optional(v.string());

const FIELDS = v.object({
  name: v.string(),
  cluster: v.string(),
  user: v.string(),
  namespace: text,
  proxyUrl: text,
  tlsServerName: text,
  retained: v.optional(v.literal(true)),
  /** `retained`, as version 0.1.0 wrote it at first. */
  kept: v.optional(v.literal(true)),
});

const CONTEXT = v.pipe(
  FIELDS,
  v.transform(({ kept, retained = kept, ...context }) => retained === undefined ? context : { ...context, retained }),
);

const SCHEMA = v.array(
  v.object({ file: v.string(), integration: v.string(), identity: v.string(), contexts: v.array(CONTEXT) }),
);

const RECORD: StateList<RecordedContexts> = {
  name: "kube/contexts.json",
  read: (value) => {
    const found = v.safeParse(SCHEMA, value);
    return found.success ? found.output : undefined;
  },
};

export interface ContextRecord {
  /** What was written for an integration and identity in a file. */
  recordedFor(key: RecordKey): readonly RecordedContext[];
  /** What was written for the same integration, and other identities. */
  recordedForOthers(key: RecordKey): readonly RecordedContext[];
  /** The integration that a context of a file was written for. */
  findIntegration(context: Pick<RecordKey, "file"> & Pick<RecordedContext, "name">): string | undefined;
}

/** The record; empty when there is none. Permissions: env, read. */
export function readContextRecord(host: Needs<"env" | "read">): ContextRecord {
  const known = readRecordedContexts(host);
  const byKey = new Map(known.map((one) => [recordKey(one), one.contexts]));
  const byIntegration = Map.groupBy(known, integrationKey);
  return {
    recordedFor: (key) => byKey.get(recordKey(key)) ?? [],
    recordedForOthers: (key) =>
      (byIntegration.get(integrationKey(key)) ?? []).flatMap((one) =>
        recordKey(one) === recordKey(key) ? [] : one.contexts
      ),
    findIntegration: ({ file, name }) =>
      known.find((one) => one.file === file && one.contexts.some((context) => context.name === name))?.integration,
  };
}

/**
 * Records what was written; no contexts means that nothing is there any more. Without a record, an alias that is renamed
 * later leaves its old context behind, so that a failure is not reported.
 */
export async function recordContexts(
  host: StoreHost & Needs<"env">,
  written: readonly RecordedContexts[],
): Promise<void> {
  if (written.length > 0) await updateState(host, { ...RECORD, edit: (known) => mergeRecord(known, written) });
}

/** The record after a write: a context of a file belongs only to the integration that it was written for last. */
function mergeRecord(
  known: readonly RecordedContexts[],
  written: readonly RecordedContexts[],
): readonly RecordedContexts[] {
  const latest = new Map([...known, ...written].map((one) => [recordKey(one), one]));
  const now = new Set(written.map(recordKey));
  const taken = new Set(written.flatMap(({ file, contexts }) => contexts.map(({ name }) => contextKey(file, name))));
  return [...latest.values()].flatMap((one) => {
    const contexts = one.contexts.filter(({ name }) =>
      now.has(recordKey(one)) || !taken.has(contextKey(one.file, name))
    );
    return contexts.length === 0 ? [] : [{ ...one, contexts }];
  });
}

function contextKey(file: string, name: string): string {
  return JSON.stringify([file, name]);
}

/** The same for all identities of an integration in a file. */
function integrationKey({ file, integration }: RecordKey): string {
  return JSON.stringify([file, integration.toLowerCase()]);
}

/** All that was recorded. Permissions: env, read. */
export function readRecordedContexts(host: Needs<"env" | "read">): readonly RecordedContexts[] {
  return readState(host, RECORD);
}

function recordKey({ file, integration, identity }: RecordKey): string {
  return JSON.stringify([file, integration.toLowerCase(), identity.toLowerCase()]);
}
