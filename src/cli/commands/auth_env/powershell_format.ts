import { quotePowershell } from "../../../formats/text/shell_powershell.ts";
import type { RenderVariables } from "./formats.ts";
import { linesOf } from "./variables.ts";

/** For PowerShell: `atmos auth env --format=powershell | Out-String | Invoke-Expression`. */
export const render: RenderVariables = (variables, stale) =>
  linesOf(variables, (name, value) => `$env:${name} = ${quotePowershell(value)}`) +
  stale.map((name) => `Remove-Item Env:${name} -ErrorAction Ignore\n`).join("");
