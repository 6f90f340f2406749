/** A flag's value where the user has typed one; undefined where it is only that of the flag's variable. */
export function getTyped(value: string | undefined, variable: string | undefined): string | undefined {
  return value === variable ? undefined : value;
}
