import type { Named } from "../../../config/schema/entry.ts";
import type { Paint } from "../../output/paint.ts";
import { printable } from "../../output/printable.ts";

export interface Titled extends Pick<Named, "name"> {
  readonly kind: string;
  readonly isDefault?: boolean;
}

/** `dev-admin (aws/permission-set) [DEFAULT]` */
export function titleOf({ name, kind, isDefault }: Titled, paint: Paint): string {
  const mark = isDefault ? ` ${paint("green", "[DEFAULT]")}` : "";
  return `${paint("bold", printable(name))} ${paint("dim", `(${kind})`)}${mark}`;
}
