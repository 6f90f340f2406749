import { deepEqual, equal, match, ok } from "node:assert/strict";
import { displayWidth } from "../../../../src/formats/text/display_width.ts";
import { countRows, pickerLines } from "../../../../src/cli/prompt/picker_lines.ts";
import { type Picking, startPicking } from "../../../../src/cli/prompt/picker_state.ts";

const plain = (_: string, text: string) => text;
const many = Array.from({ length: 500 }, (_, at) => ({ name: `role-${at}`, note: "aws/assume-role" }));

function lines(picking: Partial<Picking>, size = { columns: 80, rows: 24 }) {
  const among = picking.among ?? many;
  return pickerLines({ ...startPicking(among), ...picking }, { question: "Which?", size, paint: plain });
}

Deno.test("picker lines: the question, the options with what they are, help, and where one types", () => {
  deepEqual(lines({ among: [{ name: "dev", note: "role" }, { name: "管理", note: "user" }], typed: "", at: 1 }), [
    "Which?",
    "  dev   role",
    "> 管理  user",
    "2 of 2; Up and Down move, Enter selects, Esc cancels",
    "Type to filter: ",
  ]);
});

Deno.test("picker lines: of a long list those around the marked one", () => {
  const shown = lines({ at: 250 });
  equal(shown.length, 13);
  match(shown[1]!, /^ {2}role-245 /);
  match(shown[6]!, /^> role-250 /);
  match(lines({ at: 499 })[10]!, /^> role-499 /);
  match(lines({ at: 0 })[1]!, /^> role-0 /);
});

Deno.test("picker lines: counts say how many fit", () => {
  match(lines({ fitting: many.slice(0, 3) })[4]!, /^1 of 3 \(of 500\);/);
  deepEqual(lines({ fitting: [], typed: "zzz" }).slice(1), [
    "No match among 500; Esc cancels",
    "Type to filter: zzz",
  ]);
});

Deno.test("picker lines: never as wide as the terminal nor higher, however small it is", () => {
  const among = [{ name: "x".repeat(200), note: "管".repeat(90) }, ...many];
  for (const columns of [1, 2, 5, 17, 33, 80]) {
    for (const rows of [3, 4, 5, 9]) {
      const shown = lines({ among, fitting: among, typed: "管理".repeat(60) }, { columns, rows });
      ok(shown.length <= rows, `${shown.length} lines in ${rows} rows`);
      for (const line of shown) ok(displayWidth(line) < Math.max(columns, 4), `${columns}: ${line}`);
    }
  }
  match(lines({ typed: `${"a".repeat(90)}end` }, { columns: 40, rows: 24 }).at(-1)!, /^Type to filter: a+end$/);
  const flags = lines({ typed: "🇩🇪".repeat(30) }, { columns: 40, rows: 24 }).at(-1)!;
  match(flags, /^Type to filter: (?:🇩🇪){11}$/u);
  deepEqual([countRows({ columns: 80, rows: 2 }), countRows({ columns: 80, rows: 99 })], [1, 10]);
});

Deno.test("picker lines: however long a name is, what is said of it stands there", () => {
  const long = `dev-admin ${"x".repeat(30)} 123456789012, ReadOnly ${"x".repeat(60)}`;
  const among = [{ name: long, note: "210987654321, Admin" }, { name: "ops", note: "123456789012, ReadOnly" }];
  for (const columns of [50, 60, 80, 120]) {
    const [, marked = "", other = ""] = lines({ among, fitting: among }, { columns, rows: 24 });
    ok(marked.endsWith("…  210987654321, Admin"), marked);
    ok(other.endsWith("123456789012, ReadOnly"), other);
  }
});

Deno.test("picker lines: what is said of a name has the room that names leave", () => {
  const among = [{ name: "dev", note: `123456789012 (${"x".repeat(20)}), default, AdministratorAccess` }];
  ok(lines({ among, fitting: among })[1]!.endsWith(", AdministratorAccess"));
});

Deno.test("picker lines: nothing of a name reaches the terminal raw", () => {
  const shown = pickerLines(
    { ...startPicking([{ name: "a\x1b[2J", note: "\x07\u202e" }]), typed: "\u202ex" },
    { question: "Q\r\n", size: { columns: 80, rows: 24 }, paint: plain },
  );
  deepEqual([shown[0], shown[1], shown[3]], [
    "Q\\r\\n",
    "> a\\x1b[2J  \\x07\\u202e",
    "Type to filter: \\u202ex",
  ]);
});
