import { parseArn } from "../../../aws/names/arn.ts";
import { describeCluster } from "../../../aws/eks/eks.ts";
import { AppError } from "../../../errors.ts";
import { adaptiveNet } from "../../../integrations/adaptive_net.ts";
import { limitConcurrency } from "../../../integrations/concurrency.ts";
import { PARALLEL } from "../../../integrations/run_integrations.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { printable } from "../../output/text.ts";
import {
  type Asker,
  askerKey,
  askerTitle,
  type Caller,
  Callers,
  type CallersInput,
  type FoundContext,
  listCallers,
} from "./aws_callers.ts";

/** Why no one could tell: what came of each that was asked, in that order. */
type Unknown = readonly AppError[];

/** What is known of a cluster by its ARN. */
export type Verdict = "exists" | "gone" | Unknown;

interface LookInput extends CallersInput {
  /** `--identity`, or ATMOS_IDENTITY. */
  readonly said: string | undefined;
  readonly contexts: readonly FoundContext[];
}

interface Cluster {
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly askers: readonly Asker[];
  /** Of those who could not tell. */
  readonly failures: Map<string, Failure>;
  verdict?: "exists" | "gone";
}

interface Failure {
  readonly error: AppError;
  /** Whether a login of someone could change it. */
  readonly isOfLogin: boolean;
}

/**
 * Asks AWS about each cluster, one after the other of those who may know, until one does: first all who are logged in,
 * and a person only for what is left. Permissions: net, clock, and those of a login.
 */
export async function lookForClusters(
  given: LoginCommandHost,
  input: LookInput,
): Promise<ReadonlyMap<string, Verdict>> {
  const host = { ...given, net: adaptiveNet(given.net, PARALLEL) };
  const clusters = listClusters(host, input);
  const callers = new Callers(host, input);
  await ask(host, { callers, clusters });
  for (let next = nextLogin(callers, clusters); next !== undefined; next = nextLogin(callers, clusters)) {
    const [one, ...more] = next.helps;
    const what = more.length === 0 ? `cluster "${one!.name}" exists` : `${more.length + 1} clusters exist`;
    const line = `No logged-in identity can check whether ${what}; logging in as ${next.call.asker.name} may help`;
    host.terminal.err(`${printable(line)}\n`);
    await callers.logIn(next.call);
    await ask(host, { callers, clusters: clusters.filter(({ verdict }) => verdict === undefined) });
  }
  return new Map(clusters.map((cluster) => [cluster.arn, cluster.verdict ?? reasons(cluster)]));
}

/** That the environment has no credentials is worth a word only where no one else was asked. */
function reasons({ askers, failures }: Cluster): Unknown {
  const all = askers.map((asker) => ({ asker, failure: failures.get(askerKey(asker))! }));
  const telling = all.filter(({ asker, failure }) => asker.kind !== "settings" || !failure.isOfLogin);
  return (telling.length === 0 ? all : telling).map(({ failure }) => failure.error);
}

function listClusters(
  host: LoginCommandHost,
  { model, said, contexts }: LookInput,
): readonly Cluster[] {
  return [...Map.groupBy(contexts, ({ arn }) => arn)].map(([arn, own]) => {
    const { account, region, resource } = parseArn(arn)!;
    const askers = listCallers(host, { model, said, contexts: own });
    return { arn, account, region, name: resource.replace(/^cluster\//, ""), askers, failures: new Map() };
  });
}

/** The login that more clusters wait for than for any other, and these. */
function nextLogin(callers: Callers, clusters: readonly Cluster[]) {
  const waits = clusters.filter(({ verdict }) => verdict === undefined).flatMap((cluster) =>
    cluster.askers.flatMap((asker) => {
      const isWaiting = cluster.failures.get(askerKey(asker))?.isOfLogin === true;
      return isWaiting && callers.mayLogIn(asker) ? [{ cluster, asker }] : [];
    })
  );
  const groups = [...Map.groupBy(waits, ({ asker }) => askerKey(asker)).values()];
  const most = Math.max(0, ...groups.map(({ length }) => length));
  const group = groups.find(({ length }) => length === most);
  if (group === undefined) return undefined;
  const [{ asker, cluster: { region } }] = group as [typeof group[number]];
  return { call: { asker, region }, helps: group.map(({ cluster }) => cluster) };
}

async function ask(
  host: LoginCommandHost,
  { callers, clusters }: { readonly callers: Callers; readonly clusters: readonly Cluster[] },
): Promise<void> {
  await limitConcurrency(clusters, {
    limit: PARALLEL,
    async work(cluster) {
      for (const asker of cluster.askers) {
        const key = askerKey(asker);
        if (cluster.failures.get(key)?.isOfLogin === false) continue;
        const answer = await askCallers(host, { callers, cluster, asker });
        if (typeof answer === "string") {
          cluster.verdict = answer;
          break;
        }
        cluster.failures.set(key, answer);
      }
    },
  });
}

async function askCallers(
  host: LoginCommandHost,
  { callers, cluster, asker }: { readonly callers: Callers; readonly cluster: Cluster; readonly asker: Asker },
): Promise<"exists" | "gone" | Failure> {
  // Before anybody logs in for nothing.
  const known = asker.kind === "identity" ? asker.chain.identities.at(-1)!.accountId : undefined;
  if (known !== undefined && known !== cluster.account) return elsewhere({ asker, cluster, account: known });
  const caller = await callers.ready({ asker, region: cluster.region });
  if (caller instanceof AppError) return { error: caller, isOfLogin: caller.code === "login-needed" };
  return await verdictOn(host, { asker, cluster, caller });
}

interface Seen {
  readonly asker: Asker;
  readonly cluster: Cluster;
  readonly caller: Caller;
}

async function verdictOn(
  host: LoginCommandHost,
  { asker, cluster, caller }: Seen,
): Promise<"exists" | "gone" | Failure> {
  if (cluster.account !== caller.account) return elsewhere({ asker, cluster, account: caller.account });
  try {
    await describeCluster(host, { ...caller, region: cluster.region, name: cluster.name, withoutList: true });
    return "exists";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "eks-cluster-not-found") return "gone";
    // A cluster that cannot be used exists.
    if (error.cause === undefined && error.code === "eks-describe") return "exists";
    return { error: error.code === "aws-denied" ? makeDenial(error) : error, isOfLogin: false };
  }
}

/** With the flag that this command has. */
function makeDenial(error: AppError): AppError {
  return error.within({ otherCredentials: "identity" });
}

/** Another account's "no such cluster" says nothing about this one. */
function elsewhere(
  { asker, cluster, account }: Pick<Seen, "asker" | "cluster"> & { readonly account: string },
): Failure {
  const message = `Cannot check cluster "${cluster.name}": ${askerTitle(asker)} is of account ${account}`;
  const hint = "Use an identity of its account: --identity NAME";
  return { error: new AppError("aws-denied", message, { hint }), isOfLogin: false };
}
