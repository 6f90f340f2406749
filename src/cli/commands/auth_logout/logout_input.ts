import type { Host } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_LOGOUT_FLAGS } from "./flags.ts";

/** With `--dry-run` net, write and run are not there. */
export type LogoutCommandHost = Omit<Host, "loopback">;
export type LogoutInput = Input<typeof AUTH_LOGOUT_FLAGS>;
