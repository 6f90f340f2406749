import type { Located, LocatedScalar } from "../../config/values/located.ts";
import { markFetched } from "../../config/values/make_located.ts";
import { TemplateError } from "../../formats/go_template/values/value.ts";
import { isCall, type Refusals } from "./plain_data.ts";

/** A template reads a function that is not called. */
export class UncalledFunction extends TemplateError {
  readonly scalar: LocatedScalar;

  constructor(scalar: LocatedScalar) {
    super(`${scalar.text} is not called`, 0);
    this.scalar = scalar;
  }

  /** Returns the function, which stands for whatever is made of it, with the marks of that. */
  standingFor({ place, fetched }: Pick<LocatedScalar, "place" | "fetched">): Located {
    const { layers: _, ...scalar } = this.scalar;
    return fetched === undefined ? { ...scalar, place } : markFetched({ ...scalar, place }, fetched);
  }
}

/** Refuses functions to templates: such a function must not become text of what they make. */
export function refuseUncalled(isRefused: (scalar: LocatedScalar) => boolean): Refusals {
  return {
    errorOf: (scalar) => {
      const isCovered = (scalar.layers?.above.length ?? 0) > 0;
      return isCall(scalar) && !isCovered && isRefused(scalar) ? new UncalledFunction(scalar) : undefined;
    },
    areKept: true,
  };
}
