import { NetError } from "../../host/net/net_error.ts";
import type { NetRequest, NetResponse } from "../../host/host.ts";
import type { Log } from "../../host/log_port.ts";
import { callFacts, getRequestId } from "./call_facts.ts";

/** Returns the response to a call to AWS, which is told with what came of it. */
export async function logCall(
  log: Log,
  { request, send }: { readonly request: NetRequest; readonly send: () => Promise<NetResponse> },
): Promise<NetResponse> {
  const since = log.elapsed();
  const { attempt, ...facts } = callFacts(request);
  const timing = () => ({ ms: log.elapsed() - since, attempt });
  try {
    const answer = await send();
    const { status, headers } = answer;
    const error = status < 400 ? undefined : headers["x-amzn-errortype"]?.split(":")[0];
    log.tell("debug", "AWS call", { ...facts, status, error, request_id: getRequestId(headers), ...timing() });
    return answer;
  } catch (error) {
    log.tell("debug", "AWS call", { ...facts, error: error instanceof NetError ? error.kind : "failed", ...timing() });
    throw error;
  }
}
