import { CHECK, nameCommand, remedy } from "../../remedy.ts";
import { problemText } from "../../config/schema/entry.ts";
import { hintWithSetUp } from "../../auth/model/set_up_hint.ts";
import { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import type { ConfigModel } from "../../integrations/contract/model.ts";

export type BrokenIntegration = ConfigModel["broken"][number];

/** The broken integration of that name, upper and lower case being the same, where no sound one is spelt exactly so. */
export function brokenIntegration(
  { broken, integrations }: ConfigModel,
  name: string,
): BrokenIntegration | undefined {
  if (integrations.has(name)) return undefined;
  return broken.find((one) => one.family === "integrations" && one.name.toLowerCase() === name.toLowerCase());
}

/** AppError "config-invalid", with the first thing that is wrong with it. */
export function unusableIntegration({ name, problems: [problem] }: BrokenIntegration): AppError {
  return new AppError("config-invalid", `Cannot use integration "${name}": ${problemText(problem!)}`, {
    hint: remedy`See every problem of the configuration: ${CHECK}`,
    place: problem!.place,
  });
}

interface Unknown {
  readonly name: string;
  /** Those that could be meant. */
  readonly kinds: readonly string[];
}

/** AppError "config-invalid": no integration has that name. */
export function unknownIntegration(model: ConfigModel, { name, kinds }: Unknown): AppError {
  const { integrations, broken } = model;
  const known = [...integrations.values(), ...broken.filter(({ family }) => family === "integrations")];
  const names = known.filter(({ kind }) => kind !== undefined && kinds.includes(kind)).map((one) => one.name);
  const near = closest(name, names).map((one) => `"${one}"`).join(" or ");
  const guess = near === "" ? "" : `, did you mean ${near}?`;
  return new AppError("config-invalid", `Cannot use integration "${name}": no integration has that name${guess}`, {
    hint: hintWithSetUp(model, remedy`List integrations: ${nameCommand("auth", "list", "--integrations")}`),
  });
}
