import type { DeviceAuthorization } from "../../aws/sso/sso_oidc.ts";
import type { Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { FileProblem } from "../files/file_problem.ts";

/** What a login may do: ask AWS, let a browser come back, keep files, run a credential_process. */
export type LoginHost = StoreHost & Needs<"net" | "loopback" | "env" | "run">;

export interface Question {
  /** Without a colon at its end. */
  readonly text: string;
  /** Whether the answer must not be seen while it is typed. */
  readonly hidden: boolean;
}

/** What a page is like that is opened in the user's browser. */
export interface PageOptions {
  /** Whether the page may be opened anywhere, and shows a code in the end, which is typed here. */
  readonly isAnywhere?: boolean;
  /** Whether the page asks for no consent: a user who signs in has nothing to allow. */
  readonly hasNoConsent?: boolean;
}

/** How a login reports to its user, and asks. */
export interface LoginUi {
  /** Whether a user is there who can confirm a login. */
  readonly interactive: boolean;
  /** Whether a login was asked for in so many words: one that was just refused is then tried again. */
  readonly explicit: boolean;
  /** The SAML response that the user has already, where the command line says so. */
  readonly samlResponse?: () => Promise<Secret>;
  /** Whether the command line asks for a new sign-in with the browser, whatever keys or earlier sign-ins there are. */
  readonly webflow?: boolean;
  /** What is being done, a line. */
  say(line: string): void;
  warn(problem: FileProblem): void;
  /** Shows the code and where to confirm it. */
  showDevice(authorization: DeviceAuthorization): void;
  /** Whether the user's browser is on this machine, so that it can come back to it, and may be used for that. */
  browserIsHere(): boolean;
  /** Opens and shows the page after which the browser comes back; from anywhere else a code that it shows does. */
  showPage(url: string, options?: PageOptions): void;
  /** Shows what is waited for until `work` is over, and gives its result. */
  during<T>(line: string, work: () => Promise<T>): Promise<T>;
  /** What the user types; undefined without a terminal, or when nothing is typed. */
  ask(question: Question): Promise<Secret | undefined>;
  /** The name of the one that the user wants; undefined without a terminal, or when none is wanted. */
  choose(
    choice: { readonly question: string; readonly among: readonly { readonly name: string; readonly note: string }[] },
  ): Promise<string | undefined>;
}

/** Returns the same UI for what must not need its user, who is shown what happens and asked nothing. */
export function noninteractive(ui: LoginUi): LoginUi {
  return {
    ...ui,
    interactive: false,
    ask: () => Promise.resolve(undefined),
    choose: () => Promise.resolve(undefined),
  };
}

/** The UI of a plugin, which shows and asks nothing. */
export const SILENT_UI: LoginUi = {
  interactive: false,
  explicit: false,
  say: () => {},
  warn: () => {},
  showDevice: () => {},
  browserIsHere: () => false,
  showPage: () => {},
  during: (_, work) => work(),
  ask: () => Promise.resolve(undefined),
  choose: () => Promise.resolve(undefined),
};
