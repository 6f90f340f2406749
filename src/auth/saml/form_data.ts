import type { HtmlForm } from "./html_page.ts";

const LEFT_OUT: ReadonlySet<string> = new Set(["submit", "button", "image", "reset", "file"]);

/** What a browser sends for a form whose first button is pressed, with what was filled in. */
export function formData(form: HtmlForm, filled: ReadonlyMap<string, string>): string {
  const data = new URLSearchParams();
  const button = form.fields.find(({ type }) => type === "submit");
  for (const field of form.fields) {
    const { name, type, value, checked } = field;
    if (name === "" || !checked || (LEFT_OUT.has(type) && field !== button)) continue;
    data.append(name, filled.get(name) ?? value);
  }
  return data.toString();
}
