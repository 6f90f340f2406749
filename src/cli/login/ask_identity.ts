import { type ConfiguredIdentity } from "../../auth/model/configured_identities.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { cancelledByUser } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { chooseOne } from "../prompt/choose_one.ts";
import type { Option } from "../prompt/picker_state.ts";
import { describeAccount, type IdentityState, identityStates, type StateHost } from "./identity_states.ts";
import { judgeStatus } from "./login_status.ts";

export type AskHost = StateHost & Needs<"terminal">;

interface AskInput {
  readonly model: AuthModel;
  /** Where the strongest atmos.yaml lies; undefined when there is none. */
  readonly directory: string | undefined;
  readonly among: readonly ConfiguredIdentity[];
  readonly question: string;
  readonly globals: Pick<Globals, "no-color">;
  /** Where the list begins. */
  readonly first?: string | undefined;
}

/**
 * Returns the name of the identity that the user chooses at the terminal, by its name, account, role or state.
 *
 * @throws {AppError} interrupted where none is chosen
 */
export async function askIdentity(host: AskHost, { question, globals, ...input }: AskInput): Promise<string> {
  const among = await identityOptions(host, input);
  const chosen = await chooseOne(host, { question, among, globals });
  if (chosen === undefined) throw cancelledByUser("Cancelled: no identity selected");
  return chosen.name;
}

/** Returns the identities as options, each with its account, role and state, as far as this machine knows them. */
export async function identityOptions(
  host: StateHost,
  { model, directory, among, first = model.picked ?? model.used }: Omit<AskInput, "question" | "globals">,
): Promise<readonly Option[]> {
  const states = await identityStates(host, { model, directory, among });
  const now = host.clock.now();
  return states.map((one) => ({
    name: one.name,
    note: renderNote(one, { now, used: model.used }),
    isFirst: one.name.toLowerCase() === first?.toLowerCase(),
  }));
}

function renderNote(
  state: IdentityState,
  { now, used }: { readonly now: number; readonly used: string | undefined },
): string {
  const { kind = "no kind", alias, isBroken, isDefault, role, error } = state;
  const words = [
    describeAccount(state),
    used?.toLowerCase() === state.name.toLowerCase() ? "in use" : undefined,
    isDefault ? "default" : undefined,
    isBroken || error !== undefined ? "cannot be used" : describeState(state, now),
    role ?? kind,
    alias && `alias ${alias}`,
  ];
  return words.filter((word) => word !== undefined && word !== "").join(", ");
}

/** Nothing for those that are not logged in, which most are. */
function describeState({ located }: IdentityState, now: number): string | undefined {
  if (located?.stored === undefined) return undefined;
  return judgeStatus({ located, now, minTtl: { ms: 0, text: "0s" } }).text;
}
