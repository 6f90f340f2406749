import assert from "node:assert/strict";
import { linePercent, neverLoaded, readLcov } from "../../../scripts/test/coverage.ts";

const LCOV = `SF:/r/src/a.ts
DA:1,1
DA:2,0
DA:3,7
LH:2
LF:3
end_of_record
SF:/r/src/b.ts
DA:1,0
end_of_record
SF:/r/src/a.ts
DA:2,4
DA:4,0
end_of_record
`;

Deno.test("lines of an LCOV report, a file reported twice taken together", () => {
  assert.deepEqual(readLcov(LCOV), [
    { file: "/r/src/a.ts", found: 4, hit: 3 },
    { file: "/r/src/b.ts", found: 1, hit: 0 },
  ]);
});

Deno.test("a file that nothing loaded counts with its code, types with none", () => {
  const text = 'import { a } from "./a.ts";\n\n/** Doc. */\nexport const f = () => {\n  return a;\n};\nconst g = 1;\n';
  assert.deepEqual(neverLoaded("src/f.ts", text), { file: "src/f.ts", found: 4, hit: 0 });
  const types = 'import type { A } from "./a.ts";\nexport interface B { a: A }\nexport type C = B;\n';
  assert.deepEqual(neverLoaded("src/t.ts", types), { file: "src/t.ts", found: 0, hit: 0 });
});

Deno.test("percent of all lines together, not the mean of the files", () => {
  assert.equal(linePercent([{ file: "a", found: 90, hit: 90 }, { file: "b", found: 10, hit: 0 }]), 90);
  assert.equal(linePercent([]), 100);
});
