import type { LoopbackListener, Needs, Visit, VisitAnswer, Visited } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { Secret } from "../../secret.ts";

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "connection": "close",
} as const;

/** A page for the person's browser: words only, nothing that runs, loads or is kept. */
export function callbackPage(
  { status, title, text }: { readonly status: number; readonly title: string; readonly text: string },
): VisitAnswer {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${escapeCharacters(title)}</title>
<h1>${escapeCharacters(title)}</h1>
<p>${escapeCharacters(text)}</p>
</html>
`;
  return { status, headers: HEADERS, body };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeCharacters(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one]!);
}

/** The path that aws uses, too. */
export const CALLBACK_PATH = "/oauth/callback";

/** What the browser came back with. `error` is a word of OAuth's, such as "access_denied". */
export type Arrival =
  | { readonly kind: "code"; readonly code: Secret }
  | { readonly kind: "refused"; readonly error: string };

/**
 * Answers a visit. Only one that knows the state ends the wait; whoever else comes, a port scan or another page in the
 * same browser, is sent away. https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.2
 */
export function callbackVisit({ method, target }: Visit, state: Secret): Visited<Arrival> {
  const url = URL.parse(target, "http://127.0.0.1");
  if (url?.pathname !== CALLBACK_PATH) return { answer: sent(404, "Nothing is here.") };
  if (method !== "GET" || url.searchParams.get("state") !== state.reveal()) return { answer: notOurs() };
  const arrival = readArrival(url.searchParams);
  if (arrival === undefined) return { answer: notOurs() };
  return { answer: answerTo(arrival), found: arrival };
}

/** Returns what answers the visits of one login: its state is used up by the first visit that ends the wait. */
export function callbackVisits(state: Secret): (visit: Visit) => Visited<Arrival> {
  let isUsed = false;
  return (visit) => {
    const visited = callbackVisit(visit, state);
    if (visited.found === undefined) return visited;
    if (isUsed) return { answer: sent(400, "This login is already complete. You can close this tab.") };
    isUsed = true;
    return visited;
  };
}

function readArrival(query: URLSearchParams): Arrival | undefined {
  const [code, error] = [query.get("code"), query.get("error")];
  if (error) return { kind: "refused", error };
  return code ? { kind: "code", code: new Secret(code) } : undefined;
}

function answerTo(arrival: Arrival) {
  if (arrival.kind === "code") {
    const text = "atmos has what it needs. You can close this tab and go back to the terminal.";
    return callbackPage({ status: 200, title: "Back to the terminal", text });
  }
  const text = `AWS reported: ${arrival.error}. You can close this tab; the terminal shows what to do next.`;
  return callbackPage({ status: 400, title: "Not logged in", text });
}

function notOurs() {
  return sent(400, "This is not the login that atmos is waiting for.");
}

function sent(status: number, text: string) {
  return callbackPage({ status, title: "atmos", text });
}

/** Returns what waits for the browser to come back to this machine; undefined where no port is free. Permission: net. */
export function listenForCallback(host: Needs<"loopback">, state: Secret): LoopbackListener<Arrival> | undefined {
  try {
    return host.loopback.listen(callbackVisits(state));
  } catch (error) {
    if (error instanceof NetError) return undefined;
    throw error;
  }
}
