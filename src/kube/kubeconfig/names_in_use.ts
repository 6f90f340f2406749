import { valueOf } from "../../formats/yaml/node.ts";
import { textOf } from "../../formats/yaml/value.ts";
import type { Entry } from "./entry.ts";
import { type ExecTarget, targetOf, userTarget } from "../exec/exec_target.ts";
import type { Kubeconfig } from "./kubeconfig.ts";

/** A context with what it refers to. */
export interface ContextUse {
  readonly name: string;
  readonly cluster: string | undefined;
  readonly user: string | undefined;
}

/** Whose the names of a kubeconfig are: those of the file, and of the entries that are about to be written into it. */
export class NamesInUse {
  readonly #contexts = new Map<string, ContextUse>();
  readonly #byUser = new Map<string | undefined, Map<string, ContextUse>>();
  /** Of the users that were asked for so far: of thousands in a file one edit asks for one or two. */
  readonly #targets = new Map<string, ExecTarget | undefined>();
  readonly #config: Kubeconfig;

  constructor(config: Kubeconfig) {
    this.#config = config;
    for (const { name, payload } of config.contexts.entries.values()) {
      this.#use({ name, cluster: textOf(valueOf(payload, "cluster")), user: textOf(valueOf(payload, "user")) });
    }
  }

  context(name: string): ContextUse | undefined {
    return this.#contexts.get(name);
  }

  contexts(): readonly ContextUse[] {
    return [...this.#contexts.values()];
  }

  /** The contexts that a user serves. */
  usesOf(user: string): readonly ContextUse[] {
    return [...this.#byUser.get(user)?.values() ?? []];
  }

  /** What a user makes tokens for; undefined when there is no such user. */
  user(name: string): ExecTarget | undefined {
    const found = this.#config.users.entries.get(name);
    if (this.#targets.has(name) || found === undefined) return this.#targets.get(name);
    const target = userTarget(found.payload);
    this.#targets.set(name, target);
    return target;
  }

  /** The entry's names are its own from now on. */
  take({ cluster, contexts, user, facts }: Entry): void {
    for (const { name } of contexts) this.#use({ name, cluster: cluster.name, user: user.name });
    this.#targets.set(user.name, targetOf(facts.exec));
  }

  /** The context is to be one of that cluster, of a user that is not known yet. */
  reserve({ name, cluster }: Pick<ContextUse, "name" | "cluster">): void {
    this.#use({ name, cluster, user: undefined });
  }

  /** The context is about to be gone. */
  leave(name: string): void {
    this.#byUser.get(this.#contexts.get(name)?.user)?.delete(name);
    this.#contexts.delete(name);
  }

  /** The user is about to be gone, or to be another one. */
  leaveUser(name: string): void {
    this.#targets.set(name, undefined);
  }

  #use(use: ContextUse): void {
    this.leave(use.name);
    this.#contexts.set(use.name, use);
    const uses = this.#byUser.get(use.user) ?? new Map<string, ContextUse>();
    this.#byUser.set(use.user, uses.set(use.name, use));
  }
}
