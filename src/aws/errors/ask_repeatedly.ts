import { AppError } from "../../errors.ts";
import type { Needs, NetRequest, NetResponse } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { isHtmlPage } from "../client/html_page.ts";
import { MAX_TIMEOUTS, WORTH_RETRYING } from "../client/request_handler.ts";
import { networkFailure } from "./network_failure.ts";

interface Question {
  readonly request: NetRequest;
  /** Completes "Cannot …". */
  readonly doing: string;
  /** Who answers: "AWS", "GitHub". */
  readonly service: string;
  /** How often a service in trouble is asked, in all. */
  readonly maxAttempts: number;
}

const FIRST_PAUSE_MS = 500;

/**
 * Returns a service's own answer to a request that no SDK makes: 200, or a refusal with a status of 4xx. A service that is
 * busy, in trouble or out of reach is asked again, as the SDK does it. Permissions: net, clock.
 * @throws {AppError} unreachable for one that stays so, and for what only something in between answers; those of a
 *   failed connection
 */
export async function askRepeatedly(host: Needs<"net" | "clock">, question: Question): Promise<NetResponse> {
  let silences = 0;
  for (let attempt = 1;; attempt++) {
    const answer = await askOnce(host, question.request);
    if (answer instanceof NetError && answer.kind === "timeout") silences++;
    if (!isInTrouble(answer) || silences >= MAX_TIMEOUTS) return checkAnswer(question, answer);
    if (attempt >= question.maxAttempts) throw makeTrouble(question, { answer, attempt });
    await host.clock.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
}

type AskedResponse = NetResponse | NetError;

async function askOnce({ net }: Needs<"net">, request: NetRequest): Promise<AskedResponse> {
  return await net.fetch(request).catch((error) => {
    if (error instanceof NetError) return error;
    throw error;
  });
}

function isInTrouble(asked: AskedResponse): boolean {
  if (!(asked instanceof NetError)) return asked.status === 429 || asked.status >= 500;
  return WORTH_RETRYING.has(asked.kind);
}

function makeTrouble(
  { doing, service }: Question,
  { answer, attempt }: { answer: AskedResponse; attempt: number },
): AppError {
  if (answer instanceof NetError) return networkFailure({ doing }, answer);
  const times = attempt === 1 ? "" : `, ${attempt} times`;
  return new AppError("unreachable", `Cannot ${doing}: ${service} answered with status ${answer.status}${times}`, {
    hint: `Try again in a minute; the problem is at ${service}`,
  });
}

/** Neither a redirect nor a page for people is one; but AWS's federation refuses credentials with a page of status 400. */
function checkAnswer({ doing, service }: Question, answer: AskedResponse): NetResponse {
  if (answer instanceof NetError) throw networkFailure({ doing }, answer);
  const { status, body } = answer;
  const isPage = status !== 400 && isHtmlPage(body);
  if (!isPage && (status === 200 || status >= 400)) return answer;
  const found = isPage
    ? `the response is an HTML page with status ${status}`
    : `${service} answered with status ${status}`;
  throw new AppError("unreachable", `Cannot ${doing}: ${found}; is a proxy or captive portal in between?`, {
    hint: "Check the network and HTTPS_PROXY",
  });
}
