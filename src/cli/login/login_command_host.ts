import type { LoginHost } from "../../auth/flow/login_host.ts";
import type { ConfigHost } from "../../config/load_config.ts";
import type { Needs } from "../../host/host.ts";

/** What every command that may log in is handed. */
export type LoginCommandHost = LoginHost & ConfigHost & Needs<"terminal">;
