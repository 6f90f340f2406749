import { AppError } from "../../../errors.ts";
import { ENTRY_NAME, NAMESPACE, NAMESPACE_IS } from "../../../kube/entry_name.ts";
import type { UpdateKubeconfigInput } from "./input.ts";

type Names = Pick<UpdateKubeconfigInput["flags"], "alias" | "user-alias" | "namespace">;

/** AppError "usage" for names that an integration of atmos.yaml could not have, either. */
export function checkNames(flags: Names): void {
  for (const flag of ["alias", "user-alias"] as const) {
    const name = flags[flag];
    if (name === undefined || ENTRY_NAME.test(name)) continue;
    throw refusedName({
      flag,
      name,
      found: name === "" ? "it is empty" : "it has a line break or another control character",
    });
  }
  const { namespace: name } = flags;
  if (name !== undefined && !NAMESPACE.test(name)) {
    throw refusedName({ flag: "namespace", name, found: `the name of a namespace has ${NAMESPACE_IS}` });
  }
}

export interface RefusedName {
  readonly flag: keyof Names;
  readonly name: string;
  readonly found: string;
}

export function refusedName({ flag, name, found }: RefusedName): AppError {
  return new AppError("usage", `Cannot use --${flag} ${JSON.stringify(name)}: ${found}`, {
    hint: `Give another one: --${flag} NAME`,
  });
}
