import type { IdentityTarget } from "../../auth/login/identity.ts";
import { tagged } from "../../auth/model/select_identity.ts";
import { type ConfigHost, foundDirectory, type LoadedConfig } from "../../config/load_config.ts";
import type { Needs } from "../../host/host.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";
import { type AuthOf, authOf, warnOf } from "../project/load.ts";
import type { Globals } from "../args/global_flags.ts";
import { checkOneSelection } from "./one_selection.ts";
import { chosenIdentity } from "./chosen_identity.ts";

export interface WantedInput {
  readonly globals: Globals;
  readonly argument?: string | undefined;
  /** Any of these; none are no choice. */
  readonly tags?: readonly string[];
  /** The configuration, where it is read already. */
  readonly auth?: AuthOf;
}

/** An identity with the whole configuration that it comes from. */
export interface Wanted extends IdentityTarget {
  readonly model: ConfigModel;
  readonly config: LoadedConfig;
}

/** The configuration and the identity in it that a command is about; what is wrong elsewhere in it is a warning. */
export async function wantedIdentity(
  host: ConfigHost & Needs<"terminal">,
  { globals, argument, tags = [], auth }: WantedInput,
): Promise<Wanted> {
  checkOneSelection(host, { doing: "use", globals, argument, wider: undefined });
  const { config, model, problems } = auth ?? await authOf(host, globals);
  const identity = tags.length > 0
    ? await taggedIdentity(host, { model, tags, globals })
    : await chosenIdentity(host, { model, argument, globals });
  warnOf(host, { problems, globals });
  return { model, config, directory: foundDirectory(config), identity };
}

/** Of several it takes none by itself, were it the default: tags say that a choice is wanted. */
async function taggedIdentity(
  host: Needs<"terminal" | "env" | "sys">,
  { model, tags, globals }: {
    readonly model: ConfigModel;
    readonly tags: readonly string[];
    readonly globals: Globals;
  },
): Promise<string> {
  const among = tagged(model, tags);
  const [first, ...more] = among.identities.keys();
  return more.length === 0
    ? first!
    : await chosenIdentity(host, { model: among, globals: { ...globals, identity: "" } });
}
