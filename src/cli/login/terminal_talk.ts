import type { Choice, LoginTalk } from "../../auth/login/login_host.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import type { Globals } from "../global_flags.ts";
import { paintFor } from "../paint.ts";
import { printable } from "../printable.ts";
import { isTrue } from "../truth.ts";
import { deviceText, type PageText, redirectText } from "./login_page_text.ts";
import { openPage } from "./open_page.ts";
import { openerHere, saidHere } from "./opener.ts";

export type TalkHost = Needs<"terminal" | "env" | "read" | "run" | "sys">;

export interface TalkInput {
  readonly globals: Globals;
  /** Whether the command line asked to log in. */
  readonly explicit: boolean;
  /** Whether the command line asked for a code instead of this machine's browser. */
  readonly deviceCode?: boolean;
}

/** A login's talk with the person at this terminal; on stderr, since stdout may be evaluated by a shell. */
export function terminalTalk(host: TalkHost, { globals, explicit, deviceCode = false }: TalkInput): LoginTalk {
  const line = (text: string) => host.terminal.err(`${printable(text)}\n`);
  const quiet = globals["logs-level"] === "error" || globals["logs-level"] === "off";
  return {
    interactive: isSomebodyThere(host),
    explicit,
    say: line,
    warn({ message, hint }) {
      if (!quiet) host.terminal.err(`Warning: ${printable(message)}\nHint: ${printable(hint)}\n`);
    },
    showDevice: (authorization) => {
      const page = pageOf(host, { globals, url: authorization.verificationUriComplete });
      host.terminal.err(deviceText(authorization, page));
    },
    browserIsHere: () => !deviceCode && (saidHere(host) ?? openerHere(host) !== undefined),
    showPage: (url) => host.terminal.err(redirectText(url, pageOf(host, { globals, url }))),
    async ask({ text }) {
      const answer = await answerTo(host, text);
      return answer === undefined ? undefined : new Secret(answer);
    },
    choose: ({ question, among }) => chosen(host, { question, among }),
  };
}

async function answerTo(host: TalkHost, question: string): Promise<string | undefined> {
  if (!host.terminal.isTty.stdin) return undefined;
  host.terminal.err(`${printable(question)}: `);
  const answer = (await host.terminal.line())?.trim();
  return answer === "" ? undefined : answer;
}

async function chosen(host: TalkHost, { question, among }: Choice): Promise<string | undefined> {
  const lines = among.map(({ name, note }, at) => `  ${at + 1}  ${printable(name)} (${printable(note)})\n`);
  if (host.terminal.isTty.stdin) host.terminal.err(`${printable(question)}\n${lines.join("")}`);
  const answer = await answerTo(host, "Number or name");
  if (answer === undefined) return undefined;
  return (among[Number(answer) - 1] ?? among.find(({ name }) => name.toLowerCase() === answer.toLowerCase()))?.name;
}

/** A pipeline may have a terminal, but nobody at it. */
export function isSomebodyThere(host: Needs<"terminal" | "env">): boolean {
  const forced = isTrue(host.env.get("ATMOS_FORCE_TTY"));
  return forced || (host.terminal.isTty.stderr && !isTrue(host.env.get("CI")));
}

/** Tries to open the page. */
function pageOf(host: TalkHost, { globals, url }: { readonly globals: Globals; readonly url: string }): PageText {
  return { paint: paintFor(host, { stream: "stderr", globals }), opened: openPage(host, url) };
}
