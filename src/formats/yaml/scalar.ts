import { escapeUnseenInJson } from "../text/terminal_text.ts";

/** What is safe to write without quotes wherever a block scalar may stand. */
const SAFE = /^(?:--)?[A-Za-z_/][A-Za-z0-9_./@:=+-]*$/;
/** Words that YAML 1.1 or 1.2 read as something other than text. */
const WORD = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i;
/** Plain text that kubectl's YAML reader takes for a number. */
const NUMBER =
  /^[-+]?(0[bB][01_]+|0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+|[0-9][0-9_]*|(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?|\.(inf|Inf|INF))$/;

/** A string as YAML: plain where no reader of YAML 1.1 or 1.2 could take it for anything else, else in double quotes. */
export function yamlString(value: string): string {
  return SAFE.test(value) && !WORD.test(value) && !value.endsWith(":") ? value : quote(value);
}

/** A string in double quotes, valid as YAML 1.1, 1.2 and JSON; what no one would see is an escape. */
export function quote(value: string): string {
  return escapeUnseenInJson(JSON.stringify(value));
}

/** What kubectl makes of a plain scalar. */
export function plainType(text: string): "string" | "null" | "boolean" | "number" {
  if (/^(|~|null|Null|NULL)$/.test(text)) return "null";
  if (/^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/.test(text)) {
    return "boolean";
  }
  return NUMBER.test(text) || /^\.(nan|NaN|NAN)$/.test(text) ? "number" : "string";
}
