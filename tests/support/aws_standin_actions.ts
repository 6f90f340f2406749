import type { World } from "./aws_standin_world.ts";
import { errorAnswer, jsonAnswer, type StandinAnswer } from "./aws_standin_answer.ts";
import { ACCOUNT } from "./aws_standin_keys.ts";
import type { Operation } from "./aws_standin_operation.ts";
import { assumeRole, callerIdentity, roleCredentials } from "./aws_standin_sts.ts";

/** The right answer to a call whose signature is good. */
export function answerTo(world: World, operation: Operation, caller: { readonly principal: string }): StandinAnswer {
  switch (operation.action) {
    case "DescribeCluster":
      return describeCluster(world, operation);
    case "ListClusters":
      return listClusters(world, operation);
    case "GetCallerIdentity":
      return callerIdentity(caller.principal);
    case "AssumeRole":
    case "AssumeRoleWithWebIdentity":
      return assumeRole(world, operation);
    case "GetRoleCredentials":
      return roleCredentials(world, operation);
    default:
      world.complaints.push(`no such call: ${operation.action}`);
      return errorAnswer({ status: 404, code: "UnknownOperationException", message: operation.action });
  }
}

function describeCluster(world: World, operation: Operation): StandinAnswer {
  const name = operation.parameters["name"];
  const found = world.clusters.find((one) => one.name === name && one.region === operation.region);
  if (found === undefined) {
    const message = `No cluster found for name: ${name}.`;
    return errorAnswer({ status: 404, code: "ResourceNotFoundException", message });
  }
  const { region: _region, ...answer } = found;
  return jsonAnswer({
    cluster: { ...answer, version: "1.34", createdAt: 1_760_000_000, tags: {}, accountId: ACCOUNT },
  });
}

function listClusters(world: World, operation: Operation): StandinAnswer {
  const names = world.clusters.filter((one) => one.region === operation.region).map((one) => one.name);
  const start = Number(operation.parameters["nextToken"] ?? 0);
  const size = Number(operation.parameters["maxResults"] ?? world.options.pageSize ?? 100);
  const end = start + size;
  return jsonAnswer({ clusters: names.slice(start, end), nextToken: end < names.length ? String(end) : null });
}
