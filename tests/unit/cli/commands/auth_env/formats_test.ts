import { nameCommand, remedy } from "../../../../../src/remedy.ts";
import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { AUTH_ENV_FLAGS, type FormatName } from "../../../../../src/cli/commands/auth_env/command.ts";
import { FORMATS } from "../../../../../src/cli/commands/auth_env/formats.ts";
import type { AppError } from "../../../../../src/errors.ts";
import type { Variables } from "../../../../../src/cli/commands/auth_env/variables.ts";

function rendered(format: FormatName, variables: Variables): string {
  return FORMATS[format](variables, []);
}

const SAMPLE = { B: "it's $HOME", A: "plain/1", EMPTY: "" };

const samples: readonly (readonly [FormatName, string])[] = [
  ["bash", `export A=plain/1;\nexport B='it'"'"'s $HOME';\nexport EMPTY='';\n`],
  ["fish", "set -gx A 'plain/1'\nset -gx B 'it\\'s $HOME'\nset -gx EMPTY ''\n"],
  ["powershell", "$env:A = 'plain/1'\n$env:B = \"it's `$HOME\"\n$env:EMPTY = ''\n"],
  ["dotenv", `A=plain/1\nB='it'"'"'s $HOME'\nEMPTY=''\n`],
  ["env", "A=plain/1\nB=it's $HOME\nEMPTY=\n"],
  ["json", `{\n  "A": "plain/1",\n  "B": "it's $HOME",\n  "EMPTY": ""\n}\n`],
  ["github", "A=plain/1\nB=it's $HOME\nEMPTY=\n"],
];

for (const [format, text] of samples) {
  Deno.test(`auth env, ${format}: names in order, values quoted`, () => {
    equal(rendered(format, SAMPLE), text);
  });
}

Deno.test("auth env: a sample for every format, and every synonym means one of them", () => {
  deepEqual(samples.map(([name]) => name), Object.keys(FORMATS));
  deepEqual(Object.keys(FORMATS), [...AUTH_ENV_FLAGS.format.choices]);
  for (const meant of Object.values(AUTH_ENV_FLAGS.format.synonyms)) ok(meant in FORMATS);
});

Deno.test("auth env: no format prints NUL or a name that is none, nor says the value", () => {
  for (const format of Object.keys(FORMATS) as FormatName[]) {
    const render = FORMATS[format];
    throws(() => render({ A: "se\0cret" }, []), {
      code: "config-invalid",
      message: 'Cannot print variable "A": its value has a NUL byte, which no shell can hold',
      hint: "Correct the env of the identity in atmos.yaml",
    });
    for (const name of ["", "1A", "A B", "A;rm", "A\n"]) {
      throws(() => render({ [name]: "x" }, []), { code: "config-invalid" });
    }
  }
});

Deno.test("auth env, env: several lines are refused with a format that has them", () => {
  const render = FORMATS.env;
  throws(() => render({ A: "a\nb" }, []), {
    code: "usage",
    hint: remedy`Use another format: ${nameCommand("auth", "env", "--format", "dotenv")}`,
  });
  throws(() => render({ A: "a\rb" }, []), { code: "usage" });
});

Deno.test("auth env, github: the delimiter is in no value", () => {
  equal(rendered("github", { A: "1\n2" }), "A<<ATMOS_EOF_A\n1\n2\nATMOS_EOF_A\n");
  equal(
    rendered("github", { A: "ATMOS_EOF_A\nB=stolen\nATMOS_EOF_A_" }),
    "A<<ATMOS_EOF_A__\nATMOS_EOF_A\nB=stolen\nATMOS_EOF_A_\nATMOS_EOF_A__\n",
  );
});

Deno.test("auth env: what must not be set any more is unset where the form can say so, else emptied", () => {
  const said: Record<FormatName, string> = {
    bash: "export A=1;\nunset OLD;\n",
    fish: "set -gx A '1'\nset -e OLD\n",
    powershell: "$env:A = '1'\nRemove-Item Env:OLD -ErrorAction Ignore\n",
    dotenv: "A=1\nOLD=''\n",
    env: "A=1\nOLD=\n",
    json: '{\n  "A": "1",\n  "OLD": ""\n}\n',
    github: "A=1\nOLD=\n",
  };
  for (const [format, text] of Object.entries(said)) {
    equal(FORMATS[format as FormatName]({ A: "1" }, ["OLD"]), text, format);
  }
});

/** What a terminal obeys; line breaks and tabs it shows. */
const CONTROLS = [
  ...Array.from({ length: 0x20 }, (_, code) => code).filter((code) => ![0, 9, 10].includes(code)),
  ...Array.from({ length: 0x21 }, (_, at) => 0x7f + at),
  ...[0x61c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
].map((code) => String.fromCharCode(code));

for (const format of Object.keys(FORMATS) as FormatName[]) {
  Deno.test(`auth env, ${format}: no control character is printed as it is`, () => {
    for (const control of CONTROLS) {
      for (const value of [control, `a${control}0'b`, `${control}${control}\n`]) {
        try {
          const text = rendered(format, { A: value });
          ok(!CONTROLS.some((one) => text.includes(one)), JSON.stringify([value, text]));
        } catch (error) {
          const { code, message } = error as AppError;
          equal(code, "usage");
          match(message, /^Cannot print variable "A": its value has control characters/);
        }
      }
    }
  });
}

Deno.test("auth env, dotenv: each value in the first form that shells and readers agree on, else as shells read it", () => {
  const forms: Record<string, string> = {
    "a b": "'a b'",
    "C:\\dir $X `id`": "'C:\\dir $X `id`'",
    "it's": `"it's"`,
    'it\'s "x" a\\\\b': `"it's \\"x\\" a\\\\\\\\b"`,
    "it's $X": `'it'"'"'s $X'`,
    "dir\\": "dir\\\\",
    "a b\\\\": "'a b'\\\\\\\\",
    "\\": "\\\\",
  };
  for (const [value, form] of Object.entries(forms)) equal(rendered("dotenv", { A: value }), `A=${form}\n`);
});

Deno.test("auth env: shells and JSON get control characters all the same, other forms refuse them", () => {
  const value = { A: "v\x1b]0;x\x07\u202e'w\t\n" };
  equal(
    rendered("bash", value),
    `export A=v"$(printf '\\033')"']0;x'"$(printf '\\007\\342\\200\\256')"''"'"'w'"$(printf '\\011')"'\n';\n`,
  );
  equal(rendered("fish", value), "set -gx A 'v'\\u001b']0;x'\\u0007\\u202e'\\'w\t\n'\n");
  match(rendered("powershell", value), /^\$env:A = "v\$\(\[char\]0x1b\)/);
  deepEqual(JSON.parse(rendered("json", value)), value);
  for (const format of ["dotenv", "env", "github"] as const) throws(() => rendered(format, value), { code: "usage" });
});
