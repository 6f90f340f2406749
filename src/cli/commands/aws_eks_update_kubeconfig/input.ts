import type { Input } from "../../args/command.ts";
import type { UPDATE_KUBECONFIG_FLAGS } from "./flags.ts";

export type UpdateKubeconfigInput = Input<typeof UPDATE_KUBECONFIG_FLAGS>;
