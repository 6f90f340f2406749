import type { VisitAnswer } from "../../host/host.ts";

export interface PageText {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "connection": "close",
} as const;

/** A page for the person's browser: words only, nothing that runs, loads or is kept. */
export function callbackPage({ status, title, text }: PageText): VisitAnswer {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<h1>${escaped(title)}</h1>
<p>${escaped(text)}</p>
</html>
`;
  return { status, headers: HEADERS, body };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one]!);
}
