import type { ConfigHost } from "../../../config/load_config.ts";
import type { Needs } from "../../../host/host.ts";
import type { StoreHost } from "../../../store/replace.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_CONFIGURE_AWS_FLAGS } from "./flags.ts";

/** With `--dry-run` and `--diff` write and run are not there. */
export type ConfigureHost = ConfigHost & StoreHost & Needs<"terminal">;
export type ConfigureInput = Input<typeof AUTH_CONFIGURE_AWS_FLAGS>;
