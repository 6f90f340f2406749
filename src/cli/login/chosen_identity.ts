import { type Selected, selectIdentity } from "../../auth/model/select_identity.ts";
import type { AuthModel } from "../../auth/model/model.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import type { Globals } from "../args/global_flags.ts";
import { chooseOne } from "../prompt/choose_one.ts";
import { hasInteractiveTerminal } from "./terminal_ui.ts";

export interface ChoiceInput {
  readonly model: AuthModel;
  /** The argument of the command. */
  readonly argument?: string | undefined;
  /** `identity` is that of `--identity` or ATMOS_IDENTITY; "" to be asked. */
  readonly globals: Pick<Globals, "identity" | "no-color">;
}

type ChoiceHost = Needs<"terminal" | "env" | "sys">;

/** The identity that is meant, asked for on a terminal where nothing says it. AppErrors of selectIdentity. */
export async function chosenIdentity(host: ChoiceHost, { model, argument, globals }: ChoiceInput): Promise<string> {
  const interactive = host.terminal.isTty.stdin && hasInteractiveTerminal(host);
  const selected = selectIdentity(model, { said: argument ?? globals.identity, interactive });
  return selected.kind === "named" ? selected.name : await ask(host, { asked: selected, globals });
}

async function ask(host: ChoiceHost, { asked, globals }: Asked): Promise<string> {
  const among = asked.among.map(({ name, kind }) => ({ name, note: kind }));
  const chosen = await chooseOne(host, { question: asked.question, among, globals });
  if (chosen === undefined) throw new AppError("interrupted", "Cannot choose an identity: none was chosen");
  return chosen.name;
}

interface Asked {
  readonly asked: Selected & { readonly kind: "ask" };
  readonly globals: ChoiceInput["globals"];
}
