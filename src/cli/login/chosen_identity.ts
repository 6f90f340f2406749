import { type Selected, selectIdentity } from "../../auth/select_identity.ts";
import type { AuthModel } from "../../auth/model.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { printable } from "../printable.ts";
import { isSomebodyThere } from "./terminal_talk.ts";

export interface ChoiceInput {
  readonly model: AuthModel;
  /** The argument of the command. */
  readonly argument?: string | undefined;
  /** `--identity` or ATMOS_IDENTITY; "" to be asked. */
  readonly flag: string | undefined;
}

type ChoiceHost = Needs<"terminal" | "env">;

/** The identity that is meant, asked for on a terminal where nothing says it. AppErrors of selectIdentity. */
export async function chosenIdentity(host: ChoiceHost, { model, argument, flag }: ChoiceInput): Promise<string> {
  const interactive = host.terminal.isTty.stdin && isSomebodyThere(host);
  const selected = selectIdentity(model, { said: argument ?? flag, interactive });
  return selected.kind === "named" ? selected.name : await ask(host, selected);
}

async function ask(host: ChoiceHost, { question, among }: Selected & { kind: "ask" }): Promise<string> {
  const lines = among.map(({ name, kind }, at) => `  ${at + 1}  ${printable(name)} (${kind})\n`);
  host.terminal.err(`${question}\n${lines.join("")}Number or name: `);
  const answer = (await host.terminal.line())?.trim() ?? "";
  if (answer === "") throw new AppError("interrupted", "Cannot choose an identity: none was chosen");
  const found = among[Number(answer) - 1] ?? among.find(({ name }) => name.toLowerCase() === answer.toLowerCase());
  if (found === undefined) {
    throw new AppError("usage", `Cannot choose identity "${answer}": it is none of them`, {
      hint: "Name one: --identity NAME",
    });
  }
  return found.name;
}
