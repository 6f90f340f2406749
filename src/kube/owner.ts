import { AppError } from "../errors.ts";
import { valueOf } from "../formats/yaml_node.ts";
import { textOf } from "../formats/yaml_value.ts";
import { type Entry, type EntryFacts, entryOf } from "./entry.ts";
import { type ExecTarget, targetOf, userTarget } from "./exec_target.ts";
import type { Kubeconfig } from "./kubeconfig.ts";

/** More ways into one cluster than anybody has. */
const MOST_USERS = 99;

/**
 * The entry under names that are free or already ours: no name ever serves two clusters or two identities.
 * Throws AppError "kubeconfig-merge" when a name the user chose belongs to another cluster or identity.
 */
export function ownedEntry(config: Kubeconfig, facts: EntryFacts): Entry {
  const entry = entryOf(facts);
  refuseForeignContext(config, entry);
  const named = userNames(facts).map((name) => entryOf(facts, name)).find((candidate) => isOurs(config, candidate));
  if (named !== undefined) return named;
  const owner = usesOf(config, entry.user.name).find(({ cluster }) => cluster !== entry.cluster.name)?.cluster;
  throw taken({ what: "user", name: entry.user.name, owner: owner && `the cluster ${owner}`, flag: "--user-alias" });
}

/** Candidates, plainest first; a longer one that is in use already is found because the plainer ones are not ours. */
function userNames(facts: EntryFacts): string[] {
  if (facts.userAlias !== undefined) return [facts.userAlias];
  const plain = `user-${facts.name}`;
  const placed = `${plain}@${facts.account}.${facts.region}`;
  const { identity, profile, role } = targetOf(facts.exec);
  const by = identity ?? profile ?? role?.split("/").at(-1);
  const numbered = Array.from({ length: MOST_USERS }, (_, i) => `${placed}.${i + 2}`);
  return [plain, placed, ...(by === undefined ? [] : [`${placed}.${by}`]), ...numbered];
}

/** Whether the entry's user name is free, or serves this cluster and nobody else; a context may name a user to come. */
function isOurs(config: Kubeconfig, entry: Entry): boolean {
  const uses = usesOf(config, entry.user.name);
  if (uses.some(({ cluster }) => cluster !== entry.cluster.name)) return false;
  const user = config.users.entries.get(entry.user.name);
  if (user === undefined) return true;
  // The context that is being written may change its identity; nobody else's may.
  if (uses.length === 1 && uses[0]!.name === entry.context.name) return true;
  return isSame(userTarget(user.payload), targetOf(entry.facts.exec));
}

interface Use {
  readonly name: string;
  readonly cluster: string | undefined;
}

function usesOf(config: Kubeconfig, user: string): Use[] {
  return [...config.contexts.entries.values()]
    .filter(({ payload }) => textOf(valueOf(payload, "user")) === user)
    .map(({ name, payload }) => ({ name, cluster: textOf(valueOf(payload, "cluster")) }));
}

function isSame(one: ExecTarget, other: ExecTarget): boolean {
  return one.plugin !== undefined && one.plugin === other.plugin && one.cluster === other.cluster &&
    one.region === other.region && one.role === other.role && one.identity === other.identity &&
    one.profile === other.profile;
}

function refuseForeignContext(config: Kubeconfig, entry: Entry): void {
  const { name } = entry.context;
  const cluster = textOf(valueOf(config.contexts.entries.get(name)?.payload, "cluster")) ?? "";
  if (cluster === "" || cluster === entry.cluster.name) return;
  throw taken({ what: "context", name, owner: `the cluster ${cluster}`, flag: "--alias" });
}

interface Taken {
  readonly what: "context" | "user";
  readonly name: string;
  readonly owner: string | undefined;
  readonly flag: string;
}

function taken({ what, name, owner = "another identity", flag }: Taken): AppError {
  return new AppError("kubeconfig-merge", `Cannot use ${what} name "${name}": it belongs to ${owner}`, {
    hint: `Choose another name with ${flag} NAME.`,
    facts: { [what]: name },
  });
}
