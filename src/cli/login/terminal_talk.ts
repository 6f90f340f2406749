import type { Choice, LoginTalk } from "../../auth/login/login_host.ts";
import type { DeviceAuthorization } from "../../aws/sso_oidc.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import type { Globals } from "../global_flags.ts";
import { paintFor } from "../paint.ts";
import { printable } from "../printable.ts";
import { isTrue } from "../truth.ts";
import { openPage } from "./open_page.ts";

export type TalkHost = Needs<"terminal" | "env" | "run" | "sys">;

export interface TalkInput {
  readonly globals: Globals;
  /** Whether the command line asked to log in. */
  readonly explicit: boolean;
}

/** A login's talk with the person at this terminal; on stderr, since stdout may be evaluated by a shell. */
export function terminalTalk(host: TalkHost, { globals, explicit }: TalkInput): LoginTalk {
  const line = (text: string) => host.terminal.err(`${printable(text)}\n`);
  const quiet = globals["logs-level"] === "error" || globals["logs-level"] === "off";
  return {
    interactive: isSomebodyThere(host),
    explicit,
    say: line,
    warn({ message, hint }) {
      if (!quiet) host.terminal.err(`Warning: ${printable(message)}\nHint: ${printable(hint)}\n`);
    },
    showDevice: (authorization) => showDevice(host, { authorization, globals }),
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

function showDevice(
  host: TalkHost,
  { authorization, globals }: { authorization: DeviceAuthorization; globals: Globals },
): void {
  const paint = paintFor(host, { stream: "stderr", globals });
  const page = printable(authorization.verificationUriComplete);
  const opened = openPage(host, page);
  const lines = [
    opened ? "Your browser opens this page:" : "Open this page in a browser, on any machine:",
    `  ${paint("cyan", page)}`,
    `and compare the code:  ${paint("bold", printable(authorization.userCode))}`,
    "Only approve if you started this login yourself.",
  ];
  host.terminal.err(`Log in to AWS\n${lines.map((one) => `  ${one}\n`).join("")}Waiting for you to approve it …\n`);
}
