import { AppError, cancelledByUser } from "../../../errors.ts";
import { Secret } from "../../../secret.ts";
import type { Needs } from "../../../host/host.ts";
import type { LoginUi } from "../../../auth/flow/login_host.ts";

/** Typing mistakes that are forgiven. */
const TRIES = 3;

export interface RequestedValue {
  /** As in "access key id". */
  readonly what: string;
  readonly hidden: boolean;
  readonly faultOf: (value: string) => string | undefined;
  /** Whether nothing is an answer, too. */
  readonly optional?: true;
}

/** Asks until the answer is fit, a few times. AppError "interrupted" for no answer, "usage" for one that is not fit. */
export async function askFit(
  host: Needs<"terminal">,
  { ui, ...wanted }: RequestedValue & { readonly ui: Pick<LoginUi, "ask"> },
): Promise<Secret | undefined> {
  const { what, hidden, optional, faultOf } = wanted;
  const note = optional ? " (Enter to skip)" : hidden ? " (not shown)" : "";
  for (let left = TRIES; left > 0; left--) {
    const answer = (await ui.ask({ text: `${capitalize(what)}${note}`, hidden }))?.reveal().trim();
    if (answer === undefined || answer === "") {
      if (optional) return undefined;
      throw cancelledByUser(`Cancelled: no ${what} was given`);
    }
    const fault = faultOf(answer);
    if (fault === undefined) return new Secret(answer, { isShown: !hidden });
    if (left > 1) host.terminal.err(`Invalid: ${fault}.\n`);
  }
  throw new AppError("usage", `Cannot use the ${what}: it is not valid`, { hint: "Nothing was written" });
}

/** The same for what was not typed at a question. AppError "usage". */
export function checkValueFits(value: string, { what, hidden, faultOf }: RequestedValue): Secret {
  const fault = faultOf(value);
  if (fault === undefined) return new Secret(value, { isShown: !hidden });
  throw new AppError("usage", `Cannot use the ${what}: ${fault}`, { hint: "Nothing was written" });
}

function capitalize(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}
