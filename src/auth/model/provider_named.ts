import { AppError } from "../../errors.ts";
import { closest } from "../../formats/text/closest.ts";
import { hintWithSetUp } from "./set_up_hint.ts";
import { lookup, nameMeant } from "../../config/schema/lookup.ts";
import type { AuthModel, Provider } from "./model.ts";
import { formatProblem } from "../../config/schema/entry.ts";
import { CHECK, remedy } from "../../remedy.ts";

interface RequestedProvider {
  readonly name: string;
  /** Completes "Cannot ... provider": "log out of". */
  readonly doing: string;
}

/** AppError "identity-not-found" when no provider has that name, "config-invalid" when the one that has it is broken. */
export function findProviderNamed(model: AuthModel, { name, doing }: RequestedProvider): Provider {
  const found = lookup(model.providers, name);
  if (found !== undefined) return found;
  const family = model.broken.filter(({ family }) => family === "providers");
  const meant = nameMeant(name, family.map(({ name }) => name));
  const broken = family.find((one) => one.name === meant);
  const start = `Cannot ${doing} provider "${name}": `;
  if (broken !== undefined) {
    throw new AppError("config-invalid", start + formatProblem(broken.problems[0]!), {
      hint: remedy`See every problem of the configuration: ${CHECK}`,
    });
  }
  const near = closest(name, [...model.providers.keys()]).map((one) => `"${one}"`).join(" or ");
  const guess = near === "" ? "" : `, did you mean ${near}?`;
  throw new AppError("identity-not-found", `${start}no provider has that name${guess}`, {
    hint: hintWithSetUp(model, ["List them: ", { kind: "list-providers" }]),
  });
}
