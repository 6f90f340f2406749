import type { Input } from "../../args/command.ts";
import type { AUTH_INIT_FLAGS } from "./command.ts";

export type InitInput = Input<typeof AUTH_INIT_FLAGS>;
