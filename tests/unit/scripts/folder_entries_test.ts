import assert from "node:assert/strict";
import { folderEntries } from "../../../scripts/test/folder_entries.ts";

const WHERE = { root: "tests/unit", base: "file:///home/me/a%20b/" };

Deno.test("every test is imported once, by the entry of its folder", () => {
  const tests = [
    "tests/unit/app_test.ts",
    "tests/unit/kube/a_test.ts",
    "tests/unit/kube/x/a_test.ts",
    "tests/unit/aws/b_test.ts",
  ];
  assert.deepEqual(folderEntries(tests, WHERE), [
    { name: "own_test.ts", text: 'import "file:///home/me/a%20b/tests/unit/app_test.ts";\n' },
    {
      name: "kube_test.ts",
      text: 'import "file:///home/me/a%20b/tests/unit/kube/a_test.ts";\n' +
        'import "file:///home/me/a%20b/tests/unit/kube/x/a_test.ts";\n',
    },
    { name: "aws_test.ts", text: 'import "file:///home/me/a%20b/tests/unit/aws/b_test.ts";\n' },
  ]);
});

Deno.test("no tests, no entries", () => assert.deepEqual(folderEntries([], WHERE), []));
