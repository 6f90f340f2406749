import type { CredentialPolicy } from "../../auth/login/policies.ts";
import type { LoadedConfig } from "../../config/load_config.ts";
import type { TrustGate } from "../../config/trust/trust_gate.ts";
import type { AskAws } from "../../stacks/settings/call_function.ts";
import type { NamedComponent } from "../../stacks/stack_index.ts";
import type { Globals } from "../args/global_flags.ts";
import type { LoginCommandHost } from "./login_command_host.ts";

interface ComponentAwsInput {
  readonly globals: Globals;
  readonly config: LoadedConfig;
  /** Its `auth` may name the default identity. */
  readonly found: NamedComponent;
  readonly trust: TrustGate;
  readonly policy: CredentialPolicy;
  readonly profile?: string | undefined;
}

/** Returns what answers `!aws.account_id` and the like in a component; nothing is loaded or asked before one is called. */
export function componentAws(host: LoginCommandHost, input: ComponentAwsInput): AskAws {
  let asking: Promise<AskAws> | undefined;
  return async (value) => {
    asking ??= ask(host, input);
    return await (await asking)(value);
  };
}

async function ask(
  host: LoginCommandHost,
  { config, found, trust, ...input }: ComponentAwsInput,
): Promise<AskAws> {
  const [{ awsValues }, { componentAuth }] = await Promise.all([
    import("./aws_values.ts"),
    import("../project/component_auth.ts"),
  ]);
  const section = found.component.part("auth")?.value;
  const auth = { config, section: section?.kind === "map" ? section : undefined, trust };
  return awsValues(host, { ...input, load: () => componentAuth(host, auth) });
}
