import type { ConfigHost } from "../../../config/load_config.ts";
import type { KeyringHost } from "../../../auth/keyring/keyring.ts";
import type { Needs } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_USER_CONFIGURE_FLAGS } from "./flags.ts";

export type UserHost = ConfigHost & KeyringHost & Needs<"terminal">;
export type UserInput = Input<typeof AUTH_USER_CONFIGURE_FLAGS>;
