import type { Needs } from "../../host/host.ts";
import type { Secret } from "../../secret.ts";
import type { StoreHost } from "../../store/replace.ts";
import type { LoginUi } from "../flow/login_host.ts";

/** What a keyring may do: keep files, run the system's own program. */
export type KeyringHost = StoreHost & Needs<"env" | "run">;

/** Keeps secrets by name, for longer than a session. Errors are AppErrors of its kind. */
export interface Keyring {
  /** Where that is, as in "saved in ...". */
  readonly title: string;
  get(name: string): Promise<Secret | undefined>;
  /** What was there under that name is gone then. */
  set(name: string, value: Secret): Promise<void>;
  /** Whether there was one. */
  remove(name: string): Promise<boolean>;
}

export interface KeyringSetting<Spec> {
  /** As atmos.yaml and the variables say. */
  readonly configured: Spec;
  readonly ui: Pick<LoginUi, "ask">;
}

/** Opens one kind of keyring; nothing is read, asked or run before a secret is. */
export type OpenKeyring<Spec> = (host: KeyringHost, setting: KeyringSetting<Spec>) => Keyring | Promise<Keyring>;
