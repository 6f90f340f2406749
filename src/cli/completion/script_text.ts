/** A shell script as it is, backslashes too, but for `\${` and a backslash before a backtick: those lose it. */
export function scriptText({ raw }: TemplateStringsArray): string {
  return raw.join("").replace(/\\(?=\$\{|`)/g, "");
}
