import type { Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";

/** The account that entries belong to, as the Go atmos has it; the service is the entry's name. */
export const ACCOUNT = "atmos-auth";

type RunHost = Needs<"run">;

export interface Entry {
  readonly name: string;
  readonly value: Secret;
}

/** How one operating system's keychain is asked. A secret goes through stdin, never into an argument. */
export interface SystemProgram {
  readonly title: string;
  get(host: RunHost, name: string): Promise<Secret | undefined>;
  set(host: RunHost, entry: Entry): Promise<void>;
  remove(host: RunHost, name: string): Promise<boolean>;
}
