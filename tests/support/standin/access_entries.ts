import { errorAnswer, jsonAnswer, type StandinAnswer } from "./answer.ts";
import type { Operation } from "./operation.ts";
import type { World } from "./world.ts";

/** A principal that a cluster lets in. */
export interface StandinEntry {
  readonly cluster: string;
  readonly principalArn: string;
  readonly groups: readonly string[];
  /** Names of access policies, each with its namespaces; none for the whole cluster. */
  readonly policies: readonly { readonly policyArn: string; readonly namespaces: readonly string[] }[];
  /** Whether it is of an earlier role of that name, whose sessions it let in. */
  readonly isStale?: true;
}

/** A call about one cluster, and one principal where its path names one. */
type AccessOperation = Operation & { readonly caller: { readonly principal: string } };

const ACTIONS: Readonly<Record<string, (world: World, operation: AccessOperation) => StandinAnswer>> = {
  ListAccessEntries(world, { parameters }) {
    const own = world.accessEntries.filter(({ cluster }) => cluster === parameters["cluster"]);
    return jsonAnswer({ accessEntries: own.map(({ principalArn }) => principalArn), nextToken: null });
  },
  DescribeAccessEntry: (world, operation) =>
    withEntry(world, operation, (found) => ({ accessEntry: shownEntry(found) })),
  CreateAccessEntry(world, operation) {
    const { cluster = "", principalArn = "" } = operation.parameters;
    if (findEntry(world, operation) !== undefined) {
      const message = "The specified access entry resource is already in use on this cluster.";
      return errorAnswer({ status: 409, code: "ResourceInUseException", message });
    }
    const entry: StandinEntry = { cluster, principalArn, groups: [], policies: [] };
    world.accessEntries.push(entry);
    return jsonAnswer({ accessEntry: shownEntry(entry) });
  },
  DeleteAccessEntry: (world, operation) =>
    withEntry(world, operation, (found) => {
      world.accessEntries.splice(world.accessEntries.indexOf(found), 1);
      return {};
    }),
  ListAssociatedAccessPolicies: (world, operation) =>
    withEntry(world, operation, (found) => ({
      clusterName: found.cluster,
      principalArn: found.principalArn,
      associatedAccessPolicies: found.policies.map(({ policyArn, namespaces }) => ({
        policyArn,
        accessScope: namespaces.length === 0 ? { type: "cluster", namespaces } : { type: "namespace", namespaces },
      })),
    })),
  AssociateAccessPolicy: (world, operation) =>
    withEntry(world, operation, (found) => {
      const { policyArn = "", accessScope = "{}" } = operation.parameters;
      const { namespaces = [] } = JSON.parse(accessScope);
      const changed = { ...found, policies: [...found.policies, { policyArn, namespaces }] };
      world.accessEntries.splice(world.accessEntries.indexOf(found), 1, changed);
      return { clusterName: found.cluster, principalArn: found.principalArn, associatedAccessPolicy: { policyArn } };
    }),
  UpdateClusterConfig(world, { parameters }) {
    const at = world.clusters.findIndex(({ name }) => name === parameters["cluster"]);
    world.clusters[at] = { ...world.clusters[at]!, accessConfig: JSON.parse(parameters["accessConfig"] ?? "{}") };
    return jsonAnswer({ update: { id: "1", status: "Successful", type: "AccessConfigUpdate" } });
  },
};

/** The answer to a call about access; undefined for any other. */
export function accessAnswer(world: World, operation: AccessOperation): StandinAnswer | undefined {
  const answer = ACTIONS[operation.action];
  if (answer === undefined) return undefined;
  const { caller: { principal }, action } = operation;
  if (world.options.mayNotReadAccess?.test(principal)) {
    const message = `User: ${principal} is not authorized to perform: eks:${action}`;
    return errorAnswer({ status: 403, code: "AccessDeniedException", message });
  }
  return answer(world, operation);
}

function findEntry({ accessEntries }: World, { parameters }: AccessOperation): StandinEntry | undefined {
  return accessEntries.find(({ cluster, principalArn }) =>
    cluster === parameters["cluster"] && principalArn === parameters["principalArn"]
  );
}

function withEntry(world: World, operation: AccessOperation, answer: (found: StandinEntry) => object): StandinAnswer {
  const found = findEntry(world, operation);
  if (found !== undefined) return jsonAnswer(answer(found));
  const message = "The specified principalArn could not be found. You can view your available access entries with " +
    "'list-access-entries'.";
  return errorAnswer({ status: 404, code: "ResourceNotFoundException", message });
}

function shownEntry({ cluster, principalArn, groups }: StandinEntry): object {
  return {
    clusterName: cluster,
    principalArn,
    kubernetesGroups: groups,
    username: principalArn.replace(/^arn:aws:iam::(\d+):role\/(?:.*\/)?/, "arn:aws:sts::$1:assumed-role/"),
    type: "STANDARD",
    tags: {},
  };
}

/** `METHOD /clusters/NAME/…` as an action. */
const ROUTES: readonly (readonly [pattern: RegExp, action: string])[] = [
  [/^GET \/clusters\/([^/]+)\/access-entries$/, "ListAccessEntries"],
  [/^POST \/clusters\/([^/]+)\/access-entries$/, "CreateAccessEntry"],
  [/^GET \/clusters\/([^/]+)\/access-entries\/([^/]+)$/, "DescribeAccessEntry"],
  [/^DELETE \/clusters\/([^/]+)\/access-entries\/([^/]+)$/, "DeleteAccessEntry"],
  [/^GET \/clusters\/([^/]+)\/access-entries\/([^/]+)\/access-policies$/, "ListAssociatedAccessPolicies"],
  [/^POST \/clusters\/([^/]+)\/access-entries\/([^/]+)\/access-policies$/, "AssociateAccessPolicy"],
  [/^POST \/clusters\/([^/]+)\/update-config$/, "UpdateClusterConfig"],
];

/** Which call about access a request is, with the cluster and the principal that its path names. */
export function accessRoute(method: string, path: string) {
  for (const [pattern, action] of ROUTES) {
    const found = pattern.exec(`${method} ${path}`);
    if (found === null) continue;
    const [cluster = "", principalArn] = found.slice(1).map(decodeURIComponent);
    return { action, parameters: { cluster, ...(principalArn === undefined ? {} : { principalArn }) } };
  }
  return undefined;
}
