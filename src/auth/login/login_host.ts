import type { DeviceAuthorization } from "../../aws/sso_oidc.ts";
import type { Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { FileProblem } from "../file_problem.ts";

/** What a login may do: ask AWS, keep files, run a credential_process. */
export type LoginHost = StoreHost & Needs<"net" | "env" | "run">;

/** The person at the other end, if there is one. */
export interface LoginTalk {
  /** Whether somebody is there who can confirm a login. */
  readonly interactive: boolean;
  /** Whether a login was asked for in so many words: one that was just refused is then tried again. */
  readonly explicit: boolean;
  /** What is being done, a line. */
  say(line: string): void;
  warn(problem: FileProblem): void;
  /** Shows the code and where to confirm it. */
  showDevice(authorization: DeviceAuthorization): void;
  /** A code of the MFA device; undefined when nobody gives one. */
  askMfaCode(device: string): Promise<Secret | undefined>;
}
