/** Whom a cluster takes a caller for. */
export interface Bearer {
  readonly username: string;
  readonly groups: readonly string[];
  readonly mayListPods: boolean;
}

interface Question {
  readonly path: string;
  readonly table: boolean;
  readonly bearer: Bearer;
}

/** What a cluster with one pod, `web-0` in the namespace default, answers. */
export function kubeAnswer({ path, table, bearer }: Question): { readonly status: number; readonly body: unknown } {
  const review = reviewOf(path, bearer);
  if (review !== undefined) return { status: 201, body: { status: review } };
  const body = path === "/api/v1/namespaces/default/pods" ? pods(table) : DISCOVERY[path];
  return body === undefined ? { status: 404, body: NOT_FOUND } : { status: 200, body };
}

/** EKS access policies are in no list of rules. */
function reviewOf(path: string, { username, groups, mayListPods }: Bearer): unknown {
  switch (path) {
    case "/apis/authentication.k8s.io/v1/selfsubjectreviews":
      return { userInfo: { username, groups: [...groups, "system:authenticated"] } };
    case "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews":
      return { resourceRules: [{ verbs: ["create"], resources: ["selfsubjectreviews"] }], incomplete: true };
    case "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews":
      return { allowed: mayListPods };
    default:
      return undefined;
  }
}

const POD = {
  metadata: { name: "web-0", namespace: "default", creationTimestamp: "2026-01-02T03:04:05Z" },
  status: { phase: "Running" },
};

const DISCOVERY: Readonly<Record<string, unknown>> = {
  "/version": { major: "1", minor: "32", gitVersion: "v1.32.0-eks-standin" },
  "/api": { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [] },
  "/apis": { kind: "APIGroupList", apiVersion: "v1", groups: [] },
  "/api/v1": {
    kind: "APIResourceList",
    groupVersion: "v1",
    resources: [
      { name: "pods", singularName: "pod", namespaced: true, kind: "Pod", verbs: ["get", "list"], shortNames: ["po"] },
    ],
  },
};

const NOT_FOUND = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", code: 404 };

function pods(table: boolean): unknown {
  if (!table) return { kind: "PodList", apiVersion: "v1", metadata: {}, items: [POD] };
  const columns = ["Name", "Status"].map((name) => ({
    name,
    type: "string",
    format: "",
    description: "",
    priority: 0,
  }));
  const object = { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1", metadata: POD.metadata };
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata: {},
    columnDefinitions: columns,
    rows: [{ cells: ["web-0", "Running"], object }],
  };
}
