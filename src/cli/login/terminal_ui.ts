import { escapeControls } from "../../formats/text/terminal_text.ts";
import type { LoginUi, PageOptions, Question } from "../../auth/flow/login_host.ts";
import type { Needs } from "../../host/host.ts";
import { Secret } from "../../secret.ts";
import type { Globals } from "../args/global_flags.ts";
import { paintFor } from "../output/paint.ts";
import { printable } from "../output/text.ts";
import { chooseOne } from "../prompt/choose_one.ts";
import { mayMove, movesCursor, spinning } from "../prompt/spinner.ts";
import { isTrue } from "../args/flag_values.ts";
import type { LinkPageHost } from "./link_page.ts";
import { openerHere, openPage, readOverride } from "./open_browser.ts";
import { pageText } from "./page_text.ts";
import { renderHints } from "../output/remedy.ts";

type TerminalUiHost = LinkPageHost & Needs<"terminal">;

interface TerminalUiInput {
  readonly globals: Globals;
  /** Whether the command line asked for a code instead of this machine's browser. */
  readonly deviceCode?: boolean;
}

/** Returns the UI of a login at this terminal; on stderr, since stdout may be evaluated by a shell. */
export function terminalUi(host: TerminalUiHost, { globals, deviceCode = false }: TerminalUiInput): LoginUi {
  const line = (text: string) => host.terminal.err(`${printable(text)}\n`);
  const quiet = globals["logs-level"] === "error" || globals["logs-level"] === "off";
  return {
    interactive: hasInteractiveTerminal(host),
    explicit: false,
    say: line,
    warn(problem) {
      if (!quiet) {
        host.terminal.err(`Warning: ${printable(problem.message)}\n${renderHints(host, problem)}`);
      }
    },
    showDevice: ({ verificationUriComplete: url, userCode: code }) => showPage(host, { globals, url, code }),
    browserIsHere: () => !deviceCode && (readOverride(host) ?? openerHere(host) !== undefined),
    showPage: (url, options = {}) => showPage(host, { globals, url, ...options }),
    during: (text, work) => during(host, { text: printable(text), work, globals }),
    ask: (question) => answerTo(host, question),
    choose: async (choice) => (await chooseOne(host, { ...choice, globals }))?.name,
  };
}

async function answerTo(host: TerminalUiHost, { text, hidden }: Question): Promise<Secret | undefined> {
  if (!host.terminal.isTty.stdin) return undefined;
  if (hidden) return await (await import("../prompt/hidden_answer.ts")).askHidden(host, text);
  host.terminal.err(`${printable(text)}: `);
  const answer = (await host.terminal.line())?.trim() ?? "";
  return answer === "" ? undefined : new Secret(answer, { isShown: true });
}

interface During<T> {
  readonly text: string;
  readonly work: () => Promise<T>;
  readonly globals: Globals;
}

async function during<T>(host: TerminalUiHost, { text, work, globals }: During<T>): Promise<T> {
  if (mayMove(host, globals)) return await spinning(host, { text, work });
  host.terminal.err(`${text} …\n`);
  return await work();
}

/** Whether a user sits at the terminal; a pipeline may have one without. */
export function hasInteractiveTerminal(host: Needs<"terminal" | "env">): boolean {
  const forced = isTrue(host.env.get("ATMOS_FORCE_TTY"));
  return forced || (host.terminal.isTty.stderr && !isTrue(host.env.get("CI")));
}

interface Page extends PageOptions {
  readonly globals: Globals;
  readonly url: string;
  /** To compare; without one the browser comes back by itself, or shows one to type. */
  readonly code?: string;
}

function showPage(host: TerminalUiHost, { globals, url, code, ...options }: Page): void {
  const page = { title: "Log in to AWS", url: escapeControls(url), opened: openPage(host, url), ...options };
  const paint = paintFor(host, { stream: "stderr", globals });
  const columns = movesCursor(host) ? host.terminal.size().columns : undefined;
  const shown = code === undefined ? page : { ...page, code: printable(code) };
  host.terminal.err(pageText(shown, { paint, columns }));
}
