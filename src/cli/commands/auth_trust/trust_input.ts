import type { Host } from "../../../host/host.ts";
import type { Input } from "../../args/command.ts";
import type { AUTH_TRUST_FLAGS } from "./flags.ts";

/** Not net, and not run: what is looked at here is not trusted yet. */
export type TrustHost = Pick<Host, "read" | "write" | "env" | "sys" | "clock" | "random" | "runtime" | "terminal">;
export type TrustInput = Input<typeof AUTH_TRUST_FLAGS>;
