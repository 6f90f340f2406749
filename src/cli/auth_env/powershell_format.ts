import { quotePowershell } from "../../formats/shell_powershell.ts";
import type { RenderVariables } from "./formats.ts";
import { linesOf } from "./variables.ts";

/** For PowerShell: `atmos auth env --format=powershell | Out-String | Invoke-Expression`. */
export const render: RenderVariables = (variables) =>
  linesOf(variables, (name, value) => `$env:${name} = ${quotePowershell(value)}`);
