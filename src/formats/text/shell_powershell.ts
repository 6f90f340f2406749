const PLAIN = /^[ !#-&(-~]*$/;

/**
 * A PowerShell expression that stands for the text, NUL excepted. It is one line of ASCII, whatever the text holds:
 * PowerShell takes typographic quotes for quotes, and programs' output apart at line breaks and by its own idea of an
 * encoding. https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
export function quotePowershell(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  // By UTF-16 code units, which is what [char] makes.
  return `"${text.replaceAll(/["`$]/g, "`$&").replaceAll(/[^ -~]/g, unit)}"`;
}

function unit(character: string): string {
  return `$([char]0x${character.charCodeAt(0).toString(16)})`;
}
