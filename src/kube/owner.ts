import { AppError } from "../errors.ts";
import { valueOf } from "../formats/yaml_node.ts";
import { textOf, type YamlMap, type YamlValue } from "../formats/yaml_value.ts";
import type { Entry, EntryFacts } from "./entry.ts";
import { entryOf } from "./entry.ts";
import { execTarget } from "./exec_target.ts";
import type { Kubeconfig } from "./kubeconfig.ts";

/**
 * The entry under names that are free or already ours: no name ever serves two clusters or two identities.
 * Throws AppError "kubeconfig-merge" when a name the user chose belongs to another cluster.
 */
export function ownedEntry(config: Kubeconfig, facts: EntryFacts): Entry {
  const entry = entryOf(facts);
  refuseForeignContext(config, entry);
  if (facts.userAlias !== undefined) {
    if (isOurs(config, entry)) return entry;
    throw foreign(config, { section: "user", name: facts.userAlias, flag: "--user-alias" });
  }
  for (const name of userNames(facts)) {
    const named = entryOf(facts, name);
    if (isOurs(config, named)) return named;
  }
  throw foreign(config, { section: "user", name: entry.user.name, flag: "--user-alias" });
}

/** Candidates, plainest first; a longer one that is in use already is found because the plainer ones are not ours. */
function userNames(facts: EntryFacts): string[] {
  const plain = `user-${facts.name}`;
  const placed = `${plain}@${facts.account}.${facts.region}`;
  const identity = identityOf(facts);
  return identity === undefined ? [plain, placed] : [plain, placed, `${placed}.${identity}`];
}

/** What tells two ways into one cluster apart: the identity, profile or role that the plugin is given. */
function identityOf({ exec }: EntryFacts): string | undefined {
  const identity = argument(exec.args, "--identity");
  const profile = exec.env.find(({ name }) => name === "AWS_PROFILE")?.value;
  const role = argument(exec.args, "--role-arn")?.split("/").at(-1);
  return identity ?? profile ?? role;
}

function argument(args: readonly string[], name: string): string | undefined {
  const joined = args.find((arg) => arg.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

/** Whether the entry's user name is free, or serves this cluster and this identity already. */
function isOurs(config: Kubeconfig, entry: Entry): boolean {
  const user = config.users.entries.get(entry.user.name);
  if (user === undefined) return true;
  const uses = contextsOf(config, entry.user.name);
  const ours = uses.filter((use) => use.cluster === entry.cluster.name);
  if (ours.length === 0 && uses.length > 0) return false;
  const target = execTarget(config.text, user.payload);
  if (ours.length === 0 && !isSameCluster(target, entry.facts)) return false;
  const shared = ours.some((use) => use.name !== entry.context.name);
  return !shared || isSameIdentity(target, entry.facts);
}

interface Use {
  readonly name: string;
  readonly cluster: string | undefined;
}

function contextsOf(config: Kubeconfig, user: string): Use[] {
  const uses = [...config.contexts.entries.values()];
  return uses
    .filter(({ payload }) => textOf(config.text, valueOf(payload, "user")) === user)
    .map(({ name, payload }) => ({ name, cluster: textOf(config.text, valueOf(payload, "cluster")) }));
}

function isSameCluster(target: ReturnType<typeof execTarget>, facts: EntryFacts): boolean {
  const id = argument(facts.exec.args, "--cluster-id");
  return target.region === facts.region &&
    (target.cluster === facts.name || (id !== undefined && target.cluster === id));
}

function isSameIdentity(target: ReturnType<typeof execTarget>, { exec }: EntryFacts): boolean {
  return target.identity === argument(exec.args, "--identity") &&
    target.role === argument(exec.args, "--role-arn") &&
    target.profile === exec.env.find(({ name }) => name === "AWS_PROFILE")?.value;
}

function refuseForeignContext(config: Kubeconfig, entry: Entry): void {
  const context = config.contexts.entries.get(entry.context.name);
  if (context?.payload === undefined) return;
  const cluster = textOf(config.text, valueOf(context.payload, "cluster"));
  if (cluster === undefined || cluster === "" || cluster === entry.cluster.name) return;
  throw foreign(config, { section: "context", name: entry.context.name, flag: "--alias", cluster });
}

function foreign(
  config: Kubeconfig,
  { section, name, flag, cluster }: { section: "context" | "user"; name: string; flag: string; cluster?: string },
): AppError {
  const owner = cluster ?? contextsOf(config, name)[0]?.cluster;
  const found = owner === undefined ? "it belongs to somebody else" : `it belongs to the cluster ${owner}`;
  return new AppError("kubeconfig-merge", `Cannot use ${section} name "${name}": ${found}`, {
    hint: `Choose another name with ${flag} NAME.`,
    facts: { [section]: name },
  });
}

/** Plugin environment variables that the user added stay, in their order; AWS_PROFILE is ours. */
export function keepForeignEnv(config: Kubeconfig, entry: Entry): YamlMap {
  const exec = valueOf(config.users.entries.get(entry.user.name)?.payload, "exec");
  const items = valueOf(exec, "env")?.items ?? [];
  const kept = items
    .map((item) => ({
      name: textOf(config.text, valueOf(item, "name")),
      value: textOf(config.text, valueOf(item, "value")),
    }))
    .filter((item): item is { name: string; value: string } => item.name !== undefined && item.value !== undefined);
  const ours = entry.facts.exec.env;
  const others = kept.filter(({ name }) => name !== "AWS_PROFILE");
  const order = kept.map(({ name }) => ours.find((own) => own.name === name) ?? kept.find((own) => own.name === name)!);
  const merged = order.filter((item) => others.includes(item) || ours.includes(item));
  const added = ours.filter((own) => !merged.includes(own));
  const env: YamlValue = [...merged, ...added].map(({ name, value }) => ({ name, value }));
  const payload = entry.user.payload;
  return { ...payload, exec: { ...(payload["exec"] as YamlMap), env: env.length === 0 ? undefined : env } };
}
