import { deepEqual, equal } from "node:assert/strict";
import { generateManPages } from "../../scripts/docs/man_pages.ts";
import { hasProgram } from "../support/machine/has_program.ts";

const pages = await generateManPages();
const FOLDER = new URL("../../man/", import.meta.url);

/** The generated pages have no date, so that the same sources give the same page. */
const LINTERS: Readonly<Record<string, readonly string[]>> = {
  mandoc: ["-Tlint", "-Wwarning"],
  man: ["--warnings=w", "--local-file", "-Tutf8", "-Z"],
};

Deno.test("man: every page of the folder is generated, and every generated page is there", () => {
  const there = [...Deno.readDirSync(FOLDER)].map(({ name }) => `man/${name}`);
  deepEqual(there.sort(), [...pages.keys()].sort());
});

for (const [program, flags] of Object.entries(LINTERS)) {
  Deno.test({
    name: `man: ${program} finds nothing wrong with a page`,
    ignore: !hasProgram(program, `man pages read by ${program}`),
    fn: async () => {
      for (const path of pages.keys()) {
        const args = [...flags, new URL(`../../${path}`, import.meta.url).pathname];
        const env = { LC_ALL: "C.UTF-8", MANWIDTH: "80" };
        const { stdout, stderr } = await new Deno.Command(program, { args, env }).output();
        const said = new TextDecoder().decode(program === "mandoc" ? stdout : stderr);
        equal(said.split("\n").filter((line) => line !== "" && !line.includes("missing date")).join("\n"), "", path);
      }
    },
  });
}
