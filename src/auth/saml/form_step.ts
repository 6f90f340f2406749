import type { HtmlField, HtmlForm, HtmlPage } from "./html_page.ts";

/** The fields of a form that a person fills in, by their names. */
export interface RequestedFields {
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** A code of a second factor. */
  readonly code: string | undefined;
}

/** What a page of an identity provider wants next. */
type PageStep =
  | { readonly kind: "response"; readonly form: HtmlForm; readonly response: string }
  | { readonly kind: "fill"; readonly form: HtmlForm; readonly wanted: RequestedFields }
  | { readonly kind: "pass-on"; readonly form: HtmlForm }
  | { readonly kind: "new-password" }
  | { readonly kind: "unknown" };

const TYPED: ReadonlySet<string> = new Set(["text", "password", "email", "tel", "number"]);
const CODE = /\bt?otp|otp\b|totp|\bmfa|\b2fa|passcode|one.?time|verif|\bcode|code\b|[a-z]code\b|challenge|\btoken\b/i;
const USER = /user|login|e-?mail|account|ident|\buid\b|\bname\b/i;

/** The first of its forms that leads on: one with a response, one to be filled in, one that sends itself. */
export function findStep(page: HtmlPage): PageStep {
  for (const form of page.forms) {
    const response = form.fields.find(({ name }) => name === "SAMLResponse")?.value;
    if (response !== undefined && response !== "") return { kind: "response", form, response };
  }
  if (page.forms.some(({ fields }) => fields.filter(isPassword).length > 1)) return { kind: "new-password" };
  const asked = page.forms.map((form) => ({ kind: "fill" as const, form, wanted: findWanted(form) }));
  const fill = asked.find(({ wanted }) => wanted.password !== undefined) ??
    asked.find(({ wanted }) => wanted.code !== undefined) ?? asked.find(({ wanted }) => wanted.user !== undefined);
  if (fill !== undefined) return fill;
  const hidden = page.forms.find(({ fields }) => fields.length > 0 && fields.every(isUnseen));
  return hidden !== undefined && page.submitsItself ? { kind: "pass-on", form: hidden } : { kind: "unknown" };
}

function findWanted({ fields }: HtmlForm): RequestedFields {
  const typed = fields.filter(({ name, type }) => name !== "" && TYPED.has(type));
  const code = typed.find(isCode);
  const password = typed.find(isPassword);
  const others = typed.filter((field) => field !== code && field !== password && field.type !== "password");
  const named = others.find(({ autocomplete }) => autocomplete.includes("username")) ?? others.find(isUser);
  // Where a password is asked for, the field before it is the user's name, whatever it is called.
  const user = named ?? (password === undefined ? undefined : others[0]);
  return { user: user?.name, password: password?.name, code: code?.name };
}

function isCode(field: HtmlField): boolean {
  if (field.autocomplete.includes("one-time-code")) return true;
  const named = CODE.test(field.name.replaceAll("_", "-")) || CODE.test(field.id.replaceAll("_", "-"));
  return named && !/postcode|zipcode|country/i.test(field.name);
}

function isPassword(field: HtmlField): boolean {
  return field.type === "password" && !isCode(field);
}

function isUser({ name, id, type }: HtmlField): boolean {
  return type === "email" || USER.test(name.replaceAll("_", "-")) || USER.test(id.replaceAll("_", "-")) ||
    /^j_/.test(name);
}

function isUnseen({ type }: HtmlField): boolean {
  return type === "hidden" || type === "submit" || type === "image" || type === "button";
}

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
