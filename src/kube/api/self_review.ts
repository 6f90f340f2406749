import type { Needs } from "../../host/host.ts";
import {
  type ApiAnswer,
  type ApiBody,
  type ApiServer,
  askServer,
  readObject,
  readText,
  readTexts,
} from "./api_server.ts";

/** Who a cluster says that a token is of. */
export type Review =
  | { readonly kind: "known"; readonly username: string; readonly groups: readonly string[] }
  /** 401: the token is of no one whom the cluster knows. */
  | { readonly kind: "unknown" }
  /** 403: it is known, and not even allowed to ask that. */
  | { readonly kind: "forbidden"; readonly message: string }
  | { readonly kind: "other"; readonly answer: ApiAnswer };

const GROUP = "/apis/authentication.k8s.io";

/**
 * Returns whom the cluster takes the bearer of a token for. Permission: net. Throws NetError where there is no answer.
 * https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/self-subject-review-v1/
 */
export async function reviewSelf(host: Needs<"net">, server: ApiServer, token: string): Promise<Review> {
  const ask = (version: string) =>
    askServer(host, server, {
      path: `${GROUP}/${version}/selfsubjectreviews`,
      token,
      create: { apiVersion: `authentication.k8s.io/${version}`, kind: "SelfSubjectReview" },
    });
  const answer = await ask("v1");
  // Kubernetes 1.27 has the beta alone.
  return readReview(answer.status === 404 ? await ask("v1beta1") : answer);
}

function readReview(answer: ApiAnswer): Review {
  const { status, body } = answer;
  if (body !== undefined && status === 401) return { kind: "unknown" };
  if (body !== undefined && status === 403) return { kind: "forbidden", message: readText(body, "message") ?? "" };
  const user = readObject(readObject(body?.["status"])?.["userInfo"]);
  const username = readText(user, "username");
  if (username === undefined || status >= 300) return { kind: "other", answer };
  return { kind: "known", username, groups: readTexts(user, "groups") };
}

/** What a user may do in a namespace. */
export interface Rules {
  /** A line each: `get,list,watch pods`. */
  readonly lines: readonly string[];
  /** Whether the user may list pods. */
  readonly listsPods: boolean;
}

const AUTHORIZATION = "/apis/authorization.k8s.io/v1";

/**
 * Returns what the bearer of a token may do in a namespace, without what every user may; undefined where the cluster does
 * not say it. Rules of EKS access policies are in no list, so it is asked for one of them. Permission: net. Throws
 * NetError where there is no answer.
 * https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/self-subject-rules-review-v1/
 */
export async function reviewRules(
  host: Needs<"net">,
  server: ApiServer,
  { token, namespace }: { readonly token: string; readonly namespace: string },
): Promise<Rules | undefined> {
  const ask = (kind: string, spec: ApiBody) =>
    askServer(host, server, {
      path: `${AUTHORIZATION}/${kind.toLowerCase()}s`,
      token,
      create: { apiVersion: "authorization.k8s.io/v1", kind, spec },
    });
  const { status, body } = await ask("SelfSubjectRulesReview", { namespace });
  const found = readObject(body?.["status"]);
  if (status >= 300 || found === undefined) return undefined;
  const rules = Array.isArray(found["resourceRules"]) ? found["resourceRules"] : [];
  const access = await ask("SelfSubjectAccessReview", {
    resourceAttributes: { namespace, verb: "list", version: "v1", resource: "pods" },
  });
  const listsPods = readObject(access.body?.["status"])?.["allowed"] === true;
  return { lines: rules.flatMap(ruleLine), listsPods };
}

/** What the role system:basic-user has. */
const SELF = /^selfsubject\w*reviews$/;

function ruleLine(value: unknown): readonly string[] {
  const rule = readObject(value);
  const resources = readTexts(rule, "resources").filter((name) => !SELF.test(name));
  return resources.length === 0 ? [] : [`${readTexts(rule, "verbs").join(",")} ${resources.join(",")}`];
}
