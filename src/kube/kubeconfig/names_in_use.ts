import { findValue } from "../../formats/yaml/node.ts";
import { getText, saysMerged, type YamlMap } from "../../formats/yaml/value.ts";
import { type ExecTarget, readExecTarget, readUserTarget } from "../exec/exec_target.ts";
import type { Entry } from "./entry.ts";
import type { RecordedContext } from "./entry_edit.ts";
import type { Kubeconfig } from "./kubeconfig.ts";

/** A context with what it joins. */
export interface ContextUse {
  readonly name: string;
  readonly cluster: string | undefined;
  readonly user: string | undefined;
}

/** What a context of the file leads to. */
interface ContextBefore {
  readonly cluster: string | undefined;
  readonly target: ExecTarget;
  readonly namespace: string | undefined;
}

/** Whether a context joins the cluster and the user that were recorded for it. */
export function isManaged(use: ContextUse, { cluster, user }: RecordedContext): boolean {
  return use.cluster === cluster && use.user === user;
}

/** Which names of a kubeconfig are in use: by the file, and by the entries that are about to be written into it. */
export class NamesInUse {
  readonly #contexts = new Map<string, ContextUse>();
  readonly #byUser = new Map<string | undefined, Map<string, ContextUse>>();
  /** Of the users that were requested so far: of thousands in a file one edit requests one or two. */
  readonly #targets = new Map<string, ExecTarget | undefined>();
  readonly #claimed = new Set<string>();
  readonly #config: Kubeconfig;

  constructor(config: Kubeconfig) {
    this.#config = config;
    for (const { name, payload } of config.contexts.entries.values()) {
      this.#use({ name, cluster: getText(findValue(payload, "cluster")), user: getText(findValue(payload, "user")) });
    }
  }

  /** The context of that name; undefined when there is none. */
  context(name: string): ContextUse | undefined {
    return this.#contexts.get(name);
  }

  /** What the context of that name leads to in the file, whatever entries make of it. */
  findBefore(name: string): ContextBefore {
    const { contexts, users } = this.#config;
    const text = (key: string) => getText(findValue(contexts.entries.get(name)?.payload, key));
    const target = readUserTarget(users.entries.get(text("user") ?? "")?.payload);
    return { cluster: text("cluster"), target, namespace: text("namespace") || undefined };
  }

  /** All contexts, in the order of the file. */
  contexts(): readonly ContextUse[] {
    return [...this.#contexts.values()];
  }

  /** The contexts that a user serves. */
  listUses(user: string): readonly ContextUse[] {
    return [...this.#byUser.get(user)?.values() ?? []];
  }

  /** What a user makes tokens for; undefined when there is no such user. */
  user(name: string): ExecTarget | undefined {
    const found = this.#config.users.entries.get(name);
    if (this.#targets.has(name) || found === undefined) return this.#targets.get(name);
    const target = readUserTarget(found.payload);
    this.#targets.set(name, target);
    return target;
  }

  /** Whether the file has a user who says all of this, so that nothing of it would change. */
  saysUser(name: string, payload: YamlMap): boolean {
    const found = this.#config.users.entries.get(name)?.payload;
    return found !== undefined && saysMerged(found, payload);
  }

  /** Whether an entry has claimed the context. */
  isClaimed(name: string): boolean {
    return this.#claimed.has(name);
  }

  /** From now on the names are the entry's. */
  claim({ cluster, contexts, user, facts }: Entry): void {
    for (const { name } of contexts) {
      this.#use({ name, cluster: cluster.name, user: user.name });
      this.#claimed.add(name);
    }
    this.#targets.set(user.name, readExecTarget(facts.exec));
  }

  /** The context will join that cluster, and a user that is not known yet. */
  reserve({ name, cluster }: Pick<ContextUse, "name" | "cluster">): void {
    this.#use({ name, cluster, user: undefined });
  }

  /** The context will be gone. */
  release(name: string): void {
    this.#byUser.get(this.#contexts.get(name)?.user)?.delete(name);
    this.#contexts.delete(name);
  }

  /** The user will be gone, or make other tokens. */
  releaseUser(name: string): void {
    this.#targets.set(name, undefined);
  }

  #use(use: ContextUse): void {
    this.release(use.name);
    this.#contexts.set(use.name, use);
    const uses = this.#byUser.get(use.user) ?? new Map<string, ContextUse>();
    this.#byUser.set(use.user, uses.set(use.name, use));
  }
}
