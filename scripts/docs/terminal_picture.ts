/** A command line as it was typed, and what a terminal showed of it. */
export interface ShownCommand {
  readonly typed: string;
  readonly shown: string;
}

const COLUMNS = 100;
const CHARACTER_PX = 8.4;
const LINE_PX = 20;
const MARGIN_PX = 20;
const BAR_PX = 36;

/** Lines by how they begin, and the color that they have; the first that fits decides. */
const COLORS: readonly (readonly [begin: RegExp, color: string])[] = [
  [/^\$ /, "#ffffff"],
  [/^(?:---|\+\+\+|@@)/, "#8b949e"],
  [/^[+✓]/, "#56d364"],
  [/^-/, "#ff7b72"],
];
const TEXT_COLOR = "#c9d1d9";

/** An SVG of a terminal with these commands, one after the other; without times, ports or places of the run. */
export function renderTerminal(commands: readonly ShownCommand[]): string {
  const lines = commands.flatMap(({ typed, shown }) => [`$ ${typed}`, ...tidyOutput(shown).trimEnd().split("\n"), ""]);
  const width = Math.round(COLUMNS * CHARACTER_PX + 2 * MARGIN_PX);
  const height = BAR_PX + lines.length * LINE_PX + MARGIN_PX;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    "<title>A login, the change to the kubeconfig, and kubectl</title>",
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...["#ff5f56", "#ffbd2e", "#27c93f"].map((fill, at) =>
      `<circle cx="${20 + at * 20}" cy="18" r="6" fill="${fill}"/>`
    ),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14">`,
    ...lines.flatMap(renderLine),
    "</g>",
    "</svg>\n",
  ].join("\n");
}

function renderLine(line: string, index: number): readonly string[] {
  if (line === "") return [];
  const y = BAR_PX + (index + 1) * LINE_PX;
  const color = COLORS.find(([begin]) => begin.test(line))?.[1] ?? TEXT_COLOR;
  const text = line.length > COLUMNS ? `${line.slice(0, COLUMNS - 1)}…` : line;
  return [`<text x="${MARGIN_PX}" y="${y}" fill="${color}" xml:space="preserve">${escapeXml(text)}</text>`];
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** What changes from run to run, and what stands in the picture instead. */
const CHANGES: readonly (readonly [found: RegExp, instead: string])[] = [
  [/\/[^\s"']*\/atmos-test-[0-9a-f]+/g, "~"],
  [/https:\/\/127\.0\.0\.1:(?!6443\b)\d+/g, "https://EXAMPLE0123.gr7.us-east-2.eks.amazonaws.com"],
  [/(certificate-authority-data: \w{12})\S+/g, "$1…"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "2026-11-29T15:04:05Z"],
  [/\b\d\d:\d\d(?= [+-]\d\d:\d\d\b)/g, "15:04"],
  [/\b5\dm\b/g, "59m"],
  [/\d+\.\d s\b/g, "0.4 s"],
  [/\b[0-9a-f]{16}\b/g, "8b09f113f8adb979"],
  // From the sources the plugin is the runtime with its flags; installed, it is one word.
  [/(command: )\S+(\n\+\s+args:\n)(?:\+\s+- .*\n)*?(\+\s+- aws\n)/g, "$1/usr/local/bin/atmos$2$3"],
  [/(\+\s+)- --cluster-name\n(?:\+\s+.*\n)*?(\+\s+provideClusterInfo)/g, "$1…\n$2"],
  [/^@@ .* @@$/gm, "@@ … @@"],
];

/** Output of a command without what changes from run to run. */
export function tidyOutput(text: string): string {
  return CHANGES.reduce((tidied, [found, instead]) => tidied.replaceAll(found, instead), text);
}
