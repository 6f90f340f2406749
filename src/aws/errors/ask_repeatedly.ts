import { AppError } from "../../errors.ts";
import type { Needs, NetRequest, NetResponse } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { isHtmlPage } from "../client/html_page.ts";
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
 * busy or in trouble is asked again, as the SDK does it. Permissions: net, clock.
 * @throws {AppError} unreachable for one that stays so, and for what only something in between answers; those of a
 *   failed connection
 */
export async function askRepeatedly(host: Needs<"net" | "clock">, question: Question): Promise<NetResponse> {
  const { request, doing, service, maxAttempts } = question;
  for (let attempt = 1;; attempt++) {
    const answer = await host.net.fetch(request).catch((error) => {
      throw error instanceof NetError ? networkFailure({ doing }, error) : error;
    });
    if (!isInTrouble(answer)) return ownAnswer(question, answer);
    if (attempt >= maxAttempts) {
      const times = attempt === 1 ? "" : `, ${attempt} times`;
      throw new AppError("unreachable", `Cannot ${doing}: ${service} answered with status ${answer.status}${times}`, {
        hint: `Try again in a minute: the trouble is at ${service}.`,
      });
    }
    await host.clock.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1));
  }
}

function isInTrouble({ status }: NetResponse): boolean {
  return status === 429 || status >= 500;
}

/** Neither a redirect nor a page for people is one; but AWS's federation refuses credentials with a page of status 400. */
function ownAnswer({ doing, service }: Question, answer: NetResponse): NetResponse {
  const { status, body } = answer;
  const isPage = status !== 400 && isHtmlPage(body);
  if (!isPage && (status === 200 || status >= 400)) return answer;
  const found = isPage
    ? `the answer is an HTML page with status ${status}`
    : `${service} answered with status ${status}`;
  throw new AppError("unreachable", `Cannot ${doing}: ${found}; is a proxy or captive portal in between?`, {
    hint: "Check the network and HTTPS_PROXY.",
  });
}
