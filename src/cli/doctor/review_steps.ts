import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import type { ApiServer } from "../../kube/api/api_server.ts";
import { type Review, reviewRules, reviewSelf } from "../../kube/api/self_review.ts";
import { toAppError } from "../output/app_error.ts";
import { failure, failureFrom, ok, skipped, type Verdict } from "./step.ts";

interface AskInput {
  readonly server: ApiServer | undefined;
  /** Whether an API server answers there. */
  readonly isThere: boolean;
  /** Why the token must not be sent there; undefined where it may. */
  readonly objection: string | undefined;
  readonly token: string | undefined;
}

interface Reviewed {
  readonly verdict: Verdict;
  readonly review: Review | undefined;
}

/** Returns whether the cluster knows whom the token is of. Permission: net. */
export async function checkAuthentication(host: Needs<"net">, input: AskInput): Promise<Reviewed> {
  const { server, isThere, objection, token } = input;
  const none = (found: string): Reviewed => ({ verdict: skipped(found), review: undefined });
  if (server === undefined || !isThere) return none("the API server was not reached");
  if (token === undefined) return none("there is no token");
  if (objection !== undefined) return none(objection);
  try {
    const review = await reviewSelf(host, server, token);
    return { verdict: judgeReview(review), review };
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    return { verdict: failureFrom(toAppError(error)), review: undefined };
  }
}

function judgeReview(review: Review): Verdict {
  switch (review.kind) {
    case "known":
      return ok(`the cluster recognizes the principal of the token as "${review.username}"`);
    case "unknown":
      return failure("login-denied", "the cluster does not recognize the principal of the token (401 Unauthorized)");
    case "forbidden":
      return ok(
        "the cluster recognizes the principal of the token, which may not query its own permissions (403 Forbidden)",
      );
    case "other":
      return failure("unreachable", `the response is not from Kubernetes (status ${review.answer.status})`);
  }
}

/** What a user may not do. */
export interface Refused {
  readonly username: string;
  readonly groups: readonly string[];
  readonly message: string;
}

/** Returns what the user may do in a namespace; what it may not where that is nothing at all. Permission: net. */
export async function checkAuthorization(host: Needs<"net">, { server, token, review, namespace }: {
  readonly server: ApiServer | undefined;
  readonly token: string | undefined;
  readonly review: Review | undefined;
  readonly namespace: string;
}): Promise<Verdict | Refused> {
  if (review?.kind === "forbidden") {
    const [, username = "(unknown)"] = /User "([^"]+)"/.exec(review.message) ?? [];
    return { username, groups: [], message: review.message };
  }
  if (server === undefined || token === undefined || review?.kind !== "known") {
    return skipped("the cluster does not recognize the principal of the token");
  }
  const rules = await reviewRules(host, server, { token, namespace }).catch((error) => {
    if (error instanceof NetError) return undefined;
    throw error;
  });
  if (rules === undefined) return skipped("the cluster does not say what its users are allowed to do");
  const { lines: [first, ...more], listsPods } = rules;
  if (first !== undefined || listsPods) {
    const others = more.length === 0 ? "" : ` and ${more.length} more rules`;
    return ok(`allowed in namespace "${namespace}": ${first ?? "list pods"}${others}`);
  }
  const { username, groups } = review;
  return { username, groups, message: `it has no permissions in namespace "${namespace}" (403 Forbidden)` };
}
