import type { World } from "./world.ts";
import { accessAnswer } from "./access_entries.ts";
import { errorAnswer, jsonAnswer, type StandinAnswer } from "./answer.ts";
import { authorizationToken } from "./ecr.ts";
import type { StandinCluster } from "./clusters.ts";
import type { Operation } from "./operation.ts";
import { authorize, createToken, registerClient, startDeviceAuthorization } from "./oidc.ts";
import { signinToken } from "./signin.ts";
import { portalAnswer } from "./sso.ts";
import { authorizeSignIn, signInToken } from "./webflow.ts";
import { assumeRole, assumeRoot, callerIdentity, sessionToken } from "./sts.ts";

interface Caller {
  readonly principal: string;
}

/** The calls that are answered, but for those of the SSO portal. */
const ANSWERS: Readonly<
  Record<string, (world: World, operation: Operation & { caller: Caller }) => StandinAnswer | Promise<StandinAnswer>>
> = {
  DescribeCluster: describeCluster,
  ListClusters: listClusters,
  ListRegions: listRegions,
  GetCallerIdentity: (_world, { caller }) => callerIdentity(caller.principal),
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: assumeRole,
  AssumeRoleWithSAML: assumeRole,
  AssumeRoot: assumeRoot,
  GetSessionToken: sessionToken,
  RegisterClient: registerClient,
  StartDeviceAuthorization: startDeviceAuthorization,
  Authorize: authorize,
  CreateToken: createToken,
  getSigninToken: signinToken,
  AuthorizeSignIn: authorizeSignIn,
  CreateOAuth2Token: signInToken,
  GetAuthorizationToken: authorizationToken,
};

/** The right answer to a call whose signature is good. */
export async function answerTo(world: World, operation: Operation, caller: Caller): Promise<StandinAnswer> {
  const { action, unsigned, headers } = operation;
  if (unsigned && headers["authorization"] !== undefined) world.complaints.push(`${action} came signed`);
  const answer = await ANSWERS[action]?.(world, { ...operation, caller }) ??
    accessAnswer(world, { ...operation, caller }) ?? portalAnswer(world, operation);
  if (answer !== undefined) return answer;
  world.complaints.push(`no such call: ${action}`);
  return errorAnswer({ status: 404, code: "UnknownOperationException", message: action });
}

function describeCluster(world: World, operation: Operation & { caller: Caller }): StandinAnswer {
  const { principal } = operation.caller;
  if (world.options.mayNotDescribe?.test(principal)) {
    const message = `User: ${principal} is not authorized to perform: eks:DescribeCluster`;
    return errorAnswer({ status: 403, code: "AccessDeniedException", message });
  }
  const name = operation.parameters["name"];
  const found = clustersOf(world, operation).find((one) => one.name === name);
  if (found === undefined) {
    const message = `No cluster found for name: ${name}.`;
    return errorAnswer({ status: 404, code: "ResourceNotFoundException", message });
  }
  const { region: _region, ...answer } = found;
  return jsonAnswer({
    cluster: { ...answer, version: "1.34", createdAt: 1_760_000_000, tags: {}, accountId: accountOf(found.arn) },
  });
}

/** An account that the options do not name may not ask, and has every region. */
function listRegions(world: World, { caller }: Operation & { caller: Caller }): StandinAnswer {
  const enabled = world.options.enabledRegions?.[accountOf(caller.principal) ?? ""];
  if (enabled !== undefined) {
    return jsonAnswer({
      Regions: enabled.map((RegionName) => ({ RegionName, RegionOptStatus: "ENABLED_BY_DEFAULT" })),
    });
  }
  const message = `User: ${caller.principal} is not authorized to perform: account:ListRegions`;
  return errorAnswer({ status: 403, code: "AccessDeniedException", message });
}

function listClusters(world: World, operation: Operation & { caller: Caller }): StandinAnswer {
  if (world.options.regionsThatRefuse?.includes(operation.region)) {
    const message = "The security token included in the request is invalid.";
    return errorAnswer({ status: 403, code: "UnrecognizedClientException", message });
  }
  const { principal } = operation.caller;
  if (world.options.mayNotList?.test(principal)) {
    const message = `User: ${principal} is not authorized to perform: eks:ListClusters`;
    return errorAnswer({ status: 403, code: "AccessDeniedException", message });
  }
  const names = clustersOf(world, operation).map((one) => one.name);
  const start = Number(operation.parameters["nextToken"] ?? 0);
  const size = Number(operation.parameters["maxResults"] ?? world.options.pageSize ?? 100);
  const end = start + size;
  return jsonAnswer({ clusters: names.slice(start, end), nextToken: end < names.length ? String(end) : null });
}

/** Those of the caller's own account. */
function clustersOf(world: World, { region, caller }: Operation & { caller: Caller }): readonly StandinCluster[] {
  return world.clusters.filter((one) => one.region === region && accountOf(one.arn) === accountOf(caller.principal));
}

function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}
