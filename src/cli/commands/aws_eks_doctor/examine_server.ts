import { type AccessPrincipal, findAccessPrincipal } from "../../../aws/eks/access_principal.ts";
import type { InspectedCluster } from "../../../aws/eks/inspect_cluster.ts";
import { parseArn } from "../../../aws/names/arn.ts";
import { isSso } from "../../../auth/kinds/providers/registry.ts";
import type { Needs } from "../../../host/host.ts";
import type { ApiServer } from "../../../kube/api/api_server.ts";
import type { Review } from "../../../kube/api/self_review.ts";
import type { CommandPart } from "../../../remedy.ts";
import { type AccessFacts, judgeForbidden, judgeUnknown } from "../../doctor/access_verdict.ts";
import { readAccess } from "../../doctor/access_steps.ts";
import type { ExaminedCaller } from "../../doctor/examine_caller.ts";
import { checkAuthentication, checkAuthorization, type Refused } from "../../doctor/review_steps.ts";
import { reachServer, selectServer } from "../../doctor/server_steps.ts";
import { ok, skipped, type Step, type Verdict } from "../../doctor/step.ts";
import { assumeTokenRole, makeToken } from "../../doctor/token_step.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import type { Target } from "./find_target.ts";

interface ServerInput {
  readonly target: Target;
  readonly caller: ExaminedCaller;
  /** As EKS describes it now. */
  readonly cluster: InspectedCluster | undefined;
  /** A command that writes the entry again. */
  readonly update: CommandPart | undefined;
}

/** Returns the steps from the token to what the cluster lets its bearer do. */
export async function examineServer(host: LoginCommandHost, input: ServerInput): Promise<readonly Step[]> {
  const { target: { named, exec, isOwn, selected: { context } }, caller: { access }, cluster, update } = input;
  const { credentials, role, verdict } = await assumeTokenRole(host, { exec, access, isOwn });
  const made = await makeToken(host, { named, id: cluster?.id, exec, credentials, update });
  const server = isConfirmed(input) ? selectServer(host, { entry: context?.cluster, cluster }) : undefined;
  const reached = await reachServer(host, { entry: context?.cluster, cluster, server, isOwn });
  const objection = made.verdict.state === "failure" ? "the token is for another cluster" : undefined;
  const token = { token: made.token, isThere: reached.isThere, objection };
  return [
    ...(verdict === undefined ? [] : [{ id: "role", ...verdict }]),
    { id: "token", ...made.verdict },
    ...reached.steps,
    ...await examineAccess(host, { ...input, ...token, server, role }),
  ];
}

/** What a kubeconfig of a working tree calls the cluster's server may be anyone's: it is asked nothing, and sent no token. */
function isConfirmed({ target: { isOwn }, cluster }: ServerInput): boolean {
  return isOwn || cluster?.endpoint !== undefined;
}

interface AccessInput extends ServerInput {
  readonly server: ApiServer | undefined;
  readonly token: string | undefined;
  readonly isThere: boolean;
  readonly objection: string | undefined;
  /** That the token is for. */
  readonly role: string | undefined;
}

async function examineAccess(host: Needs<"net" | "clock">, input: AccessInput): Promise<readonly Step[]> {
  const { server, token, target: { selected: { context } } } = input;
  const { verdict, review } = await checkAuthentication(host, input);
  const namespace = context?.namespace ?? "default";
  const found = review === undefined || review.kind === "other"
    ? skipped(verdict.state === "skipped" ? verdict.found : UNCHECKED)
    : await checkAuthorization(host, { server, token, review, namespace });
  const refused = "state" in found ? undefined : found;
  const access = await judgeAccess(host, { ...input, review, refused, namespace });
  const authorization = "state" in found ? found : access.authorization;
  return [
    { id: "authentication", ...verdict },
    { id: "access", ...access.access },
    { id: "authorization", ...authorization },
  ];
}

const RECOGNIZED = "not needed: the cluster recognizes the principal of the token";
const UNCHECKED = "the principal of the token was not checked";

interface JudgeInput extends AccessInput {
  readonly review: Review | undefined;
  readonly refused: Refused | undefined;
  readonly namespace: string;
}

async function judgeAccess(
  host: Needs<"net" | "clock">,
  input: JudgeInput,
): Promise<{ readonly access: Verdict; readonly authorization: Verdict }> {
  const { review, refused, namespace, caller } = input;
  const none = skipped("the cluster does not recognize the principal of the token");
  if (review?.kind !== "unknown" && refused === undefined) {
    return { access: skipped(review?.kind === "known" ? RECOGNIZED : UNCHECKED), authorization: none };
  }
  if (caller.isClockWrong) return { access: skipped("this machine's clock explains it"), authorization: none };
  const facts = await readFacts(host, input);
  if (facts === undefined) return { access: skipped("the principal of the token is unknown"), authorization: none };
  if (refused === undefined) return { access: judgeUnknown(facts), authorization: none };
  const { entry } = facts;
  const access = entry === undefined ? ok("it is not by an access entry") : ok(`access entry ${entry.principalArn}`);
  return { access, authorization: judgeForbidden({ ...facts, ...refused, namespace }) };
}

async function readFacts(host: Needs<"net" | "clock">, input: JudgeInput): Promise<AccessFacts | undefined> {
  const { target: { named }, caller: { access }, cluster } = input;
  const principal = findPrincipal(input);
  if (named === undefined || access === undefined || principal === undefined) return undefined;
  return await readAccess(host, { named, access, principal, cluster });
}

function findPrincipal({ caller: { caller, chain }, role }: JudgeInput): AccessPrincipal | undefined {
  if (caller === undefined) return undefined;
  const roles = (chain?.identities ?? []).flatMap((identity) => "roleArn" in identity ? identity.roleArn ?? [] : []);
  const provider = chain?.provider;
  const ssoRegion = provider !== undefined && isSso(provider) ? provider.region : undefined;
  return findAccessPrincipal({
    callerArn: role === undefined ? caller.arn : sessionArn(role),
    knownRoles: [...roles, role ?? []].flat(),
    ssoRegion,
  });
}

/** A session of a role, as STS names it. */
function sessionArn(role: string): string {
  const { partition = "aws", account = "", resource = "" } = parseArn(role) ?? {};
  return `arn:${partition}:sts::${account}:assumed-role/${resource.slice(resource.lastIndexOf("/") + 1)}/session`;
}
