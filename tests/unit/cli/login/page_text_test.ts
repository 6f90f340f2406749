import { deepEqual, equal, ok } from "node:assert/strict";
import { pageText } from "../../../../src/cli/login/page_text.ts";

const plain = (_: string, text: string) => text;
const url = `https://corp.awsapps.com/${"x".repeat(200)}`;
const page = { title: "Log in to AWS", url, opened: false, code: "WXYZ-1234" };

Deno.test("page: in a box, the address unbroken on a line of its own", () => {
  equal(
    pageText(page, { paint: plain, columns: 80 }),
    `╭─ Log in to AWS ───────────────────────────────────╮
│ Open the page below in a browser, on any machine. │
│ Compare the code:  WXYZ-1234                      │
│ Only approve if you started this login yourself.  │
╰───────────────────────────────────────────────────╯
${url}
`,
  );
});

Deno.test("page: colours do not move the box's sides", () => {
  const painted = pageText(page, { paint: (_, text) => `\x1b[1m${text}\x1b[0m`, columns: 80 });
  ok(painted.includes("│ Compare the code:  \x1b[1mWXYZ-1234\x1b[0m                      │\n"));
});

Deno.test("page: lines where no box fits or can be drawn", () => {
  const lines = `Log in to AWS
  Open this page in a browser, on any machine:
    ${url}
  and compare the code:  WXYZ-1234
  Only approve if you started this login yourself.
`;
  deepEqual([undefined, 40, 53].map((columns) => pageText(page, { paint: plain, columns })), [lines, lines, lines]);
});

Deno.test("page: without a code; the browser opens it", () => {
  const { code: _, ...rest } = { ...page, opened: true };
  const text = pageText(rest, { paint: plain, columns: 100 });
  ok(
    /^╭─ Log in to AWS ─+╮\n│ Your browser opens the page below\. +│\n│ Sign in there.* │\n│ No browser .* │\n│ Only approve/
      .test(text),
    text,
  );
});
