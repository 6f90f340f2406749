import { Parser } from "htmlparser2";

export interface HtmlField {
  readonly name: string;
  readonly id: string;
  /** That of an input, in small letters; "select", "textarea", or "submit" for buttons. */
  readonly type: string;
  readonly value: string;
  readonly autocomplete: string;
  /** Of a checkbox or radio button; true for every other field. */
  readonly checked: boolean;
}

export interface HtmlForm {
  /** Relative to the page; "" is the page itself. */
  readonly action: string;
  readonly method: "GET" | "POST";
  readonly fields: readonly HtmlField[];
}

export interface HtmlPage {
  readonly title: string;
  /** What addresses are relative to, besides the page's own. */
  readonly base: string;
  readonly forms: readonly HtmlForm[];
  /** Whether it sends a form without anybody's doing. */
  readonly submitsItself: boolean;
}

type Attributes = Readonly<Record<string, string>>;

interface OpenForm {
  readonly id: string;
  readonly action: string;
  readonly method: "GET" | "POST";
  readonly fields: HtmlField[];
}

/** The forms of a page, as tolerantly as browsers read it. */
export function readHtmlPage(html: string): HtmlPage {
  const reading = new Reading();
  const parser = new Parser({
    onopentag: (name, attributes) => reading.open(name, attributes),
    ontext: (text) => reading.text(text),
    onclosetag: (name) => reading.close(name),
  });
  parser.end(html);
  return reading.page();
}

class Reading {
  readonly #forms: OpenForm[] = [];
  readonly #elsewhere: { readonly form: string; readonly field: HtmlField }[] = [];
  #form: OpenForm | undefined;
  #title = "";
  #base = "";
  #scripts = "";
  #select: { readonly attributes: Attributes; value: string | undefined } | undefined;
  #option: { readonly attributes: Attributes; text: string } | undefined;
  #textarea: { readonly attributes: Attributes; text: string } | undefined;
  #inside: "title" | "script" | undefined;

  open(name: string, attributes: Attributes): void {
    this.#scripts += `${attributes["onload"] ?? ""}\n`;
    if (name === "title" || name === "script") this.#inside = name;
    if (name === "base") this.#base ||= attributes["href"] ?? "";
    if (name === "form") this.#openForm(attributes);
    if (name === "select") this.#select = { attributes, value: undefined };
    if (name === "option") this.#option = { attributes, text: "" };
    if (name === "textarea") this.#textarea = { attributes, text: "" };
    if (name === "input") this.#add(attributes, { type: (attributes["type"] ?? "text").trim().toLowerCase() });
    if (name === "button" && /^(?:submit)?$/i.test(attributes["type"] ?? "")) this.#add(attributes, { type: "submit" });
  }

  text(text: string): void {
    if (this.#inside === "title") this.#title += text;
    if (this.#inside === "script") this.#scripts += text;
    if (this.#option !== undefined) this.#option.text += text;
    if (this.#textarea !== undefined) this.#textarea.text += text;
  }

  close(name: string): void {
    if (name === this.#inside) this.#inside = undefined;
    if (name === "form") this.#form = undefined;
    if (name === "option") this.#closeOption();
    if (name === "select") this.#closeSelect();
    if (name === "textarea") this.#closeTextarea();
  }

  page(): HtmlPage {
    for (const { form, field } of this.#elsewhere) this.#forms.find(({ id }) => id === form)?.fields.push(field);
    const submitsItself = /\bsubmit\s*\(/.test(this.#scripts);
    return { title: this.#title.trim().replace(/\s+/g, " "), base: this.#base, forms: this.#forms, submitsItself };
  }

  /** A form within a form is none, as in browsers. */
  #openForm(attributes: Attributes): void {
    if (this.#form !== undefined) return;
    const method = attributes["method"]?.trim().toUpperCase() === "POST" ? "POST" : "GET";
    this.#form = { id: attributes["id"] ?? "", action: attributes["action"]?.trim() ?? "", method, fields: [] };
    this.#forms.push(this.#form);
  }

  #closeOption(): void {
    const { attributes, text } = this.#option ?? { attributes: {}, text: "" };
    this.#option = undefined;
    if (this.#select === undefined) return;
    const value = attributes["value"] ?? text.trim();
    if (attributes["selected"] !== undefined) this.#select.value = value;
    else this.#select.value ??= value;
  }

  #closeSelect(): void {
    if (this.#select?.value !== undefined) {
      this.#add({ ...this.#select.attributes, value: this.#select.value }, { type: "select" });
    }
    this.#select = undefined;
  }

  #closeTextarea(): void {
    if (this.#textarea !== undefined) {
      this.#add({ ...this.#textarea.attributes, value: this.#textarea.text }, { type: "textarea" });
    }
    this.#textarea = undefined;
  }

  #add(attributes: Attributes, { type }: { readonly type: string }): void {
    if (attributes["disabled"] !== undefined) return;
    const ticked = type === "checkbox" || type === "radio";
    const field: HtmlField = {
      name: attributes["name"] ?? "",
      id: attributes["id"] ?? "",
      type,
      value: attributes["value"] ?? (ticked ? "on" : ""),
      autocomplete: attributes["autocomplete"]?.toLowerCase() ?? "",
      checked: !ticked || attributes["checked"] !== undefined,
    };
    const form = attributes["form"];
    if (form === undefined) this.#form?.fields.push(field);
    else this.#elsewhere.push({ form, field });
  }
}
