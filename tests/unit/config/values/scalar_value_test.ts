import { deepEqual, equal } from "node:assert/strict";
import { plainValue, taggedValue } from "../../../../src/config/values/scalar_value.ts";

Deno.test("plain scalars mean what yaml.v3 reads: numbers of YAML 1.1 and 1.2, words of 1.2", () => {
  const cases: readonly (readonly [string, string | number | boolean | null])[] = [
    ["0644", 420],
    ["-0644", -420],
    ["0o644", 420],
    ["0O644", 420],
    ["0x1F", 31],
    ["0X_1f", 31],
    ["0b101", 5],
    ["12_000", 12_000],
    ["1_000.5", 1000.5],
    ["+12", 12],
    ["0", 0],
    ["-0", 0],
    ["00", 0],
    ["089", 89],
    ["1e3", 1000],
    [".5", 0.5],
    ["5.", 5],
    ["-.inf", -Infinity],
    ["1:30", "1:30"],
    ["_1", "_1"],
    ["._5", "._5"],
    ["0o9", "0o9"],
    ["0x", "0x"],
    ["1.2.3", "1.2.3"],
    ["2024-01-01", "2024-01-01"],
    ["-", "-"],
    ["1e", "1e"],
    ["yes", "yes"],
    ["off", "off"],
    ["y", "y"],
    ["True", true],
    ["FALSE", false],
    ["tRUE", "tRUE"],
    ["~", null],
    ["NULL", null],
    ["", null],
  ];
  for (const [text, value] of cases) equal(plainValue(text), value, text);
  equal(Number.isNaN(plainValue(".nan")), true);
});

Deno.test("YAML's own tags make of text what they name, or nothing", () => {
  const values = [["!!int", "0644"], ["!!int", "1_0"], ["!!int", "1.5"], ["!!float", "08"], ["!!str", "0644"]] as const;
  deepEqual(values.map(([tag, text]) => taggedValue(tag, text)), [420, 10, undefined, 8, "0644"]);
});
