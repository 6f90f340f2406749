import * as v from "valibot";
import type { Needs } from "../../host/host.ts";
import type { RecordedContext } from "../../kube/kubeconfig/entry_edit.ts";
import type { StoreHost } from "../../store/replace.ts";
import { CONTEXT_RECORD } from "../../kube/kubeconfig/locate.ts";
import { readState, type StateList, updateState } from "../../store/state/state_list.ts";

export interface RecordKey {
  /** The kubeconfig, absolute. */
  readonly file: string;
  /** Where the configuration lies that has written; undefined for flags without one, and in records of version 0.1.0. */
  readonly configLocation?: string | undefined;
  /** {@link BY_FLAGS} and {@link FOR_NONE} where it is none. */
  readonly integration: string;
  readonly identity: string;
}

/** Stands for an integration where the user's flags have named the contexts. */
export const BY_FLAGS = "";

/** Stands for one where the configuration has named them, for a component or in a file that is not the integration's. */
export const FOR_NONE = " ";

/** Returns whether it was written for what the user typed, and for no integration. */
export function isByFlags({ integration }: Pick<RecordKey, "integration">): boolean {
  return integration === BY_FLAGS;
}

/** The contexts that were written for an integration and identity: what has changed since shows against these. */
export interface RecordedContexts extends RecordKey {
  /** The files of the configuration that defined the integration. */
  readonly definedIn?: readonly string[] | undefined;
  /** What the identity was, by hash; undefined in older records. */
  readonly fingerprint?: string | undefined;
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
  execCommand: v.optional(v.picklist(["aws", "atmos"])),
  describedBy: text,
  adopted: v.optional(v.literal(true)),
  retained: v.optional(v.literal(true)),
  /** `retained`, as version 0.1.0 wrote it at first. */
  kept: v.optional(v.literal(true)),
});

const CONTEXT = v.pipe(
  FIELDS,
  v.transform(({ kept, retained = kept, ...context }) => retained === undefined ? context : { ...context, retained }),
);

const SCHEMA = v.array(
  v.object({
    file: v.string(),
    configLocation: text,
    integration: v.string(),
    identity: v.string(),
    definedIn: v.optional(v.array(v.string())),
    fingerprint: text,
    contexts: v.array(CONTEXT),
  }),
);

const RECORD: StateList<RecordedContexts> = {
  name: CONTEXT_RECORD,
  read: (value) => {
    const found = v.safeParse(SCHEMA, value);
    return found.success ? found.output : undefined;
  },
};

/** Returns all that was recorded. Permissions: env, read. */
export function readRecordedContexts(host: Needs<"env" | "read" | "sys">): readonly RecordedContexts[] {
  return readState(host, RECORD);
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

/**
 * The record after a write: a context of a file belongs only to the integration, or to the flags, that it was written for
 * last. One that was adopted is still that of the configuration that has made it, and once that gives it up, theirs who
 * have adopted it.
 */
function mergeRecord(
  known: readonly RecordedContexts[],
  written: readonly RecordedContexts[],
): readonly RecordedContexts[] {
  const latest = new Map([...known, ...written].map((one) => [recordKey(one), one]));
  const now = new Set(written.map(recordKey));
  const takes = (one: RecordedContexts, known: RecordedContext) =>
    written.some((other) =>
      other.file === one.file &&
      other.contexts.some((context) =>
        context.name === known.name &&
        (context.adopted
          ? isForIntegration(other) && isForIntegration(one) && other.configLocation === one.configLocation
          : !isShared(one, { known, other, context }))
      )
    );
  const left = [...latest.values()].flatMap((one) => {
    const contexts = one.contexts.filter((context) => now.has(recordKey(one)) || !takes(one, context));
    return contexts.length === 0 ? [] : [{ ...one, contexts }];
  });
  return handOver(left, known);
}

/** Whether another configuration has adopted the context, and it is still what that has adopted. */
function isShared(
  { configLocation }: RecordedContexts,
  { known, other, context }: {
    readonly known: RecordedContext;
    readonly other: RecordedContexts;
    readonly context: RecordedContext;
  },
): boolean {
  return known.adopted === true && configLocation !== undefined && configLocation !== other.configLocation &&
    isSameContext(known, context);
}

/** Contexts that were on record as written, and now are as adopted only, are theirs who have adopted them. */
function handOver(
  left: readonly RecordedContexts[],
  before: readonly RecordedContexts[],
): readonly RecordedContexts[] {
  const authored = (all: readonly RecordedContexts[]) =>
    new Set(all.flatMap(({ file, contexts }) => contexts.flatMap((one) => one.adopted ? [] : [contextKey(file, one)])));
  const givenUp = authored(before).difference(authored(left));
  if (givenUp.size === 0) return left;
  return left.map((one) => ({
    ...one,
    contexts: one.contexts.map(({ adopted, ...context }) =>
      adopted && !(isForIntegration(one) && givenUp.has(contextKey(one.file, context)))
        ? { ...context, adopted }
        : context
    ),
  }));
}

function contextKey(file: string, { name, cluster, user }: RecordedContext): string {
  return JSON.stringify([file, name, cluster, user]);
}

function isSameContext(one: RecordedContext, other: RecordedContext): boolean {
  return contextKey("", one) === contextKey("", other);
}

function isForIntegration({ integration }: RecordKey): boolean {
  return integration.trim() !== "";
}

/** Returns what is the same for all identities of a configuration's integration in a file. */
export function integrationKey({ file, configLocation, integration }: Omit<RecordKey, "identity">): string {
  return JSON.stringify([file, configLocation, integration.toLowerCase()]);
}

/** Returns what is the same for all records of one integration and identity of a configuration in a file. */
export function recordKey({ identity, ...key }: RecordKey): string {
  return JSON.stringify([integrationKey(key), identity.toLowerCase()]);
}
